import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { nameKey } from "../store/accounts.ts";
import { groupPeople } from "../store/circles.ts";
import { opensStill } from "../store/leavings.ts";
import type { CallableGroup, Group } from "./model.ts";

/** What a group is, besides who belongs. */
export type GroupWish = Pick<
  Group,
  "name" | "about" | "takesRequests" | "showsPeople" | "handle" | "callers" | "tagId" | "segmentId"
>;

const bare = sql`g.id, g.number, g.name, g.about, g.takes_requests as "takesRequests", g.shows_people as "showsPeople",
  g.handle, g.callers,
  g.tag_id as "tagId", g.segment_id as "segmentId"`;

/** The person that the member of a row `x` is part of. */
const person = sql`coalesce((select p.person_id from member_parts p
  where p.community_id = x.community_id and p.member_id = x.member_id), x.member_id)`;

const columns = sql`${bare},
  to_char(g.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "madeAt",
  (select count(distinct ${person})::int from ${groupPeople} x
    where x.community_id = g.community_id and x.group_id = g.id) as people,
  (select count(*)::int from hub_group_requests r join hub_accounts a on a.community_id = r.community_id and a.id = r.account_id
    where r.community_id = g.community_id and r.group_id = g.id and r.state = 'waiting' and a.left_at is null) as waiting,
  (select json_build_object('memberId', m.id, 'name', m.name) from hub_accounts a
    join members m on m.community_id = a.community_id and m.id = a.member_id
    where a.community_id = g.community_id and a.name_key in (g.handle_key, replace(g.handle_key, '-', ' ')) and a.left_at is null
    order by a.name_key = g.handle_key desc limit 1) as namesake,
  coalesce((select json_agg(json_build_object('id', b.id, 'name', s.name) order by b.position) from hub_board_groups x
    join hub_boards b on b.community_id = x.community_id and b.id = x.board_id and b.access = 'groups'
    join spaces s on s.community_id = b.community_id and s.id = b.id
    where x.community_id = g.community_id and x.group_id = g.id), '[]') as boards`;

/** What part of the list of groups is asked for; `after` is the name in lower case and the id of the last one before. */
export interface GroupsAsk {
  readonly search: string | undefined;
  readonly after: readonly [string, string] | undefined;
  readonly limit: number;
}

