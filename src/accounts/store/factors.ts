import { sql } from "kysely";
import type { Db, Tx } from "#src/base/database.ts";

/** How somebody can prove who they are beside the password. Instants in milliseconds since 1970 UTC. */
export interface Factors {
  /** Since when a code app is set up; undefined without one. */
  readonly totpSince: number | undefined;
  readonly passkeys: number;
  /** Backup codes that were not used. */
  readonly backupCodes: number;
}

/** The second factors of a person. */
export async function factorsOf(db: Db, userId: string): Promise<Factors> {
  const found = await sql<{ since: Date | null; passkeys: number; codes: number }>`
    select (select confirmed_at from totp_secrets where user_id = ${userId}) as since,
      (select count(*) from passkeys where user_id = ${userId}) as passkeys,
      (select count(*) from backup_codes where user_id = ${userId} and used_at is null) as codes`.execute(db);
  const [row] = found.rows;
  return { totpSince: row?.since?.getTime(), passkeys: row?.passkeys ?? 0, backupCodes: row?.codes ?? 0 };
}

/** Keeps the sealed secret of a code app that is being set up, in place of another unfinished one. False when one stands. */
export async function putTotp(db: Db, userId: string, made: { sealed: string; at: number }): Promise<boolean> {
  const kept = await sql`
    insert into totp_secrets as t (user_id, sealed, made_at) values (${userId}, ${made.sealed}, ${new Date(made.at)})
    on conflict (user_id) do update set sealed = excluded.sealed, made_at = excluded.made_at, last_step = null
    where t.confirmed_at is null returning 1`.execute(db);
  return kept.rows.length > 0;
}

/** A sealed secret and whether its owner has shown that the app works. */
export async function totpOf(db: Db, userId: string): Promise<{ sealed: string; isConfirmed: boolean } | undefined> {
  const found = await sql<{ sealed: string; isConfirmed: boolean }>`
    select sealed, confirmed_at is not null as "isConfirmed" from totp_secrets where user_id = ${userId}`.execute(db);
  return found.rows[0];
}

/** Takes the code of a step unless that step, or a later one, was taken before: a code that was seen is worth nothing. */
export async function takeStep(db: Db, userId: string, step: number): Promise<boolean> {
  const taken = await sql`
    update totp_secrets set last_step = ${step} where user_id = ${userId} and (last_step is null or last_step < ${step})
    returning 1`.execute(db);
  return taken.rows.length > 0;
}

/** The code app works from now on. */
export async function confirmTotp(tx: Tx, userId: string, at: number): Promise<void> {
  await sql`update totp_secrets set confirmed_at = ${new Date(at)} where user_id = ${userId}`.execute(tx);
}

/** Forgets the code app. */
export async function dropTotp(tx: Tx, userId: string): Promise<void> {
  await sql`delete from totp_secrets where user_id = ${userId}`.execute(tx);
}

/** Keeps new backup codes in place of all before. */
export async function replaceBackupCodes(tx: Tx, userId: string, hashes: readonly Buffer[]): Promise<void> {
  await sql`delete from backup_codes where user_id = ${userId}`.execute(tx);
  if (hashes.length === 0) return;
  await sql`
    insert into backup_codes (user_id, code_hash)
    values ${sql.join(hashes.map((hash) => sql`(${userId}, ${hash})`))}`.execute(tx);
}

/** Uses a backup code up; false when there is none such. Two at once: one of them gets it. */
export async function useBackupCode(db: Db, userId: string, used: { hash: Buffer; at: number }): Promise<boolean> {
  const found = await sql`
    update backup_codes set used_at = ${new Date(used.at)}
    where user_id = ${userId} and code_hash = ${used.hash} and used_at is null returning 1`.execute(db);
  return found.rows.length > 0;
}

/** Forgets everything beside the password, for somebody who lost it all. */
export async function dropFactors(tx: Tx, userId: string): Promise<void> {
  await dropTotp(tx, userId);
  await replaceBackupCodes(tx, userId, []);
  await sql`delete from passkeys where user_id = ${userId}`.execute(tx);
}

/** Ends every session of a person but one, and every half-done sign-in. */
export async function endOtherSessions(tx: Tx, userId: string, keptSession: string): Promise<void> {
  await sql`delete from sessions where user_id = ${userId} and id <> ${keptSession}`.execute(tx);
  await sql`delete from half_sign_ins where user_id = ${userId}`.execute(tx);
}
