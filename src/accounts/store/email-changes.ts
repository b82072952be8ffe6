import { sql } from "kysely";
import type { Db, Tx } from "#src/base/database.ts";

/** An address that somebody wants to sign in with and has not confirmed yet. */
export interface EmailChange {
  readonly userId: string;
  readonly email: string;
  /** Where it was asked for. */
  readonly sessionId: string;
  readonly expiresAt: Date;
}

/** A change about to be kept. `tokenHash` is of the link in the letter; times in milliseconds since 1970 UTC. */
export interface NewEmailChange extends Omit<EmailChange, "expiresAt"> {
  readonly tokenHash: Buffer;
  readonly at: number;
  readonly expiresAt: number;
}

/** Keeps what somebody wants, instead of what they wanted before. */
export async function replaceEmailChange(db: Db, change: NewEmailChange): Promise<void> {
  const { userId, tokenHash, email, sessionId } = change;
  await sql`
    insert into email_changes (user_id, token_hash, email, session_id, made_at, expires_at)
    values (${userId}, ${tokenHash}, ${email}, ${sessionId}, ${new Date(change.at)}, ${new Date(change.expiresAt)})
    on conflict (user_id) do update set token_hash = excluded.token_hash, email = excluded.email,
      session_id = excluded.session_id, made_at = excluded.made_at, expires_at = excluded.expires_at`.execute(db);
}

const COLUMNS = sql`user_id as "userId", email, session_id as "sessionId", expires_at as "expiresAt"`;

/** What somebody wants and has not confirmed yet. */
export async function emailChangeOf(db: Db, userId: string, now: number): Promise<EmailChange | undefined> {
  const found = await sql<EmailChange>`
    select ${COLUMNS} from email_changes where user_id = ${userId} and expires_at > ${new Date(now)}`.execute(db);
  return found.rows[0];
}

/** The change that a link with this hash confirms. */
export async function emailChangeBy(db: Db, tokenHash: Buffer, now: number): Promise<EmailChange | undefined> {
  const found = await sql<EmailChange>`
    select ${COLUMNS} from email_changes where token_hash = ${tokenHash} and expires_at > ${new Date(now)}`.execute(db);
  return found.rows[0];
}

/** Uses a link up; undefined when it does not work. Two at once: one of them gets it. */
export async function useEmailChange(tx: Tx, tokenHash: Buffer, now: number): Promise<EmailChange | undefined> {
  const used = await sql<EmailChange>`
    delete from email_changes where token_hash = ${tokenHash} and expires_at > ${new Date(now)}
    returning ${COLUMNS}`.execute(tx);
  return used.rows[0];
}

/** Forgets what somebody wanted. */
export async function dropEmailChange(db: Db, userId: string): Promise<void> {
  await sql`delete from email_changes where user_id = ${userId}`.execute(db);
}

/**
 * Gives somebody another address. What stood open under the one before ends: reset links, half-done sign-ins, and every
 * session but one.
 */
export async function replaceEmail(
  tx: Tx,
  userId: string,
  change: { email: string; keptSession: string },
): Promise<void> {
  await sql`update users set email = ${change.email}, updated_at = now() where id = ${userId}`.execute(tx);
  await sql`delete from sessions where user_id = ${userId} and id <> ${change.keptSession}`.execute(tx);
  await sql`delete from half_sign_ins where user_id = ${userId}`.execute(tx);
  await sql`delete from reset_links where user_id = ${userId}`.execute(tx);
  await sql`delete from email_changes where user_id = ${userId}`.execute(tx);
}
