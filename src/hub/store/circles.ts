import { type RawBuilder, sql } from "kysely";

/**
 * Who belongs to groups that stand, as rows `community_id, group_id, member_id` of a subquery: by hand or by their wish, or
 * because they bear the tag or are in the segment that the group follows. The rule is asked anew each time, so whoever loses
 * the tag is out at once.
 */
export const groupPeople: RawBuilder<unknown> = sql`(
  select y.community_id, y.group_id, y.member_id from hub_group_members y
    join hub_groups g on g.community_id = y.community_id and g.id = y.group_id and g.deleted_at is null
    where y.came_by <> 'rule'
  union all select g.community_id, g.id, y.member_id from hub_groups g
    join member_tags t on t.community_id = g.community_id and t.id = g.tag_id and t.deleted_at is null
    join tagged_members y on y.community_id = g.community_id and y.tag_id = g.tag_id where g.deleted_at is null
  union all select g.community_id, g.id, y.member_id from hub_groups g
    join segments t on t.community_id = g.community_id and t.id = g.segment_id and t.deleted_at is null
    join segment_members y on y.community_id = g.community_id and y.segment_id = g.segment_id where g.deleted_at is null)`;

/**
 * The accounts of the people of a group `g` (a row with its `community_id` and `id`), as a lateral subquery of one column `id`.
 * The people are gathered first: asked anew for each account they would cost their square.
 */
export const accountsOfGroup: RawBuilder<unknown> = sql`(
  with people as materialized (
    select x.member_id from ${groupPeople} x where x.community_id = g.community_id and x.group_id = g.id
    union select other.member_id from ${groupPeople} x
      join member_parts mine on mine.community_id = x.community_id and mine.member_id = x.member_id
      join member_parts other on other.community_id = mine.community_id and other.person_id = mine.person_id
      where x.community_id = g.community_id and x.group_id = g.id)
  select whose.id from people join hub_accounts whose on whose.community_id = g.community_id
    and whose.member_id = people.member_id and whose.left_at is null)`;

/** Every member that is the same person as an account `a`, as a subquery of one column `id`. */
const partsOfAccount = sql`(select a.member_id as id union select other.member_id from member_parts mine
  join member_parts other on other.community_id = mine.community_id and other.person_id = mine.person_id
  where mine.community_id = a.community_id and mine.member_id = a.member_id)`;

/** The ids of the groups that an account `a` belongs to, as an array. */
export const groupsOfAccount: RawBuilder<string[]> = sql<string[]>`array(select distinct x.group_id
  from ${partsOfAccount} part join ${groupPeople} x on x.community_id = a.community_id and x.member_id = part.id)`;

/**
 * Whether a board `b` is there for an account `a` of a member, with its groups in `groups`, as far as groups go: hub
 * closed or not, archive or not is asked elsewhere.
 */
export function isForGroups(groups: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(b.access <> 'groups' or exists (select from hub_board_groups x
    where x.community_id = b.community_id and x.board_id = b.id and x.group_id = any(${groups})))`;
}
