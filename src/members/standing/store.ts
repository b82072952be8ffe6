import { sql } from "kysely";
import { localDay, startOfLocalDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { daysThatMatter, lookBackFrom, stages, standingOf, type Standing } from "./model.ts";

/** People judged at once; some 5 MB of memory. */
const BATCH = 5000;

/** As of which local day people stand where they stand, before a renewal and after it. */
export interface StandingDays {
  readonly zone: string;
  /** Undefined before the first renewal and where nobody had written. */
  readonly before: number | undefined;
  readonly now: number | undefined;
}

/**
 * The day on which anybody last wrote is the day that standing is told as of: history that ends in May says nothing of
 * who is silent since.
 */
export async function standingDays(tx: Tx, community: CommunityId, zone: string): Promise<StandingDays> {
  const found = await sql<{ before: number | null; at: number | null }>`
    select (select standing_day from member_lists where community_id = ${community}) as before,
      (extract(epoch from greatest(
        (select max(t.last_at) from member_totals t join due_members d on d.member_id = t.member_id
          where t.community_id = ${community}),
        (select c.last_at from member_cards c where c.community_id = ${community} and c.last_at > 'epoch'
          and not exists (select from due_members d where d.member_id = c.member_id)
          order by c.last_at desc, c.member_id desc limit 1))) * 1000)::float8 as at`.execute(tx);
  const { before, at } = found.rows[0] ?? { before: null, at: null };
  return { zone, before: before ?? undefined, now: at === null ? undefined : localDay(at, zone) };
}

/** Adds to `due_members` those who stand elsewhere only because the day has moved on; everybody, when it moved back. */
export async function addAged(tx: Tx, community: CommunityId, { before, now, zone }: StandingDays): Promise<void> {
  if (before === now || now === undefined) return;
  if (before === undefined || now < before) {
    await sql`
      insert into due_members select member_id from member_cards where community_id = ${community}
      on conflict do nothing`.execute(tx);
    return;
  }
  for (const { from, to } of daysThatMatter(before, now))
    await sql`
      insert into due_members
      select member_id from member_days where community_id = ${community} and day between ${from} and ${to}
      union select member_id from member_cards where community_id = ${community}
        and first_at >= to_timestamp(${startOfLocalDay(from, zone) / 1000})
        and first_at < to_timestamp(${startOfLocalDay(to + 1, zone) / 1000})
      on conflict do nothing`.execute(tx);
}

interface Lived {
  readonly id: string;
  /** Instants in milliseconds since 1970 UTC. */
  readonly firstAt: number;
  readonly writtenAt: number | null;
  readonly lastAt: number;
  /** Days of the look-back, joined by commas. */
  readonly days: string | null;
  readonly replies: number;
}

function judge(lived: Lived, asOf: number, zone: string): Standing {
  const { firstAt, writtenAt, lastAt, days, replies } = lived;
  const presence = {
    days: days === null ? [] : days.split(",").map(Number),
    replies,
    firstSeen: localDay(firstAt, zone),
    firstWritten: writtenAt === null ? undefined : localDay(writtenAt, zone),
    lastWritten: writtenAt === null ? undefined : localDay(lastAt, zone),
  };
  return standingOf(presence, asOf);
}

const daysOf = (community: CommunityId, { from, to }: { from: number; to: number }) => sql`
  select string_agg(e.day::text, ',' order by e.day) as days, coalesce(sum(e.replies), 0)::int as replies from (
    select day, sum(replies) as replies from member_days
    where community_id = ${community} and member_id = f.id and day between ${from} and ${to} group by day) e`;

const LIVED = sql`
  select f.id, (extract(epoch from f.first_at) * 1000)::float8 as "firstAt",
    (extract(epoch from f.written_at) * 1000)::float8 as "writtenAt",
    (extract(epoch from f.last_at) * 1000)::float8 as "lastAt", y.days, y.replies`;

/**
 * Judges everybody in `due_figures` as of a day, into `due_standings`, a table of this transaction. Costs what the days
 * of their look-back cost, and never reads messages.
 */
export async function judgeStandings(tx: Tx, community: CommunityId, { now, zone }: StandingDays): Promise<void> {
  await sql`
    create temp table due_standings (member_id uuid not null, level smallint not null, stage smallint not null)
    on commit drop`.execute(tx);
  if (now === undefined) return;
  await sql`
    declare due_lives no scroll cursor for ${LIVED}
    from due_figures f cross join lateral (${daysOf(community, { from: lookBackFrom(now), to: now })}) y`.execute(tx);
  for (;;) {
    const { rows } = await sql<Lived>`fetch ${sql.lit(BATCH)} from due_lives`.execute(tx);
    if (rows.length === 0) break;
    const judged = rows.map((row) => judge(row, now, zone));
    await sql`
      insert into due_standings select * from unnest(${rows.map((row) => row.id)}::uuid[],
        ${judged.map((each) => each.step)}::smallint[],
        ${judged.map((each) => stages.indexOf(each.stage))}::smallint[])`.execute(tx);
  }
  await sql`close due_lives`.execute(tx);
  await sql`analyze due_standings`.execute(tx);
}

/** Where one person stands and why, as of the day the list was renewed for; undefined before that and for strangers. */
export async function readStanding(
  tx: Tx,
  community: CommunityId,
  { memberId, zone }: { memberId: string; zone: string },
): Promise<{ standing: Standing; asOf: number } | undefined> {
  const day = await sql<{ day: number | null }>`
    select standing_day as day from member_lists where community_id = ${community}`.execute(tx);
  const asOf = day.rows[0]?.day ?? undefined;
  if (asOf === undefined) return undefined;
  const found = await sql<Lived>`
    ${LIVED} from (
      select c.member_id as id, c.first_at, t.first_at as written_at, c.last_at from member_cards c
      left join member_totals t on t.community_id = c.community_id and t.member_id = c.member_id
      where c.community_id = ${community} and c.member_id = ${memberId}
    ) f cross join lateral (${daysOf(community, { from: lookBackFrom(asOf), to: asOf })}) y`.execute(tx);
  const [row] = found.rows;
  return row && { standing: judge(row, asOf, zone), asOf };
}
