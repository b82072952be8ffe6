import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Community, Space } from "./model.ts";

const columns = sql`id, slug, name, language, time_zone as "timeZone", created_at as "createdAt", is_sample as "isSample",
  deleted_at as "deletedAt"`;

type CommunityRow = Omit<Community, "createdAt" | "deletedAt"> & {
  readonly createdAt: Date;
  readonly deletedAt: Date | null;
};

function communityFrom(row: CommunityRow): Community {
  return { ...row, createdAt: row.createdAt.toISOString(), deletedAt: row.deletedAt?.toISOString() ?? null };
}

/** The community with this slug, be it deleted or not. */
export async function communityBySlug(db: Db, slug: string): Promise<Community | undefined> {
  const found = await sql<CommunityRow>`select ${columns} from communities where slug = ${slug}`.execute(db);
  return found.rows.map(communityFrom)[0];
}

/** The community with this id, unless it is deleted. */
export async function communityById(db: Db, id: string): Promise<Community | undefined> {
  const found = await sql<CommunityRow>`
    select ${columns} from communities where id = ${id} and deleted_at is null`.execute(db);
  return found.rows.map(communityFrom)[0];
}

/** Locks a community's row until the transaction ends and returns it. */
export async function lockCommunity(tx: Tx, community: CommunityId): Promise<Community | undefined> {
  const found = await sql<CommunityRow>`select ${columns} from communities where id = ${community} for update`.execute(
    tx,
  );
  return found.rows.map(communityFrom)[0];
}

/** Slugs in use that are `slug` itself or `slug` with a number behind it. */
export async function slugsLike(tx: Tx, slug: string): Promise<Set<string>> {
  const found = await sql<{ slug: string }>`
    select slug from communities where slug = ${slug} or slug ~ ${`^${slug}-[0-9]+$`}`.execute(tx);
  return new Set(found.rows.map((row) => row.slug));
}

/** Adds a community and the counter of its log; false when its slug is taken. */
export async function addCommunity(tx: Tx, community: Community): Promise<boolean> {
  const { id, slug, name, language, timeZone, createdAt, isSample } = community;
  const added = await sql`
    insert into communities (id, slug, name, language, time_zone, created_at, is_sample)
    values (${id}, ${slug}, ${name}, ${language}, ${timeZone}, ${createdAt}, ${isSample})
    on conflict (slug) do nothing returning 1`.execute(tx);
  if (added.rows.length === 0) return false;
  await sql`insert into log_heads (community_id) values (${id})`.execute(tx);
  return true;
}

/** Writes what may change of a community. */
export async function writeCommunity(tx: Tx, community: CommunityId, after: Community): Promise<void> {
  await sql`
    update communities set name = ${after.name}, language = ${after.language}, time_zone = ${after.timeZone}
    where id = ${community}`.execute(tx);
}

/** Communities a person works in, by name: all of them for an owner of the installation. Deleted ones on request. */
export async function communitiesOf(
  db: Db,
  person: { id: string; isInstallOwner: boolean; deletedToo?: boolean },
): Promise<(Community & { role: string })[]> {
  const found = await sql<CommunityRow & { role: string }>`
    select c.id, c.slug, c.name, c.language, c.time_zone as "timeZone", c.created_at as "createdAt", c.is_sample as "isSample",
      c.deleted_at as "deletedAt", case when ${person.isInstallOwner} then 'owner' else s.role end as role
    from communities c left join staff_roles s on s.community_id = c.id and s.user_id = ${person.id}
    where (${person.isInstallOwner} or s.role is not null) and (c.deleted_at is null or ${person.deletedToo === true})
    order by lower(c.name), c.id`.execute(db);
  return found.rows.map((row) => ({ ...communityFrom(row), role: row.role }));
}

type SpaceRow = Omit<Space, "createdAt"> & { readonly createdAt: Date };

const spaceColumns = sql`
  id, platform, external_id as "externalId", name, kind, parent_id as "parentId", created_at as "createdAt"`;

function spaceFrom(row: SpaceRow): Space {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** What part of the list of spaces is asked for; `after` is the name in lower case and id of the last one before. */
export interface SpaceSearch {
  readonly search: string | undefined;
  readonly after: readonly [string, string] | undefined;
  readonly limit: number;
}

/** A space with the key it is sorted by: its name in the database's lower case, which is not always ours. */
export interface ListedSpace {
  readonly space: Space;
  readonly sortedBy: readonly [string, string];
}

/** A community's spaces by name; with `search` those whose name holds it, whatever the case. */
export async function spacesOf(tx: Tx, community: CommunityId, ask: SpaceSearch): Promise<ListedSpace[]> {
  const pattern = `%${(ask.search ?? "").replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const after = ask.after === undefined ? sql`true` : sql`(lower(name), id) > (${ask.after[0]}, ${ask.after[1]}::uuid)`;
  const found = await sql<SpaceRow & { nameKey: string }>`
    select ${spaceColumns}, lower(name) as "nameKey" from spaces
    where community_id = ${community} and name ilike ${pattern} and ${after}
    order by lower(name), id limit ${ask.limit}`.execute(tx);
  return found.rows.map(({ nameKey, ...row }) => ({ space: spaceFrom(row), sortedBy: [nameKey, row.id] }));
}

/** Gives a space another name; undefined when there is no such space. */
export async function nameSpace(
  tx: Tx,
  community: CommunityId,
  space: { id: string; name: string },
): Promise<Space | undefined> {
  const named = await sql<SpaceRow>`
    update spaces set name = ${space.name} where community_id = ${community} and id = ${space.id}
    returning ${spaceColumns}`.execute(tx);
  return named.rows.map(spaceFrom)[0];
}
