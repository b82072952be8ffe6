import { sql, type RawBuilder } from "kysely";
import { startOfLocalDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { StandingDays } from "../standing/store.ts";
import { narrowingOf } from "../store/filter-narrowing.ts";
import { cardCondition, entryCondition } from "../store/narrowing.ts";
import { segmentFilterSchema, type SegmentFilter } from "./model.ts";
import { readSegments } from "./store.ts";

interface Renewing {
  readonly id: string;
  readonly filter: SegmentFilter;
  /** What is true of a card `c` that belongs. */
  readonly belongs: RawBuilder<unknown>;
}

/** Puts the segment together anew from the whole list. */
async function fill(tx: Tx, community: CommunityId, { id, belongs }: Renewing): Promise<void> {
  await sql`delete from segment_members where community_id = ${community} and segment_id = ${id}`.execute(tx);
  await sql`
    with added as (
      insert into segment_members (community_id, segment_id, member_id)
      select ${community}, ${id}, c.member_id from member_cards c where c.community_id = ${community} and ${belongs}
      order by c.member_id returning 1)
    update segments set members = (select count(*) from added) where community_id = ${community} and id = ${id}`.execute(
    tx,
  );
}

/** People who no longer, or only now, fall into a window of days that is counted back from the last day. */
function crossing(
  community: CommunityId,
  { filter, days }: { filter: SegmentFilter; days: StandingDays },
): RawBuilder<unknown>[] {
  const { before, now, zone } = days;
  if (before === undefined || now === undefined || before === now) return [];
  const between = (column: "last_at" | "first_at", within: number): RawBuilder<unknown> => {
    const [from, to] = [before, now].map((day) => startOfLocalDay(day - within + 1, zone)).toSorted((a, b) => a - b);
    return sql`select member_id from member_cards where community_id = ${community}
      and ${sql.ref(column)} >= to_timestamp(${(from ?? 0) / 1000}) and ${sql.ref(column)} < to_timestamp(${(to ?? 0) / 1000})`;
  };
  return [
    ...(filter.activeWithin === undefined ? [] : [between("last_at", filter.activeWithin)]),
    ...(filter.firstSeenWithin === undefined ? [] : [between("first_at", filter.firstSeenWithin)]),
  ];
}

/** Looks again at those who changed and at those whom the days have carried over an edge, and at nobody else. */
async function follow(
  tx: Tx,
  community: CommunityId,
  { id, belongs, filter, days }: Renewing & { days: StandingDays },
): Promise<void> {
  const looked = sql.join(
    [sql`select member_id from due_members`, ...crossing(community, { filter, days })],
    sql` union `,
  );
  await sql`
    with looked as materialized (${looked}), fits as materialized (
      select c.member_id from looked l join member_cards c on c.community_id = ${community} and c.member_id = l.member_id
      where ${belongs}
    ), gone as (
      delete from segment_members s using looked l
      where s.community_id = ${community} and s.segment_id = ${id} and s.member_id = l.member_id
        and not exists (select from fits f where f.member_id = s.member_id) returning 1
    ), added as (
      insert into segment_members (community_id, segment_id, member_id)
      select ${community}, ${id}, member_id from fits order by member_id on conflict do nothing returning 1
    )
    update segments set members = members - (select count(*) from gone) + (select count(*) from added)
    where community_id = ${community} and id = ${id}`.execute(tx);
}

/**
 * Brings every segment up to date after the cards of `due_members` were renewed: one that was not counted with its
 * filter yet from the whole list, the others by looking at those who changed. `at` in milliseconds since 1970 UTC.
 */
export async function renewSegments(
  tx: Tx,
  community: CommunityId,
  { days, at }: { days: StandingDays; at: number },
): Promise<void> {
  await sql`
    delete from segment_members s using segments d where s.community_id = ${community} and d.community_id = ${community}
      and d.id = s.segment_id and d.deleted_at is not null`.execute(tx);
  for (const { id, filter: stored, members } of await readSegments(tx, community)) {
    const filter = segmentFilterSchema.parse(stored);
    const narrowing = await narrowingOf(tx, { community, timeZone: days.zone }, filter);
    const belongs = sql`${entryCondition(narrowing, "c")} and ${cardCondition(community, narrowing)}`;
    if (members === null || days.before === undefined) {
      await fill(tx, community, { id, filter, belongs });
      // Which way a list is read depends on what is known of it; the server itself looks a minute later.
      await sql`analyze segment_members`.execute(tx);
    }
    if (members !== null && days.before !== undefined) await follow(tx, community, { id, filter, belongs, days });
    await sql`
      update segments set counted_at = to_timestamp(${at / 1000}) where community_id = ${community} and id = ${id}`.execute(
      tx,
    );
  }
}
