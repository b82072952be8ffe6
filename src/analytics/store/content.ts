import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Content } from "../metrics/window.ts";
import type { Days } from "./sheets.ts";

/** Days and the numbers of the chosen spaces; no spaces: all. */
export interface Stay extends Days {
  readonly spaces: readonly number[];
}

/** What is counted row by row in a period. */
export async function readContent(tx: Tx, community: CommunityId, { from, to, spaces }: Stay): Promise<Content> {
  const found = await sql<{ topic: string; key: string; count: number }>`
    select topic, key, sum(count)::int as count from day_counts
    where community_id = ${community} and topic in ('language', 'kind', 'domain', 'reaction', 'move')
      and day between ${from} and ${to} and (${spaces.length === 0} or space = any(${[...spaces]}::int[]))
    group by topic, key`.execute(tx);
  const of = (topic: string): { key: string; count: number }[] =>
    found.rows.filter((row) => row.topic === topic).map(({ key, count }) => ({ key, count }));
  const moved = new Map(of("move").map(({ key, count }) => [key, count]));
  return {
    languages: of("language").filter(({ key }) => key !== ""),
    domains: of("domain"),
    reactions: of("reaction"),
    kinds: of("kind"),
    moves: { joined: moved.get("joined") ?? 0, left: moved.get("left") ?? 0, removed: moved.get("removed") ?? 0 },
  };
}

/** A key on one day with its count. */
export interface DayCount {
  readonly day: number;
  readonly key: string;
  readonly count: number;
}

/** Domains that were linked often on a day: days with fewer than `least` links to a domain are left out. */
export async function readBusyDomains(
  tx: Tx,
  community: CommunityId,
  stay: Stay & { least: number },
): Promise<DayCount[]> {
  const found = await sql<DayCount>`
    select day, key, sum(count)::int as count from day_counts where community_id = ${community} and topic = 'domain'
      and day between ${stay.from} and ${stay.to} and (${stay.spaces.length === 0} or space = any(${[...stay.spaces]}::int[]))
    group by day, key having sum(count) >= ${stay.least} order by day, key`.execute(tx);
  return found.rows;
}

/** How many people joined on each day that had any. */
export async function readJoins(tx: Tx, community: CommunityId, stay: Stay): Promise<DayCount[]> {
  const found = await sql<DayCount>`
    select day, key, sum(count)::int as count from day_counts where community_id = ${community} and topic = 'move' and key = 'joined'
      and day between ${stay.from} and ${stay.to} and (${stay.spaces.length === 0} or space = any(${[...stay.spaces]}::int[]))
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

/** The messages with most reactions and most replies, at most `most` of each, the most noticed first. */
export async function readNotable(
  tx: Tx,
  community: CommunityId,
  stay: Stay & { most: number },
): Promise<NotableMessage[]> {
  const of = (topic: "reactions" | "replies") => sql<NotableMessage>`
    select day, topic, message_id as "messageId", member, count from notable_messages
    where community_id = ${community} and topic = ${topic} and day between ${stay.from} and ${stay.to}
      and (${stay.spaces.length === 0} or space = any(${[...stay.spaces]}::int[]))
    order by count desc, message_id limit ${stay.most}`;
  const [reactions, replies] = [await of("reactions").execute(tx), await of("replies").execute(tx)];
  return [...reactions.rows, ...replies.rows];
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
