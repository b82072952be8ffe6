import { sql } from "kysely";
import { localDay, startOfLocalDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";
import { answered, author, withPeople } from "../store/parts.ts";
import { insertTotals, zoneOf, type WrittenSpan } from "../store/presence.ts";

/** Members who were merged or taken apart, the persons they are now, and everybody who is such a person. */
export interface Touched {
  /** All whose figures change: former and present persons. */
  readonly personIds: readonly string[];
  /** Under whose names they wrote. */
  readonly partIds: readonly string[];
}

/** Whom a merge of these members touches, as things stand now. */
export async function touchedBy(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<Touched> {
  const found = await sql<{ id: string; isPerson: boolean }>`
    with persons as (
      select coalesce(p.person_id, m.id) as id from unnest(${[...memberIds]}::uuid[]) m (id)
      left join member_parts p on p.community_id = ${community} and p.member_id = m.id
    )
    select id, true as "isPerson" from persons
    union select p.member_id, false from member_parts p join persons on persons.id = p.person_id
    where p.community_id = ${community}`.execute(tx);
  const persons = found.rows.filter((row) => row.isPerson).map((row) => row.id);
  return {
    personIds: [...new Set([...memberIds, ...persons])].toSorted(),
    partIds: [...new Set([...memberIds, ...found.rows.map((row) => row.id)])].toSorted(),
  };
}

async function daysOf(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<number[]> {
  const found = await sql<{ day: number }>`
    select distinct day from member_days where community_id = ${community}
      and member_id = any(${[...memberIds]}::uuid[]) order by day`.execute(tx);
  return found.rows.map((row) => row.day);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Days that follow one another, joined. */
function stretchesOf(days: readonly number[]): Stretch[] {
  const stretches: { from: number; to: number }[] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    if (last?.to === day - 1) last.to = day;
    else stretches.push({ from: day, to: day });
  }
  return stretches;
}

/** So many stretches of days are looked into by one statement. */
const AT_ONCE = 50;

interface Insertion {
  readonly zone: string;
  readonly stretches: readonly Stretch[];
  readonly partIds: readonly string[];
}

async function insertDays(tx: Tx, community: CommunityId, insertion: Insertion): Promise<void> {
  const { zone, stretches, partIds } = insertion;
  const days = stretches.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  const starts = days.map((day) => idAt(startOfLocalDay(day, zone)));
  const ends = days.map((day) => idAt(startOfLocalDay(day + 1, zone)));
  await sql`
    insert into member_days (community_id, member_id, day, space_id, messages, replies, questions, first_at, last_at)
    select ${community}, ${author} as person, d.day, m.space_id, count(*),
      count(*) filter (where ${answered} <> ${author}), count(*) filter (where m.is_question), min(m.sent_at),
      max(m.sent_at)
    from unnest(${days}::int[], ${starts}::uuid[], ${ends}::uuid[]) d (day, first, next) cross join lateral (
      select * from messages where community_id = ${community} and id >= d.first and id < d.next
        and member_id = any(${[...partIds]}::uuid[])) m
    ${withPeople}
    group by person, d.day, m.space_id order by person, d.day, m.space_id`.execute(tx);
}

/**
 * Counts the days and totals of these people anew, on those local days alone on which one of them wrote. Returns the
 * time those days span; undefined when nobody of them has written.
 */
export async function recountPeople(
  tx: Tx,
  community: CommunityId,
  { personIds, partIds }: Touched,
): Promise<WrittenSpan | undefined> {
  const days = await daysOf(tx, community, personIds);
  const ids = [...personIds];
  for (const table of ["member_days", "member_totals"])
    await sql`
      delete from ${sql.table(table)} where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(
      tx,
    );
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const zone = await zoneOf(tx, community);
  const stretches = stretchesOf(days);
  for (let at = 0; at < stretches.length; at += AT_ONCE)
    await insertDays(tx, community, { zone, stretches: stretches.slice(at, at + AT_ONCE), partIds });
  await insertTotals(tx, community, sql`and member_id = any(${ids}::uuid[])`);
  return { firstAt: startOfLocalDay(first, zone), lastAt: startOfLocalDay(last + 1, zone) - 1 };
}

/**
 * Counts the people to whom these members belong anew on the local days of these instants (milliseconds since 1970 UTC),
 * and their totals. Returns who they are.
 */
export async function recountOnDays(
  tx: Tx,
  community: CommunityId,
  { memberIds, instants }: { readonly memberIds: readonly string[]; readonly instants: readonly number[] },
): Promise<readonly string[]> {
  const zone = await zoneOf(tx, community);
  const { personIds, partIds } = await touchedBy(tx, community, memberIds);
  const days = [...new Set(instants.map((at) => localDay(at, zone)))].toSorted((a, b) => a - b);
  const ids = [...personIds];
  await sql`
    delete from member_days where community_id = ${community} and member_id = any(${ids}::uuid[])
      and day = any(${days}::int[])`.execute(tx);
  await sql`
    delete from member_totals where community_id = ${community} and member_id = any(${ids}::uuid[])`.execute(tx);
  await insertDays(tx, community, { zone, stretches: stretchesOf(days), partIds });
  await insertTotals(tx, community, sql`and member_id = any(${ids}::uuid[])`);
  return personIds;
}

function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

const startOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1);

async function monthsOf(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<number[]> {
  const ids = [...memberIds];
  const told = await sql<{ month: number }>`
    select distinct month from member_answers where community_id = ${community} and member_id = any(${ids}::uuid[])
    union select month from member_answers where community_id = ${community} and answered_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  const DAY = 86_400_000;
  // A local day may lie in two months of UTC.
  const written = (await daysOf(tx, community, ids)).flatMap((day) => [
    monthOf((day - 1) * DAY),
    monthOf((day + 2) * DAY),
  ]);
  return [...new Set([...told.rows.map((row) => row.month), ...written])].toSorted((a, b) => a - b);
}

/** Counts anew whom these people answered and who answered them. */
export async function recountAnswers(tx: Tx, community: CommunityId, { personIds, partIds }: Touched): Promise<void> {
  const months = await monthsOf(tx, community, personIds);
  const [ids, parts] = [[...personIds], [...partIds]];
  for (const side of ["member_id", "answered_id"])
    await sql`
      delete from member_answers where community_id = ${community} and ${sql.ref(side)} = any(${ids}::uuid[])`.execute(
      tx,
    );
  for (const month of months)
    await sql`
      insert into member_answers (community_id, month, member_id, answered_id, answers)
      select ${community}, ${month}, ${author} as person, ${answered} as other, count(*) from messages m ${withPeople}
      where m.community_id = ${community} and m.id >= ${idAt(startOf(month))} and m.id < ${idAt(startOf(month + 1))}
        and (m.member_id = any(${parts}::uuid[]) or m.reply_to_member_id = any(${parts}::uuid[]))
        and ${answered} <> ${author}
      group by person, other`.execute(tx);
}
