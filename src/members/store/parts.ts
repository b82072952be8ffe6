import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** The ids of all members that are this person, as a subquery of one column: the person alone, unless merged. */
export function partsOf(community: CommunityId, personId: string | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select ${personId}::uuid union select parts.member_id from member_parts parts
    where parts.community_id = ${community} and parts.person_id = ${personId})`;
}

/** The person that this member is part of now: itself, unless it was merged into another. */
export async function personOf(tx: Tx, community: CommunityId, memberId: string): Promise<string> {
  const found = await sql<{ id: string }>`
    select person_id as id from member_parts where community_id = ${community} and member_id = ${memberId}`.execute(tx);
  return found.rows[0]?.id ?? memberId;
}

/** The ids of all members that are this person; none when there is no such person. */
export async function membersOf(tx: Tx, community: CommunityId, personId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from members where community_id = ${community} and id in ${partsOf(community, personId)}`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** Whether a member is part of another person, told of a column that holds a member's id. */
export function isPartOfAnother(community: CommunityId, column: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from member_parts other where other.community_id = ${community}
    and other.member_id = ${sql.ref(column)} and other.person_id <> other.member_id)`;
}

/** Joined to messages `m`: which persons wrote them and are answered by them. */
export const withPeople = sql`
  left join member_parts written_as on written_as.community_id = m.community_id and written_as.member_id = m.member_id
  left join member_parts answered_as on answered_as.community_id = m.community_id
    and answered_as.member_id = m.reply_to_member_id`;

/** Who wrote message `m`, with `withPeople`. */
export const author = sql`coalesce(written_as.person_id, m.member_id)`;

/** Whom message `m` answers, with `withPeople`; missing where it answers nobody. */
export const answered = sql`coalesce(answered_as.person_id, m.reply_to_member_id)`;

/** The person that the member in a column is part of. Told row by row: for few rows. */
export function personOfMember(community: CommunityId, column: string): RawBuilder<string> {
  return sql<string>`coalesce((select t.person_id from member_parts t where t.community_id = ${community}
    and t.member_id = ${sql.ref(column)}), ${sql.ref(column)})`;
}
