import { sql } from "kysely";
import type { Db, Tx } from "#src/base/database.ts";
import type { Profile } from "../model.ts";

const profileColumns = sql`
  id, name, email, language, theme, time_zone as "timeZone", is_install_owner as "isInstallOwner"`;

/** Whether anybody at all has an account here. */
export async function hasPeople(db: Db): Promise<boolean> {
  return (await sql`select from users limit 1`.execute(db)).rows.length > 0;
}

/** Whether somebody has this address, in lower case. */
export async function isAddressTaken(db: Db, email: string): Promise<boolean> {
  return (await sql`select from users where email = ${email}`.execute(db)).rows.length > 0;
}

/** A person about to get an account. `at` is in milliseconds since 1970 UTC. */
export interface NewPerson extends Profile {
  readonly passwordHash: string;
  readonly at: number;
}

/** Adds a person who signs in with a password. */
export async function addPerson(tx: Tx, person: NewPerson): Promise<void> {
  const at = new Date(person.at);
  await sql`
    insert into users (id, email, name, language, theme, time_zone, is_install_owner, created_at, updated_at)
    values (${person.id}, ${person.email}, ${person.name}, ${person.language}, ${person.theme}, ${person.timeZone},
      ${person.isInstallOwner}, ${at}, ${at})`.execute(tx);
  await sql`
    insert into passwords (user_id, hash, changed_at) values (${person.id}, ${person.passwordHash}, ${at})`.execute(tx);
}

/** What a person may change about themselves; what is missing stays as it is, null means "as the browser says". */
export interface ProfileChange {
  readonly name?: string | undefined;
  readonly language?: Profile["language"] | undefined;
  readonly theme?: Profile["theme"] | undefined;
  readonly timeZone?: string | null | undefined;
}

/** Changes a profile and returns it. */
export async function changeProfile(db: Db, before: Profile, change: ProfileChange): Promise<Profile> {
  const after = { ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) };
  const changed = await sql<Profile>`
    update users set name = ${after.name}, language = ${after.language}, theme = ${after.theme},
      time_zone = ${after.timeZone}, updated_at = now()
    where id = ${before.id} returning ${profileColumns}`.execute(db);
  return changed.rows[0] ?? before;
}

/** Keeps the hash of a new start link and forgets all earlier ones. */
export async function replaceStartLink(
  tx: Tx,
  hash: Buffer,
  times: { madeAt: number; expiresAt: number },
): Promise<void> {
  await sql`delete from start_links`.execute(tx);
  await sql`
    insert into start_links (token_hash, made_at, expires_at)
    values (${hash}, ${new Date(times.madeAt)}, ${new Date(times.expiresAt)})`.execute(tx);
}

/** Whether a start link with this hash can still be used. */
export async function startLinkWorks(db: Db, hash: Buffer, now: number): Promise<boolean> {
  const found = await sql`
    select from start_links where token_hash = ${hash} and used_at is null and expires_at > ${new Date(now)}`.execute(
    db,
  );
  return found.rows.length > 0;
}

/** Uses up a start link; false when it does not work. Two at once: one of them gets it. */
export async function useStartLink(tx: Tx, hash: Buffer, now: number): Promise<boolean> {
  const used = await sql`
    update start_links set used_at = ${new Date(now)}
    where token_hash = ${hash} and used_at is null and expires_at > ${new Date(now)} returning 1`.execute(tx);
  return used.rows.length > 0;
}
