import { type RawBuilder, sql } from "kysely";

/**
 * Whether an account `a` may read a board `b`: archived ones and those for a circle of people are not for everybody, the
 * team sees all of them.
 */
export const mayReadBoard: RawBuilder<boolean> = sql<boolean>`(a.left_at is null and (a.user_id is not null or (b.archived_at is null
  and (b.access <> 'tag' or exists (select from tagged_members g where g.community_id = a.community_id
    and g.tag_id = b.tag_id and (g.member_id = a.member_id or g.member_id in (select other.member_id from member_parts mine
      join member_parts other on other.community_id = mine.community_id and other.person_id = mine.person_id
      where mine.community_id = a.community_id and mine.member_id = a.member_id)))))))`;
