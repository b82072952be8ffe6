import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { accountsOfGroup, groupPeople } from "../store/circles.ts";
import type { GroupPerson } from "./model.ts";

/** What part of a group's people is asked for; `after` is the name in lower case and the id of the last one before. */
export interface PeopleAsk {
  readonly groupId: string;
  readonly search: string | undefined;
  readonly after: readonly [string, string] | undefined;
  readonly limit: number;
  /** Only who is in the hub and has not left it. */
  readonly inHub?: boolean;
}

const person = sql`coalesce(p.person_id, x.member_id)`;
const withPerson = sql`left join member_parts p on p.community_id = x.community_id and p.member_id = x.member_id`;

/** The people of a group by name, each once, whatever ways they came by. */
export async function peopleOfGroup(tx: Tx, community: CommunityId, ask: PeopleAsk): Promise<GroupPerson[]> {
  const { groupId, search, limit, inHub = false } = ask;
  const [name, id] = ask.after ?? [];
  const behind = name === undefined ? sql`true` : sql`(lower(m.name), m.id) > (${name}, ${id}::uuid)`;
  const pattern = `%${(search ?? "").replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const fits = search === undefined ? sql`true` : sql`m.name ilike ${pattern}`;
  const found = await sql<GroupPerson>`
    with theirs as (
      select distinct ${person} as id from ${groupPeople} x ${withPerson}
      where x.community_id = ${community} and x.group_id = ${groupId}
    ), told as (
      select ${person} as id, min(x.came_by) as by, min(x.came_at) as at from hub_group_members x ${withPerson}
      where x.community_id = ${community} and x.group_id = ${groupId} group by 1
    )
    select m.id as "memberId", m.name, coalesce(told.by, 'rule') as by,
      to_char(told.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
    from theirs join members m on m.community_id = ${community} and m.id = theirs.id left join told on told.id = theirs.id
    where ${fits} and ${behind} and (not ${inHub} or exists (select from hub_accounts a where a.community_id = ${community}
      and a.member_id = m.id and a.left_at is null))
    order by lower(m.name), m.id limit ${limit}`.execute(tx);
  return found.rows;
}

/** Somebody put into a group. `at` in milliseconds since 1970 UTC. */
export interface Coming {
  readonly groupId: string;
  readonly memberIds: readonly string[];
  readonly by: "hand" | "request";
  readonly at: number;
}

/** Puts members of this community into a group; the ids of those who were not in it before. Whoever the rule let in stays by hand as well. */
export async function addPeople(tx: Tx, community: CommunityId, coming: Coming): Promise<string[]> {
  const { groupId, memberIds, by, at } = coming;
  const found = await sql<{ id: string; isNew: boolean }>`
    with wanted as (
      select distinct coalesce(p.person_id, m.id) as id from members m
      left join member_parts p on p.community_id = m.community_id and p.member_id = m.id
      where m.community_id = ${community} and m.id = any(${[...memberIds]}::uuid[]) and m.erased_at is null
    ), before as (
      select distinct ${person} as id from ${groupPeople} x ${withPerson}
      where x.community_id = ${community} and x.group_id = ${groupId}
    ), added as (
      insert into hub_group_members as h (community_id, group_id, member_id, came_by, came_at)
      select ${community}, ${groupId}, id, ${by}, ${new Date(at)} from wanted order by id
      on conflict (community_id, group_id, member_id) do update set came_by = excluded.came_by where h.came_by = 'rule'
      returning member_id
    )
    select wanted.id, added.member_id is not null and before.id is null as "isNew" from wanted
    left join added on added.member_id = wanted.id left join before on before.id = wanted.id`.execute(tx);
  return found.rows.flatMap(({ id, isNew }) => (isNew ? [id] : []));
}

/** Takes people out of a group who are in it by hand or by their wish; the ids of those who are not in it any more. */
export async function takePeople(
  tx: Tx,
  community: CommunityId,
  { groupId, memberIds }: { groupId: string; memberIds: readonly string[] },
): Promise<string[]> {
  const theirs = sql`(select m.id from unnest(${[...memberIds]}::uuid[]) w (id)
    cross join lateral (select w.id union select other.member_id from member_parts mine join member_parts other
      on other.community_id = mine.community_id and other.person_id = mine.person_id
      where mine.community_id = ${community} and mine.member_id = w.id) m)`;
  const gone = await sql<{ id: string }>`
    delete from hub_group_members x where x.community_id = ${community} and x.group_id = ${groupId} and x.came_by <> 'rule'
      and x.member_id in ${theirs} returning x.member_id as id`.execute(tx);
  const ids = gone.rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const left = await sql<{ id: string }>`
    select distinct ${person} as id from (select ${community}::uuid as community_id, each as member_id from unnest(${ids}::uuid[]) each) x
    ${withPerson} where not exists (select from ${groupPeople} y left join member_parts q on q.community_id = y.community_id
      and q.member_id = y.member_id where y.community_id = x.community_id and y.group_id = ${groupId}
      and coalesce(q.person_id, y.member_id) = ${person})`.execute(tx);
  return left.rows.map(({ id }) => id);
}

/** How many people with an account of the hub belong to any of these groups, each counted once. */
export async function peopleCalled(db: Db, community: CommunityId, groupIds: readonly string[]): Promise<number> {
  const found = await sql<{ people: number }>`
    select count(distinct a.id)::int as people from hub_groups g cross join lateral ${accountsOfGroup} a
    where g.community_id = ${community} and g.id = any(${[...groupIds]}::uuid[]) and g.deleted_at is null`.execute(db);
  return found.rows[0]?.people ?? 0;
}

/** Whether the rule of a group lets somebody in. */
export async function isByRule(
  tx: Tx,
  community: CommunityId,
  { groupId, memberId }: { groupId: string; memberId: string },
): Promise<boolean> {
  const found = await sql`
    select from hub_groups g where g.community_id = ${community} and g.id = ${groupId} and exists (
      select from ${groupPeople} x left join member_parts p on p.community_id = x.community_id and p.member_id = x.member_id
      left join hub_group_members h on h.community_id = x.community_id and h.group_id = x.group_id
        and h.member_id = x.member_id and h.came_by <> 'rule'
      where x.community_id = g.community_id and x.group_id = g.id and h.member_id is null
        and ${person} = coalesce((select q.person_id from member_parts q where q.community_id = ${community}
          and q.member_id = ${memberId}), ${memberId}))`.execute(tx);
  return found.rows.length > 0;
}

/** Communities with a group that follows a tag or a segment, or that has told of people whom one let in. */
export async function communitiesWithRules(db: Db): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select g.community_id as id from hub_groups g
    where g.tag_id is not null or g.segment_id is not null
      or exists (select from hub_group_members x where x.community_id = g.community_id and x.group_id = g.id and x.came_by = 'rule')
    group by 1`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** People by the group that they came to or left. */
export interface ByGroup {
  readonly groupId: string;
  readonly memberIds: readonly string[];
}

/** Notes who came to groups and who left them by their rules since this was asked last; `at` in milliseconds since 1970 UTC. */
export async function noteRules(
  tx: Tx,
  community: CommunityId,
  at: number,
): Promise<{ joined: readonly ByGroup[]; left: readonly ByGroup[] }> {
  const belongs = sql`belongs as materialized (
      select distinct x.group_id, ${person} as member_id from ${groupPeople} x ${withPerson} where x.community_id = ${community}
    )`;
  const byGroup = sql`select group_id as "groupId", array_agg(member_id order by member_id) as "memberIds" from`;
  const left = await sql<ByGroup>`
    with ${belongs}, gone as (
      delete from hub_group_members h where h.community_id = ${community} and h.came_by = 'rule' and not exists (
        select from belongs where belongs.group_id = h.group_id and belongs.member_id = h.member_id)
      returning h.group_id, h.member_id
    ) ${byGroup} gone where not exists (select from member_parts p join belongs on belongs.group_id = gone.group_id
      and belongs.member_id = p.person_id where p.community_id = ${community} and p.member_id = gone.member_id)
    group by 1 order by 1`.execute(tx);
  const joined = await sql<ByGroup>`
    with ${belongs}, come as (
      insert into hub_group_members (community_id, group_id, member_id, came_by, came_at)
      select ${community}, group_id, member_id, 'rule', ${new Date(at)} from belongs where not exists (
        select from hub_group_members x ${withPerson} where x.community_id = ${community}
          and x.group_id = belongs.group_id and ${person} = belongs.member_id)
      order by group_id, member_id on conflict do nothing returning group_id, member_id
    ) ${byGroup} come group by 1 order by 1`.execute(tx);
  return { joined: joined.rows, left: left.rows };
}
