import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { partsOf } from "../store/parts.ts";
import type { CountedTag, Tag } from "./model.ts";

/** All tags by name, with how many bear each. */
export async function readTags(tx: Tx, community: CommunityId): Promise<CountedTag[]> {
  const found = await sql<CountedTag>`
    select t.id, t.name, (select count(*) from tagged_members m
      where m.community_id = t.community_id and m.tag_id = t.id) as members
    from member_tags t where t.community_id = ${community} and t.deleted_at is null order by lower(t.name), t.id`.execute(
    tx,
  );
  return found.rows;
}

/** The tags of these people by person, those of everybody merged into them included, by name. */
export async function tagsOf(
  tx: Tx,
  community: CommunityId,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Tag[]>> {
  const found = await sql<Tag & { memberId: string }>`
    select distinct p.id as "memberId", t.id, t.name, lower(t.name) as place
    from unnest(${[...memberIds]}::uuid[]) p (id)
    cross join lateral (
      select tag_id from tagged_members
      where community_id = ${community} and member_id in ${partsOf(community, sql`p.id`)}) g
    join member_tags t on t.community_id = ${community} and t.id = g.tag_id and t.deleted_at is null
    order by place, t.id`.execute(tx);
  return Map.groupBy(
    found.rows.map(({ memberId, id, name }) => ({ memberId, id, name })),
    (row) => row.memberId,
  );
}

/** Makes a tag; undefined when another bears the name. */
export async function insertTag(
  tx: Tx,
  community: CommunityId,
  { id, name, now }: Tag & { now: number },
): Promise<Tag | undefined> {
  const made = await sql<Tag>`
    insert into member_tags (community_id, id, name, made_at)
    values (${community}, ${id}, ${name}, to_timestamp(${now / 1000}))
    on conflict (community_id, lower(name)) where deleted_at is null do nothing returning id, name`.execute(tx);
  return made.rows[0];
}

/** How many tags there are. */
export async function countTags(tx: Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from member_tags where community_id = ${community} and deleted_at is null`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** The tag of that name, whatever the case. */
export async function tagNamed(tx: Tx, community: CommunityId, name: string): Promise<Tag | undefined> {
  const found = await sql<Tag>`
    select id, name from member_tags
    where community_id = ${community} and lower(name) = lower(${name}) and deleted_at is null`.execute(tx);
  return found.rows[0];
}

/** Renames a tag; false when there is none. */
export async function updateTag(tx: Tx, community: CommunityId, { id, name }: Tag): Promise<boolean> {
  const done = await sql`
    update member_tags set name = ${name} where community_id = ${community} and id = ${id} and deleted_at is null
    returning id`.execute(tx);
  return done.rows.length > 0;
}

/** A tag that was deleted or brought back, and under whom it was put on. */
export interface MarkedTag extends Tag {
  readonly memberIds: readonly string[];
}

/** Deletes a tag at an instant, or brings a deleted one back; undefined when there is none to do that to. */
export async function markTag(
  tx: Tx,
  community: CommunityId,
  { id, at }: { id: string; at: number | undefined },
): Promise<MarkedTag | undefined> {
  const done = await sql<MarkedTag>`
    update member_tags t set deleted_at = ${at === undefined ? sql`null` : sql`to_timestamp(${at / 1000})`}
    where community_id = ${community} and id = ${id} and (deleted_at is null) = ${at !== undefined}
    returning id, name, array(select member_id from tagged_members m
      where m.community_id = t.community_id and m.tag_id = t.id) as "memberIds"`.execute(tx);
  return done.rows[0];
}

/** The name of a deleted tag; undefined when there is none. */
export async function deletedTagName(tx: Tx, community: CommunityId, id: string): Promise<string | undefined> {
  const found = await sql<{ name: string }>`
    select name from member_tags where community_id = ${community} and id = ${id} and deleted_at is not null`.execute(
    tx,
  );
  return found.rows[0]?.name;
}

/** Whether all of these tags are there. */
export async function areTags(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<boolean> {
  const found = await sql<{ count: number }>`
    select count(*) as count from member_tags
    where community_id = ${community} and id = any(${[...ids]}::uuid[]) and deleted_at is null`.execute(tx);
  return (found.rows[0]?.count ?? 0) === new Set(ids).size;
}

/** How many of these members are there. */
export async function countMembers(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from members where community_id = ${community} and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
  return found.rows[0]?.count ?? 0;
}

/** Who puts tags on whom, when. */
export interface Tagging {
  readonly memberIds: readonly string[];
  readonly tagIds: readonly string[];
  readonly by: { readonly id: string | undefined; readonly name: string };
  readonly now: number;
}

interface Changed {
  readonly memberId: string;
  readonly tagId: string;
}

/** Puts tags on members; answers where they were not before. */
export async function putTags(tx: Tx, community: CommunityId, tagging: Tagging): Promise<Changed[]> {
  const { memberIds, tagIds, by, now } = tagging;
  const put = await sql<Changed>`
    insert into tagged_members (community_id, tag_id, member_id, tagged_at, tagged_by, tagged_by_name)
    select ${community}, t.id, m.id, to_timestamp(${now / 1000}), ${by.id ?? null}::uuid, ${by.name}
    from unnest(${[...tagIds]}::uuid[]) t (id) cross join unnest(${[...memberIds]}::uuid[]) m (id)
    where not exists (select from tagged_members o where o.community_id = ${community} and o.tag_id = t.id
      and o.member_id in ${partsOf(community, sql`m.id`)})
    order by t.id, m.id on conflict do nothing
    returning tag_id as "tagId", member_id as "memberId"`.execute(tx);
  return put.rows;
}

/** Takes tags off people, under whichever of their members they were put on; answers where they were before. */
export async function takeTags(
  tx: Tx,
  community: CommunityId,
  { memberIds, tagIds }: Pick<Tagging, "memberIds" | "tagIds">,
): Promise<Changed[]> {
  const taken = await sql<Changed>`
    delete from tagged_members g using unnest(${[...memberIds]}::uuid[]) m (id)
    where g.community_id = ${community} and g.tag_id = any(${[...tagIds]}::uuid[])
      and g.member_id in ${partsOf(community, sql`m.id`)}
    returning g.tag_id as "tagId", g.member_id as "memberId"`.execute(tx);
  return taken.rows;
}
