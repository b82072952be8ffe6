import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { type ApiKey, isPermission, type Permission, type Role, roles } from "../model.ts";

const keyColumns = sql`
  id, name, role, permissions, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt",
  revoked_at as "revokedAt"`;

interface KeyRow extends Pick<ApiKey, "id" | "name" | "role"> {
  readonly permissions: string[] | null;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

function keyFrom(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    // One that an older version knew and this one does not allows nothing.
    permissions: row.permissions?.filter(isPermission) ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
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
  /** Undefined: all that the role may. */
  readonly permissions: readonly Permission[] | undefined;
  /** Milliseconds since 1970 UTC; undefined: until it is revoked. */
  readonly expiresAt: number | undefined;
  readonly secretHash: Buffer;
  readonly createdBy: string | undefined;
  readonly at: number;
}

/** Keeps a key. */
export async function addApiKey(tx: Tx, community: CommunityId, key: NewApiKey): Promise<ApiKey> {
  const made = await sql<KeyRow>`
    insert into api_keys (community_id, id, name, role, permissions, expires_at, secret_hash, created_by, created_at)
    values (${community}, ${key.id}, ${key.name}, ${key.role}, ${key.permissions === undefined ? null : [...key.permissions]},
      ${key.expiresAt === undefined ? null : new Date(key.expiresAt)}, ${key.secretHash}, ${key.createdBy ?? null},
      ${new Date(key.at)})
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

/** Ends the keys that somebody made, but for those whose role may stay. */
export async function revokeKeysOf(
  tx: Tx,
  community: CommunityId,
  which: { madeBy: string; mayStay: (role: Role) => boolean; at: number },
): Promise<void> {
  const gone = roles.filter((role) => !which.mayStay(role));
  await sql`
    update api_keys set revoked_at = ${new Date(which.at)} where community_id = ${community}
      and created_by = ${which.madeBy} and revoked_at is null and role = any(${gone})`.execute(tx);
}

/** The key that works with this secret. Marks it as used, at most once a minute. */
export async function useApiKey(
  db: Db,
  communityId: string,
  use: { secretHash: Buffer; at: number },
): Promise<ApiKey | undefined> {
  const found = await sql<KeyRow>`
    select ${keyColumns} from api_keys
    where community_id = ${communityId} and secret_hash = ${use.secretHash} and revoked_at is null
      and (expires_at is null or expires_at > ${new Date(use.at)})`.execute(db);
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