/** Groups that stand, by name. */
export async function groupsOf(tx: Tx, community: CommunityId, ask: GroupsAsk): Promise<Group[]> {
  const [name, id] = ask.after ?? [];
  const behind = name === undefined ? sql`true` : sql`(lower(g.name), g.id) > (${name}, ${id}::uuid)`;
  const pattern = `%${(ask.search ?? "").replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const fits = ask.search === undefined ? sql`true` : sql`g.name ilike ${pattern}`;
  const found = await sql<Group>`
    select ${columns} from hub_groups g where g.community_id = ${community} and g.deleted_at is null and ${fits} and ${behind}
    order by lower(g.name), g.id limit ${ask.limit}`.execute(tx);
  return found.rows;
}

/** One group that stands, as the team sees it. */
export async function groupOf(tx: Tx, community: CommunityId, id: string): Promise<Group | undefined> {
  const found = await sql<Group>`
    select ${columns} from hub_groups g
    where g.community_id = ${community} and g.id = ${id} and g.deleted_at is null`.execute(tx);
  return found.rows[0];
}

/** A group without the counts that cost something. */
export type BareGroup = GroupWish & Pick<Group, "id" | "number">;

async function bareGroups(tx: Tx, community: CommunityId, which: RawBuilder<unknown>): Promise<BareGroup[]> {
  const found = await sql<BareGroup>`
    select ${bare} from hub_groups g where g.community_id = ${community} and g.deleted_at is null and ${which}
    order by lower(g.name), g.id`.execute(tx);
  return found.rows;
}

/** Those of these groups that stand, by name. */
export function groupsById(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<BareGroup[]> {
  return bareGroups(tx, community, sql`g.id = any(${[...ids]}::uuid[])`);
}

/** The group of this number, if it stands. */
export async function groupByNumber(tx: Tx, community: CommunityId, number: number): Promise<BareGroup | undefined> {
  return (await bareGroups(tx, community, sql`g.number = ${number}`))[0];
}

/** Groups that are known to a member: those they belong to, and those that take requests. By name. */
export function knownGroups(tx: Tx, community: CommunityId, groupIds: readonly string[]): Promise<BareGroup[]> {
  return bareGroups(tx, community, sql`(g.takes_requests or g.id = any(${[...groupIds]}::uuid[]))`);
}

/** What every page needs to know of the groups that stand. */
export async function callableGroups(tx: Tx, community: CommunityId): Promise<CallableGroup[]> {
  const found = await sql<CallableGroup>`
    select id, number, handle, handle_key as key, takes_requests as "takesRequests", callers from hub_groups
    where community_id = ${community} and deleted_at is null order by number`.execute(tx);
  return found.rows;
}

/** Those of the groups of these numbers that stand: what a post called before it was moved or deleted, and no more. */
export async function groupsCalledBefore(
  tx: Tx,
  community: CommunityId,
  numbers: readonly number[],
): Promise<CallableGroup[]> {
  if (numbers.length === 0) return [];
  return (await callableGroups(tx, community)).filter(({ number }) => numbers.includes(number));
}

/** Who has a handle other than the group `id`: another group, or a member by that name, who may have left and come back still. */
export async function handleTakenBy(
  tx: Tx,
  community: CommunityId,
  { id, handle }: { id: string; handle: string },
): Promise<"group" | "member" | undefined> {
  const found = await sql<{ by: "group" | "member" }>`
    select 'group' as by from hub_groups where community_id = ${community} and handle_key = ${nameKey(handle)} and id <> ${id}
      and deleted_at is null
    union all select 'member' from hub_accounts a where a.community_id = ${community}
      and a.name_key in (${nameKey(handle)}, ${nameKey(handle).replaceAll("-", " ")}) and ${opensStill}`.execute(tx);
  return found.rows[0]?.by;
}

/** Every group that stands, by name. */
export function allGroups(tx: Tx, community: CommunityId): Promise<BareGroup[]> {
  return bareGroups(tx, community, sql`true`);
}

/** Whether a group other than `id` bears the name, whatever the case. */
export async function isGroupName(
  tx: Tx,
  community: CommunityId,
  { id, name }: { id: string; name: string },
): Promise<boolean> {
  const found = await sql`
    select from hub_groups where community_id = ${community} and lower(name) = lower(${name}) and id <> ${id}
      and deleted_at is null`.execute(tx);
  return found.rows.length > 0;
}

/** Whether the team has this tag or segment; without both there is nothing that could be missing. */
export async function isRule(
  tx: Tx,
  community: CommunityId,
  { tagId, segmentId }: Pick<Group, "tagId" | "segmentId">,
): Promise<boolean> {
  const found = await sql<{ fits: boolean }>`
    select (${tagId}::uuid is null or exists (select from member_tags
        where community_id = ${community} and id = ${tagId} and deleted_at is null))
      and (${segmentId}::uuid is null or exists (select from segments
        where community_id = ${community} and id = ${segmentId} and deleted_at is null)) as fits`.execute(tx);
  return found.rows[0]?.fits === true;
}

/** Puts a new group into the list, under a number that no group had before. `at` in milliseconds since 1970 UTC. */
export async function addGroup(
  tx: Tx,
  community: CommunityId,
  { id, at, ...wish }: GroupWish & { id: string; at: number },
): Promise<void> {
  await sql`
    insert into hub_groups (community_id, id, number, name, about, takes_requests, shows_people, handle, handle_key, callers,
      tag_id, segment_id, made_at)
    select ${community}, ${id}, coalesce(max(number), 0) + 1, ${wish.name}, ${wish.about}, ${wish.takesRequests},
      ${wish.showsPeople}, ${wish.handle}, ${nameKey(wish.handle)}, ${wish.callers}, ${wish.tagId}, ${wish.segmentId}, ${new Date(at)}
    from hub_groups where community_id = ${community}`.execute(tx);
}

/** Writes what is said of a group. */
export async function writeGroup(
  tx: Tx,
  community: CommunityId,
  { id, ...wish }: GroupWish & { id: string },
): Promise<void> {
  await sql`
    update hub_groups set name = ${wish.name}, about = ${wish.about}, takes_requests = ${wish.takesRequests},
      shows_people = ${wish.showsPeople}, handle = ${wish.handle}, handle_key = ${nameKey(wish.handle)},
      callers = ${wish.callers}, tag_id = ${wish.tagId}, segment_id = ${wish.segmentId}
    where community_id = ${community} and id = ${id}`.execute(tx);
}

/** Gives a group another handle, whether it stands or was deleted. */
export async function writeHandle(
  tx: Tx,
  community: CommunityId,
  { id, handle }: { id: string; handle: string },
): Promise<void> {
  await sql`
    update hub_groups set handle = ${handle}, handle_key = ${nameKey(handle)}
    where community_id = ${community} and id = ${id}`.execute(tx);
}

/** Deletes a group at an instant, or brings a deleted one back; false when there is none to do that to. */
export async function markGroup(
  tx: Tx,
  community: CommunityId,
  { id, at }: { id: string; at: number | undefined },
): Promise<boolean> {
  const done = await sql`
    update hub_groups set deleted_at = ${at === undefined ? null : new Date(at)}
    where community_id = ${community} and id = ${id} and (deleted_at is null) = ${at !== undefined} returning 1`.execute(
    tx,
  );
  return done.rows.length > 0;
}

/** By what a deleted group was known; undefined when there is none. */
export async function deletedGroup(
  tx: Tx,
  community: CommunityId,
  id: string,
): Promise<Pick<Group, "name" | "handle"> | undefined> {
  const found = await sql<Pick<Group, "name" | "handle">>`
    select name, handle from hub_groups where community_id = ${community} and id = ${id} and deleted_at is not null`.execute(
    tx,
  );
  return found.rows[0];
}
