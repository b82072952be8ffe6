import { sql } from "kysely";
import type { CommunityId } from "../base/community-id.ts";
import type { Db, Tx } from "../base/database.ts";
import type { ApiKey, Profile, Role, StaffMember } from "./model.ts";

const profileColumns = sql`
  id, name, email, language, theme, time_zone as "timeZone", is_install_owner as "isInstallOwner"`;

/** The role of a person in a community; owners of the installation are owners everywhere. Undefined when they have none. */
export async function roleOf(
  db: Db,
  communityId: string,
  person: Pick<Profile, "id" | "isInstallOwner">,
): Promise<Role | undefined> {
  if (person.isInstallOwner) return "owner";
  const found = await sql<{ role: Role }>`
    select role from staff_roles where community_id = ${communityId} and user_id = ${person.id}`.execute(db);
  return found.rows[0]?.role;
}

/** Whether anybody at all has an account here. */
export async function hasPeople(db: Db): Promise<boolean> {
  return (await sql`select from users limit 1`.execute(db)).rows.length > 0;
}

/** The person with this id. */
export async function profileOf(db: Db, userId: string): Promise<Profile | undefined> {
  return (await sql<Profile>`select ${profileColumns} from users where id = ${userId}`.execute(db)).rows[0];
}

/** A person about to get an account. `at` is in milliseconds since 1970 UTC. */
export interface NewPerson extends Profile {
  readonly passwordHash: string;
  readonly methodId: string;
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
    insert into sign_in_methods (id, user_id, provider_id, account_id, password, created_at, updated_at)
    values (${person.methodId}, ${person.id}, 'credential', ${person.id}, ${person.passwordHash}, ${at}, ${at})`.execute(
    tx,
  );
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

/** A place where a person is signed in. */
export interface SessionRow {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly usedAt: Date;
}

/** Where a person is signed in, newest first. */
export async function sessionsOf(db: Db, userId: string): Promise<SessionRow[]> {
  const found = await sql<SessionRow>`
    select id, user_agent as "userAgent", created_at as "createdAt", updated_at as "usedAt" from sessions
    where user_id = ${userId} and expires_at > now() order by created_at desc, id desc limit 100`.execute(db);
  return found.rows;
}

/** Ends one of a person's sessions; false when they have no such session. */
export async function endSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const ended = await sql`delete from sessions where user_id = ${userId} and id = ${sessionId} returning 1`.execute(db);
  return ended.rows.length > 0;
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

/** Gives a person a role in a community, in place of the one they had. */
export async function giveRole(
  tx: Tx,
  community: CommunityId,
  given: { userId: string; role: Role; at: number },
): Promise<void> {
  await sql`
    insert into staff_roles (community_id, user_id, role, given_at)
    values (${community}, ${given.userId}, ${given.role}, ${new Date(given.at)})
    on conflict (community_id, user_id) do update set role = excluded.role, given_at = excluded.given_at`.execute(tx);
}

/** The team of a community with the owners of the installation, by name. Read as owner: people belong to no community. */
export async function staffOf(db: Db, community: CommunityId): Promise<StaffMember[]> {
  const found = await sql<StaffMember>`
    select u.id, u.name, u.email, case when u.is_install_owner then 'owner' else s.role end as role from users u
    left join staff_roles s on s.community_id = ${community} and s.user_id = u.id
    where u.is_install_owner or s.role is not null order by u.name, u.id`.execute(db);
  return found.rows;
}

const keyColumns = sql`
  id, name, role, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

interface KeyRow extends Omit<ApiKey, "createdAt" | "lastUsedAt" | "revokedAt"> {
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

function keyFrom(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

/** A key about to be kept: its hash, never itself. `at` in milliseconds since 1970 UTC. */
export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly secretHash: Buffer;
  readonly createdBy: string | undefined;
  readonly at: number;
}

/** Keeps a key. */
export async function addApiKey(tx: Tx, community: CommunityId, key: NewApiKey): Promise<ApiKey> {
  const made = await sql<KeyRow>`
    insert into api_keys (community_id, id, name, role, secret_hash, created_by, created_at)
    values (${community}, ${key.id}, ${key.name}, ${key.role}, ${key.secretHash}, ${key.createdBy ?? null}, ${new Date(key.at)})
    returning ${keyColumns}`.execute(tx);
  const [row] = made.rows;
  if (row === undefined) throw new Error("the key was not stored");
  return keyFrom(row);
}

/** A community's keys, newest first, those after `after` when it is given. */
export async function apiKeysOf(
  tx: Tx,
  community: CommunityId,
  page: { after: string | undefined; limit: number },
): Promise<ApiKey[]> {
  const found = await sql<KeyRow>`
    select ${keyColumns} from api_keys where community_id = ${community}
      and (${page.after ?? null}::uuid is null or id < ${page.after ?? null}::uuid)
    order by id desc limit ${page.limit}`.execute(tx);
  return found.rows.map(keyFrom);
}

/** Ends a key for good; undefined when there is none. A key that was revoked before keeps its first date. */
export async function revokeApiKey(
  tx: Tx,
  community: CommunityId,
  key: { id: string; at: number },
): Promise<ApiKey | undefined> {
  const revoked = await sql<KeyRow>`
    update api_keys set revoked_at = coalesce(revoked_at, ${new Date(key.at)})
    where community_id = ${community} and id = ${key.id} returning ${keyColumns}`.execute(tx);
  return revoked.rows.map(keyFrom)[0];
}

/** The key that works with this secret. Marks it as used, at most once a minute. */
export async function useApiKey(
  db: Db,
  communityId: string,
  use: { secretHash: Buffer; at: number },
): Promise<ApiKey | undefined> {
  const found = await sql<KeyRow>`
    select ${keyColumns} from api_keys
    where community_id = ${communityId} and secret_hash = ${use.secretHash} and revoked_at is null`.execute(db);
  const key = found.rows.map(keyFrom)[0];
  if (key === undefined) return undefined;
  if (use.at - Date.parse(key.lastUsedAt ?? "1970-01-01") > 60_000) {
    await sql`
      update api_keys set last_used_at = ${new Date(use.at)} where community_id = ${communityId} and id = ${key.id}`.execute(
      db,
    );
  }
  return key;
}
