import { sql } from "kysely";
import type { Db, Tx } from "#src/base/database.ts";
import type { Locale } from "#src/base/locale.ts";
import { endSessionsOf } from "./sessions.ts";

/** Whose password is to be set anew. */
export interface ResetPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Locale | null;
}

/** The person with this address, in lower case. */
export async function personByEmail(db: Db, email: string): Promise<ResetPerson | undefined> {
  const found = await sql<ResetPerson>`select id, name, email, language from users where email = ${email}`.execute(db);
  return found.rows[0];
}

/** The person with this id. */
export async function personById(db: Db, id: string): Promise<ResetPerson | undefined> {
  const found = await sql<ResetPerson>`select id, name, email, language from users where id = ${id}`.execute(db);
  return found.rows[0];
}

/** A reset link about to be kept: its hash, never itself. Times in milliseconds since 1970 UTC. */
export interface NewResetLink {
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly at: number;
  readonly expiresAt: number;
}

/** Keeps a reset link and forgets those made for the same person before. */
export async function replaceResetLink(tx: Tx, link: NewResetLink): Promise<void> {
  await sql`delete from reset_links where user_id = ${link.userId}`.execute(tx);
  await sql`
    insert into reset_links (token_hash, user_id, made_at, expires_at)
    values (${link.tokenHash}, ${link.userId}, ${new Date(link.at)}, ${new Date(link.expiresAt)})`.execute(tx);
}

/** Whether a reset link with this hash still works. */
export async function resetLinkWorks(db: Db, tokenHash: Buffer, now: number): Promise<boolean> {
  const found = await sql`
    select from reset_links where token_hash = ${tokenHash} and expires_at > ${new Date(now)}`.execute(db);
  return found.rows.length > 0;
}

/** Uses a reset link up: whose it was, or undefined when it does not work. Two at once: one of them gets it. */
export async function useResetLink(tx: Tx, tokenHash: Buffer, now: number): Promise<string | undefined> {
  const used = await sql<{ userId: string }>`
    delete from reset_links where token_hash = ${tokenHash} and expires_at > ${new Date(now)}
    returning user_id as "userId"`.execute(tx);
  return used.rows[0]?.userId;
}

/** Keeps another password for somebody who proved by a link who they are; every session of theirs ends. */
export async function resetPassword(tx: Tx, userId: string, change: { hash: string; at: number }): Promise<void> {
  await sql`
    insert into passwords (user_id, hash, changed_at) values (${userId}, ${change.hash}, ${new Date(change.at)})
    on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`.execute(tx);
  await endSessionsOf(tx, userId);
  await sql`delete from reset_links where user_id = ${userId}`.execute(tx);
}
