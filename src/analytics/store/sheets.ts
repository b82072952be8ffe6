import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { unpackDay, type UnpackedDay } from "./packing.ts";
import { integers } from "./integers.ts";
import type { FoldedDay } from "./tally.ts";

/** Local days, both included. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

async function clear(tx: Tx, community: CommunityId, { from, to }: Days): Promise<void> {
  await sql`delete from day_sheets where community_id = ${community} and day between ${from} and ${to}`.execute(tx);
  await sql`delete from notable_messages where community_id = ${community} and topic in ('reactions', 'replies')
    and day between ${from} and ${to}`.execute(tx);
  await sql`delete from day_counts where community_id = ${community} and topic in ('language', 'kind', 'domain', 'reaction', 'move')
    and day between ${from} and ${to}`.execute(tx);
}

/** Columns of bytes go as one value with the place of each in it: an array of them would be written in hexadecimal digits and read again. */
async function writeSheets(tx: Tx, community: CommunityId, days: readonly FoldedDay[]): Promise<void> {
  const written = days.filter(({ writing }) => writing.length > 0);
  const rows = written.map(({ day, writing, answering, replying }) => ({
    day,
    writing: writing.length,
    answering: answering.length,
    replying: replying.length,
  }));
  const bytes = Buffer.concat(written.flatMap(({ writing, answering, replying }) => [writing, answering, replying]));
  await sql`
    insert into day_sheets (community_id, day, writing, answering, replying)
    select ${community}, day, substring(bytes from 1 + at for writing), substring(bytes from 1 + at + writing for answering),
      substring(bytes from 1 + at + writing + answering for replying)
    from (
      select r.*, ${bytes}::bytea as bytes,
        (sum(writing + answering + replying) over (order by place))::int - writing - answering - replying as at
      from unnest(${integers(rows, "day")}::int[], ${integers(rows, "writing")}::int[], ${integers(rows, "answering")}::int[],
        ${integers(rows, "replying")}::int[]) with ordinality r (day, writing, answering, replying, place)
    ) r`.execute(tx);
}

async function writeCounts(tx: Tx, community: CommunityId, days: readonly FoldedDay[]): Promise<void> {
  const rows = days.flatMap(({ day, counts }) => counts.map((count) => ({ day, ...count })));
  await sql`
    insert into day_counts (community_id, day, topic, space, key, count)
    select ${community}, * from unnest(${integers(rows, "day")}::int[], ${rows.map(({ topic }) => topic)}::text[],
      ${integers(rows, "space")}::int[], ${rows.map(({ key }) => key)}::text[], ${integers(rows, "count")}::int[])`.execute(
    tx,
  );
}

async function writeNotable(tx: Tx, community: CommunityId, days: readonly FoldedDay[]): Promise<void> {
  const rows = days.flatMap(({ day, notable }) => notable.map((note) => ({ day, ...note })));
  await sql`
    insert into notable_messages (community_id, day, topic, message_id, space, member, count)
    select ${community}, * from unnest(${integers(rows, "day")}::int[], ${rows.map(({ topic }) => topic)}::text[],
      ${rows.map(({ messageId }) => messageId)}::uuid[], ${integers(rows, "space")}::int[],
      ${integers(rows, "member")}::int[], ${integers(rows, "count")}::int[])`.execute(tx);
}

/** Whether nothing at all is kept of a community yet, as before its first import is counted. */
export async function isBlank(tx: Tx, community: CommunityId): Promise<boolean> {
  const found = await sql<{ blank: boolean }>`
    select not exists (select from day_sheets where community_id = ${community})
      and not exists (select from day_counts where community_id = ${community})
      and not exists (select from notable_messages where community_id = ${community})
      and not exists (select from arrivals where community_id = ${community}) as blank`.execute(tx);
  return found.rows[0]?.blank === true;
}

/** Replaces everything that is kept of these days. */
export async function replaceDays(tx: Tx, community: CommunityId, days: readonly FoldedDay[]): Promise<void> {
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return;
  await clear(tx, community, { from: first.day, to: last.day });
  await addDays(tx, community, days);
}

/** Keeps days of which nothing is kept yet. */
export async function addDays(tx: Tx, community: CommunityId, days: readonly FoldedDay[]): Promise<void> {
  await writeSheets(tx, community, days);
  await writeCounts(tx, community, days);
  await writeNotable(tx, community, days);
}

/** Which edition of a day is stored: counting a day anew gives it another number. */
export interface Edition {
  readonly day: number;
  readonly edition: number;
}

/** The days of a span that hold a message, oldest first. */
export async function readEditions(tx: Tx, community: CommunityId, { from, to }: Days): Promise<Edition[]> {
  // The transaction that wrote a row is as good as a number of its own: rows are only ever written anew.
  const found = await sql<Edition>`
    select day, xmin::text::bigint as edition from day_sheets
    where community_id = ${community} and day between ${from} and ${to} order by day`.execute(tx);
  return found.rows;
}

/** The sheets of some days with their editions. */
export async function readDays(
  tx: Tx,
  community: CommunityId,
  days: readonly number[],
): Promise<(Edition & UnpackedDay)[]> {
  // The driver would have bytes sent as hexadecimal digits, which are half as many again and slower to read.
  const found = await sql<Edition & { writing: string; answering: string; replying: string }>`
    select day, xmin::text::bigint as edition, encode(writing, 'base64') as writing,
      encode(answering, 'base64') as answering, encode(replying, 'base64') as replying from day_sheets
    where community_id = ${community} and day = any(${`{${days.join(",")}}`}::int[])`.execute(tx);
  return found.rows.map(({ day, edition, writing, answering, replying }) => ({
    day,
    edition,
    ...unpackDay({
      writing: Buffer.from(writing, "base64"),
      answering: Buffer.from(answering, "base64"),
      replying: Buffer.from(replying, "base64"),
    }),
  }));
}

/** Topics whose counts are made of a day's messages, and so are written anew together with its sheet. */
const OF_MESSAGES = ["language", "kind", "domain", "reaction"] as const;

/** What is counted by space and key on one day, in columns. */
export interface DayCounts {
  readonly topic: (typeof OF_MESSAGES)[number];
  readonly spaces: readonly number[];
  readonly keys: readonly string[];
  readonly counts: readonly number[];
}

/** What is counted by space and key on some days. */
export async function readDayCounts(
  tx: Tx,
  community: CommunityId,
  days: readonly number[],
): Promise<(DayCounts & { readonly day: number })[]> {
  const found = await sql<DayCounts & { day: number }>`
    select day, topic, json_agg(space) as spaces, json_agg(key) as keys, json_agg(count) as counts from day_counts
    where community_id = ${community} and topic = any(${[...OF_MESSAGES]}::text[]) and day = any(${`{${days.join(",")}}`}::int[])
    group by topic, day`.execute(tx);
  return found.rows;
}

/** Forgets everything derived for a community. Numbers of members and spaces stay: they are names, not counts. */
export async function forgetAll(tx: Tx, community: CommunityId): Promise<void> {
  for (const table of ["day_sheets", "day_counts", "notable_messages", "arrivals"]) {
    await sql`delete from ${sql.table(table)} where community_id = ${community}`.execute(tx);
  }
}
