import { sql } from "kysely";
import type { Db } from "#src/base/database.ts";

/** Keeps a sign-in whose second factor is awaited. `expiresAt` in milliseconds since 1970 UTC. */
export async function addHalf(db: Db, half: { tokenHash: Buffer; userId: string; expiresAt: number }): Promise<void> {
  await sql`
    insert into half_sign_ins (token_hash, user_id, expires_at)
    values (${half.tokenHash}, ${half.userId}, ${new Date(half.expiresAt)})`.execute(db);
}

/** Whose sign-in is awaited under this hash. */
export async function halfOf(db: Db, tokenHash: Buffer, now: number): Promise<string | undefined> {
  const found = await sql<{ userId: string }>`
    select user_id as "userId" from half_sign_ins where token_hash = ${tokenHash} and expires_at > ${new Date(now)}`.execute(
    db,
  );
  return found.rows[0]?.userId;
}

/** Ends it; false when it was ended before. */
export async function dropHalf(db: Db, tokenHash: Buffer): Promise<boolean> {
  return (await sql`delete from half_sign_ins where token_hash = ${tokenHash} returning 1`.execute(db)).rows.length > 0;
}
