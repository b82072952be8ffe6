import { sql } from "kysely";
import { startOfLocalDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt, timeOfId } from "#src/base/ids.ts";

/** The time zone in which the community counts its days. */
export async function zoneOf(tx: Tx, community: CommunityId): Promise<string> {
  const found = await sql<{ zone: string }>`select time_zone as zone from communities where id = ${community}`.execute(
    tx,
  );
  return found.rows[0]?.zone ?? "UTC";
}

/** From when to when messages are stored, and about how many; undefined when there is none. */
export async function writtenSpan(
  tx: Tx,
  community: CommunityId,
): Promise<{ firstAt: number; lastAt: number; messages: number } | undefined> {
  const ends = await sql<{ first: string | null; last: string | null; messages: number }>`
    select (select id from messages where community_id = ${community} order by id limit 1) as first,
      (select id from messages where community_id = ${community} order by id desc limit 1) as last,
      (select count(*) from messages where community_id = ${community}) as messages`.execute(tx);
  const { first, last, messages } = ends.rows[0] ?? { first: null, last: null, messages: 0 };
  return first === null || last === null ? undefined : { firstAt: timeOfId(first), lastAt: timeOfId(last), messages };
}

/** How many messages were written on these local days, both included. */
export async function countWritten(
  tx: Tx,
  community: CommunityId,
  { from, to, zone }: { from: number; to: number; zone: string },
): Promise<number> {
  const found = await sql<{ messages: number }>`
    select count(*) as messages from messages where community_id = ${community}
      and id >= ${idAt(startOfLocalDay(from, zone))} and id < ${idAt(startOfLocalDay(to + 1, zone))}`.execute(tx);
  return found.rows[0]?.messages ?? 0;
}

/** How many messages were written on each of some local days, in their order. */
export async function countOnDays(
  tx: Tx,
  community: CommunityId,
  { days, zone }: { days: readonly number[]; zone: string },
): Promise<number[]> {
  const starts = (each: readonly number[]): string[] => each.map((day) => idAt(startOfLocalDay(day, zone)));
  const found = await sql<{ messages: number }>`
    select (select count(*) from messages m where m.community_id = ${community} and m.id >= d.first and m.id < d.next) as messages
    from unnest(${starts(days)}::uuid[], ${starts(days.map((day) => day + 1))}::uuid[]) with ordinality as d (first, next, n)
    order by d.n`.execute(tx);
  return found.rows.map(({ messages }) => messages);
}
