import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** What a link was made to show, as it is kept: the input of an audit and whether members are named. */
export interface LinkRow {
  readonly id: string;
  readonly name: string;
  readonly query: unknown;
  readonly showsNames: boolean;
  readonly passwordHash: string | null;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly opened: number;
  readonly openedAt: Date | null;
}

const columns = sql`
  id, name, query, shows_names as "showsNames", password_hash as "passwordHash", created_by_name as "createdByName",
  created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt", opened, opened_at as "openedAt"`;

/** A link about to be kept: the hash of its secret, never the secret. Instants are milliseconds since 1970 UTC. */
export interface NewLink {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly name: string;
  readonly query: object;
  readonly showsNames: boolean;
  readonly passwordHash: string | undefined;
  readonly createdByName: string;
  readonly now: number;
  readonly expiresAt: number;
}

/** Keeps a link. */
export async function addLink(tx: Tx, community: CommunityId, link: NewLink): Promise<LinkRow> {
  const made = await sql<LinkRow>`
    insert into audit_links (community_id, id, secret_hash, name, query, shows_names, password_hash, created_by_name,
      created_at, expires_at)
    values (${community}, ${link.id}, ${link.secretHash}, ${link.name}, ${JSON.stringify(link.query)}::jsonb,
      ${link.showsNames}, ${link.passwordHash ?? null}, ${link.createdByName}, ${new Date(link.now)},
      ${new Date(link.expiresAt)})
    returning ${columns}`.execute(tx);
  const [row] = made.rows;
  if (row === undefined) throw new Error("the link was not stored");
  return row;
}

/** A community's links, newest first, one more than asked for. */
export async function linksOf(
  tx: Tx,
  community: CommunityId,
  page: { after: string | undefined; limit: number },
): Promise<LinkRow[]> {
  const before = page.after ?? null;
  const found = await sql<LinkRow>`
    select ${columns} from audit_links
    where community_id = ${community} and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${page.limit + 1}`.execute(tx);
  return found.rows;
}

/** The link with this secret, ended ones too; undefined when there is none. */
export async function linkBySecret(tx: Tx, community: CommunityId, secretHash: Buffer): Promise<LinkRow | undefined> {
  const found = await sql<LinkRow>`
    select ${columns} from audit_links
    where community_id = ${community} and secret_hash = ${secretHash}`.execute(tx);
  return found.rows[0];
}

/** Ends a link for good; undefined when there is none. One that was ended before keeps its first date. */
export async function endLink(
  tx: Tx,
  community: CommunityId,
  link: { id: string; now: number },
): Promise<LinkRow | undefined> {
  const ended = await sql<LinkRow>`
    update audit_links set revoked_at = coalesce(revoked_at, ${new Date(link.now)})
    where community_id = ${community} and id = ${link.id} returning ${columns}`.execute(tx);
  return ended.rows[0];
}

/** Counts that a link was read. */
export async function countOpening(tx: Tx, community: CommunityId, link: { id: string; now: number }): Promise<void> {
  await sql`
    update audit_links set opened = opened + 1, opened_at = ${new Date(link.now)}
    where community_id = ${community} and id = ${link.id}`.execute(tx);
}

/** Forgets links that ended before an instant (milliseconds since 1970 UTC), in all communities. */
export async function forgetLinks(db: Db, before: number): Promise<void> {
  const at = new Date(before);
  await sql`delete from audit_links where expires_at < ${at} or revoked_at < ${at}`.execute(db);
}

/** Names of spaces by id, those that still exist. */
export async function namesOfSpaces(
  tx: Tx,
  community: CommunityId,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  const found = await sql<{ id: string; name: string }>`
    select id, name from spaces where community_id = ${community} and id = any(${[...ids]}::uuid[]) order by name, id`.execute(
    tx,
  );
  return found.rows;
}
