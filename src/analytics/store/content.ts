import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Days } from "./sheets.ts";

/** Days and the numbers of the chosen spaces; no spaces: all. */
export interface Stay extends Days {
  readonly spaces: readonly number[];
}

/** How many people came or went on a day by the platform's own notices; `key` is the kind of move. */
export interface DayMoves {
  readonly day: number;
  readonly key: string;
  readonly count: number;
}

/** The moves of each day that had any. */
export async function readMoves(tx: Tx, community: CommunityId, { from, to, spaces }: Stay): Promise<DayMoves[]> {
  const found = await sql<DayMoves>`
    select day, key, sum(count)::int as count from day_counts where community_id = ${community} and topic = 'move'
      and day between ${from} and ${to} and (${spaces.length === 0} or space = any(${[...spaces]}::int[]))
    group by day, key order by day`.execute(tx);
  return found.rows;
}

/** A message that got much attention, by its member's and space's numbers. */
export interface NotableMessage {
  readonly day: number;
  readonly topic: "reactions" | "replies";
  readonly messageId: string;
  readonly member: number;
  readonly count: number;
}

/** The messages with most reactions and most replies in each of the stretches of days, at most `most` of each, the most noticed first. */
export async function readNotable(
  tx: Tx,
  community: CommunityId,
  { stretches, spaces, most }: { stretches: readonly Days[]; spaces: readonly number[]; most: number },
): Promise<NotableMessage[]> {
  const parts = stretches.flatMap(({ from, to }) =>
    ["reactions", "replies"].map(
      (topic) => sql`(select day, topic, message_id as "messageId", member, count from notable_messages
        where community_id = ${community} and topic = ${topic} and day between ${from} and ${to}
          and (${spaces.length === 0} or space = any(${[...spaces]}::int[]))
        order by count desc, message_id limit ${most})`,
    ),
  );
  const found = await sql<NotableMessage>`${sql.join(parts, sql` union all `)}`.execute(tx);
  return found.rows;
}

/** Names of members by their numbers. */
export async function readMembers(
  tx: Tx,
  community: CommunityId,
  numbers: readonly number[],
): Promise<Map<number, { id: string; name: string }>> {
  const found = await sql<{ number: number; id: string; name: string }>`
    select n.number, m.id, m.name from member_numbers n join members m on m.community_id = n.community_id and m.id = n.member_id
    where n.community_id = ${community} and n.number = any(${[...numbers]}::int[])`.execute(tx);
  return new Map(found.rows.map(({ number, id, name }) => [number, { id, name }]));
}

/** Names of spaces by their numbers. */
export async function readSpaces(
  tx: Tx,
  community: CommunityId,
  numbers: readonly number[],
): Promise<Map<number, { id: string; name: string }>> {
  const found = await sql<{ number: number; id: string; name: string }>`
    select n.number, s.id, s.name from space_numbers n join spaces s on s.community_id = n.community_id and s.id = n.space_id
    where n.community_id = ${community} and n.number = any(${[...numbers]}::int[])`.execute(tx);
  return new Map(found.rows.map(({ number, id, name }) => [number, { id, name }]));
}
