import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Account, Tie } from "../model.ts";
import type { Card } from "./list.ts";
import { partsOf } from "./parts.ts";

const millis = (column: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(extract(epoch from ${column}) * 1000)::float8`;

/** The card of one member; undefined when there is no such member or nobody was counted yet. */
export async function readCard(tx: Tx, community: CommunityId, memberId: string): Promise<Card | undefined> {
  const found = await sql<Card>`
    select member_id as id, name, name_key as "nameKey", is_staff as "isStaff", is_bot as "isBot", messages,
      active_days as "activeDays", ${millis(sql`first_at`)} as "firstAt", ${millis(sql`last_at`)} as "lastAt",
      level as step, stage
    from member_cards where community_id = ${community} and member_id = ${memberId}`.execute(tx);
  return found.rows[0];
}

/** The accounts of these people, the oldest first, at most `most` a person. */
export async function readAccounts(
  tx: Tx,
  community: CommunityId,
  { memberIds, most }: { memberIds: readonly string[]; most: number },
): Promise<Map<string, Account[]>> {
  const found = await sql<Account & { memberId: string }>`
    select m.id as "memberId", i.platform, i.external_id as "externalId", i.name, i.username
    from unnest(${[...memberIds]}::uuid[]) m (id) cross join lateral (
      select platform, external_id, name, username from identities
      where community_id = ${community} and member_id in (
        select m.id union select p.member_id from member_parts p where p.community_id = ${community} and p.person_id = m.id)
      order by id limit ${most}) i`.execute(tx);
  const accounts = new Map<string, Account[]>();
  for (const { memberId, ...account } of found.rows)
    accounts.set(memberId, [...(accounts.get(memberId) ?? []), account]);
  return accounts;
}

/** How much a member wrote in one space; `lastDay` is a local day. */
export interface SpaceOfMember {
  readonly id: string;
  readonly name: string;
  readonly messages: number;
  readonly lastDay: number;
}

/** Where a member wrote, most messages first, with what the days know of replies and questions altogether. */
export async function readSpaces(
  tx: Tx,
  community: CommunityId,
  { memberId, most }: { memberId: string; most: number },
): Promise<{ spaces: SpaceOfMember[]; count: number; replies: number; questions: number }> {
  const found = await sql<SpaceOfMember & { count: number; replies: number; questions: number }>`
    select d.space_id as id, coalesce(s.name, '') as name, d.messages, d.last_day as "lastDay",
      count(*) over () as count, sum(d.replies) over () as replies, sum(d.questions) over () as questions
    from (
      select space_id, sum(messages) as messages, max(day) as last_day, sum(replies) as replies,
        sum(questions) as questions
      from member_days where community_id = ${community} and member_id = ${memberId} group by space_id
    ) d left join spaces s on s.community_id = ${community} and s.id = d.space_id
    order by d.messages desc, d.space_id limit ${most}`.execute(tx);
  const { count, replies, questions } = found.rows[0] ?? { count: 0, replies: 0, questions: 0 };
  const spaces = found.rows.map(({ id, name, messages, lastDay }) => ({ id, name, messages, lastDay }));
  return { spaces, count, replies, questions };
}

/** How much a member wrote on each local day from `from` to `to`; days without a message are left out. */
export async function readDays(
  tx: Tx,
  community: CommunityId,
  { memberId, from, to }: { memberId: string; from: number; to: number },
): Promise<{ day: number; messages: number }[]> {
  const found = await sql<{ day: number; messages: number }>`
    select day, sum(messages) as messages from member_days
    where community_id = ${community} and member_id = ${memberId} and day between ${from} and ${to}
    group by day order by day`.execute(tx);
  return found.rows;
}

/** When anybody last wrote in the community, in milliseconds since 1970 UTC; undefined when nobody has. */
export async function lastMessageAt(tx: Tx, community: CommunityId): Promise<number | undefined> {
  const found = await sql<{ at: number }>`
    select ${millis(sql`last_at`)} as at from member_cards where community_id = ${community} and last_at > 'epoch'
    order by last_at desc, member_id desc limit 1`.execute(tx);
  return found.rows[0]?.at;
}

/** Whom a member answers most (`to`) or who answers the member most (`from`). */
export async function readTies(
  tx: Tx,
  community: CommunityId,
  { memberId, way, most }: { memberId: string; way: "to" | "from"; most: number },
): Promise<Tie[]> {
  const [self, other] = way === "to" ? ["member_id", "answered_id"] : ["answered_id", "member_id"];
  const found = await sql<Tie>`
    select c.member_id as id, c.name, c.is_staff as "isStaff", c.is_bot as "isBot", t.answers from (
      select ${sql.ref(other)} as id, sum(answers) as answers from member_answers
      where community_id = ${community} and ${sql.ref(self)} = ${memberId}
      group by 1 order by answers desc, id limit ${most}
    ) t join member_cards c on c.community_id = ${community} and c.member_id = t.id
    order by t.answers desc, t.id`.execute(tx);
  return found.rows;
}

/** Somebody's coming or going; `at` in milliseconds since 1970 UTC. */
export interface StoredMove {
  readonly kind: "joined" | "left" | "removed";
  readonly at: number;
  readonly spaceId: string;
  readonly spaceName: string;
}

/** A member's comings and goings, newest first. */
export async function readMoves(
  tx: Tx,
  community: CommunityId,
  { memberId, most }: { memberId: string; most: number },
): Promise<StoredMove[]> {
  const found = await sql<StoredMove>`
    select m.kind, ${millis(sql`m.happened_at`)} as at, m.space_id as "spaceId", coalesce(s.name, '') as "spaceName"
    from member_moves m left join spaces s on s.community_id = m.community_id and s.id = m.space_id
    where m.community_id = ${community} and m.member_id in ${partsOf(community, memberId)}
    order by m.happened_at desc, m.id desc limit ${most}`.execute(tx);
  return found.rows;
}
