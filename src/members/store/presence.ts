import { sql, type RawBuilder } from "kysely";
import { dayStarts, localDay, startOfLocalDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt, timeOfId } from "#src/base/ids.ts";
import { EVERYBODY, noteChanged } from "./changes.ts";
import { answered, author, withPeople } from "./parts.ts";

/** From when to when something was written, in milliseconds since 1970 UTC, both included. */
export interface WrittenSpan {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How many days are counted by one statement. */
const AT_ONCE = 62;

/** The time zone in which the community's days begin. */
export async function zoneOf(tx: Tx, community: CommunityId): Promise<string> {
  const found = await sql<{ zone: string }>`select time_zone as zone from communities where id = ${community}`.execute(
    tx,
  );
  return found.rows[0]?.zone ?? "UTC";
}

/** From when to when the community's stored messages were written; undefined when there is none. */
export async function writtenSpan(tx: Tx, community: CommunityId): Promise<WrittenSpan | undefined> {
  const ends = await sql<{ first: string | null; last: string | null }>`
    select (select id from messages where community_id = ${community} order by id limit 1) as first,
      (select id from messages where community_id = ${community} order by id desc limit 1) as last`.execute(tx);
  const { first, last } = ends.rows[0] ?? { first: null, last: null };
  return first === null || last === null ? undefined : { firstAt: timeOfId(first), lastAt: timeOfId(last) };
}

/** Local days of a stretch, both included, with the zone they are counted in. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

async function insertDays(tx: Tx, community: CommunityId, { from, to, zone }: Stretch): Promise<void> {
  const starts = dayStarts(from, to, zone).map((start) => new Date(start).toISOString());
  await sql`
    insert into member_days (community_id, member_id, day, space_id, messages, replies, questions, first_at, last_at)
    select ${community}, ${author} as person, ${from}::int - 1 + width_bucket(sent_at, ${starts}::timestamptz[]) as day, space_id, count(*),
      count(*) filter (where ${answered} <> ${author}), count(*) filter (where is_question), min(sent_at), max(sent_at)
    from messages m ${withPeople} where m.community_id = ${community} and id >= ${idAt(startOfLocalDay(from, zone))}
      and id < ${idAt(startOfLocalDay(to + 1, zone))}
    group by person, day, space_id order by person, day, space_id`.execute(tx);
}

/** Keeps in mind who had something on these days, and who has something on them now. */
async function noteTouched(tx: Tx, community: CommunityId, { from, to, zone }: Stretch): Promise<void> {
  await sql`
    insert into touched_members select distinct member_id from member_days
    where community_id = ${community} and day between ${from} and ${to}
    union select distinct ${author} from messages m ${withPeople} where m.community_id = ${community}
      and id >= ${idAt(startOfLocalDay(from, zone))} and id < ${idAt(startOfLocalDay(to + 1, zone))}
    on conflict do nothing`.execute(tx);
}

/** Sums up the days of members that have no totals, of those alone whom `only` leaves. */
export async function insertTotals(tx: Tx, community: CommunityId, only: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into member_totals (community_id, member_id, messages, active_days, first_at, last_at)
    select ${community}, member_id, sum(messages), count(distinct day), min(first_at), max(last_at)
    from member_days where community_id = ${community} ${only} group by member_id`.execute(tx);
}

function stretchesOf(span: WrittenSpan, zone: string): Stretch[] {
  const [from, to] = [localDay(span.firstAt, zone), localDay(span.lastAt, zone)];
  return Array.from({ length: Math.ceil((to - from + 1) / AT_ONCE) }, (_, i) => {
    const first = from + i * AT_ONCE;
    return { from: first, to: Math.min(to, first + AT_ONCE - 1), zone };
  });
}

async function recountAll(tx: Tx, community: CommunityId, stretches: readonly Stretch[]): Promise<void> {
  await forgetPresence(tx, community);
  for (const stretch of stretches) await insertDays(tx, community, stretch);
  await insertTotals(tx, community, sql``);
}

async function recountPart(tx: Tx, community: CommunityId, stretches: readonly Stretch[]): Promise<void> {
  await sql`create temp table if not exists touched_members (member_id uuid primary key) on commit delete rows`.execute(
    tx,
  );
  for (const stretch of stretches) {
    await noteTouched(tx, community, stretch);
    await sql`
      delete from member_days where community_id = ${community} and day between ${stretch.from} and ${stretch.to}`.execute(
      tx,
    );
    await insertDays(tx, community, stretch);
  }
  await sql`analyze touched_members`.execute(tx);
  await sql`
    delete from member_totals t using touched_members c where t.community_id = ${community} and t.member_id = c.member_id`.execute(
    tx,
  );
  await insertTotals(tx, community, sql`and member_id in (select member_id from touched_members)`);
  await sql`
    insert into member_changes (community_id, member_id)
    select ${community}, member_id from touched_members order by member_id on conflict do nothing`.execute(tx);
}

/**
 * Counts the local days between two instants anew, and the totals of everybody who had or has something on them.
 * The result depends on the stored messages alone.
 */
export async function recountPresence(tx: Tx, community: CommunityId, span: WrittenSpan): Promise<void> {
  // Grouping and sorting hundreds of thousands of rows should not go through files.
  await sql`set local work_mem = '64MB'`.execute(tx);
  const stretches = stretchesOf(span, await zoneOf(tx, community));
  const all = await writtenSpan(tx, community);
  const isAll = all !== undefined && span.firstAt <= all.firstAt && span.lastAt >= all.lastAt;
  await (isAll ? recountAll(tx, community, stretches) : recountPart(tx, community, stretches));
}

/** Forgets what was counted of a community. */
export async function forgetPresence(tx: Tx, community: CommunityId): Promise<void> {
  await noteChanged(tx, community, [EVERYBODY]);
  await sql`delete from member_days where community_id = ${community}`.execute(tx);
  await sql`delete from member_totals where community_id = ${community}`.execute(tx);
}
