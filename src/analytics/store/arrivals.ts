import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { author, withPeople } from "#src/members/store/parts.ts";
import { UNANSWERED, type Arriving } from "../metrics/sheet.ts";
import type { Arrival } from "./fold.ts";
import { integers } from "./integers.ts";
import type { Days } from "./sheets.ts";

/** Those whose first message was in these days, taken out: they must be found again. */
export interface Uprooted {
  readonly space: number;
  readonly member: number;
}

/** Takes out the arrivals of these days and says whose they were. */
export async function uproot(tx: Tx, community: CommunityId, { from, to }: Days): Promise<Uprooted[]> {
  const gone = await sql<Uprooted>`
    delete from arrivals where community_id = ${community} and day between ${from} and ${to} returning space, member`.execute(
    tx,
  );
  return gone.rows;
}

function columnsOf(rows: readonly Arrival[]): RawBuilder<unknown> {
  return sql`unnest(${integers(rows, "space")}::int[], ${integers(rows, "member")}::int[], ${integers(rows, "day")}::int[],
    ${`{${rows.map(({ messageId }) => messageId).join(",")}}`}::uuid[],
    ${integers(rows, "answeredAfter")}::int[]) a (space, member, day, message_id, answered_after)`;
}

/**
 * Adds arrivals; of two for one member and space the earlier stays. In order of days, so that the rows of one day lie side by
 * side. Most are later than what is known, and are looked up alone: to meet in an insert locks the row, which is a write.
 */
export async function addArrivals(tx: Tx, community: CommunityId, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  const rows = arrivals.toSorted((a, b) => a.day - b.day);
  await sql`
    insert into arrivals as k (community_id, space, member, day, message_id, answered_after)
    select ${community}, a.space, a.member, a.day, a.message_id, nullif(a.answered_after, ${UNANSWERED})
    from ${columnsOf(rows)}
    where not exists (select from arrivals e where e.community_id = ${community} and e.space = a.space and e.member = a.member
      and e.message_id <= a.message_id)
    on conflict (community_id, space, member) do update
      set day = excluded.day, message_id = excluded.message_id, answered_after = excluded.answered_after
      where excluded.message_id < k.message_id`.execute(tx);
}

/** Adds arrivals in a community where nobody in any space has one of these yet: half the work, for no earlier one is looked for. */
export async function addFirstArrivals(tx: Tx, community: CommunityId, arrivals: readonly Arrival[]): Promise<void> {
  const rows = arrivals.toSorted((a, b) => a.day - b.day);
  await sql`
    insert into arrivals (community_id, space, member, day, message_id, answered_after)
    select ${community}, a.space, a.member, a.day, a.message_id, nullif(a.answered_after, ${UNANSWERED})
    from ${columnsOf(rows)}`.execute(tx);
}

/** What had been the first message of these is gone: the id of the earliest that each wrote from `sinceId` on. Costs a look at everything later. */
export async function findLaterFirsts(
  tx: Tx,
  community: CommunityId,
  { lost, sinceId }: { lost: readonly Uprooted[]; sinceId: string },
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct on (l.space, l.member) m.id
    from unnest(${integers(lost, "space")}::int[], ${integers(lost, "member")}::int[]) l (space, member)
    join member_numbers p on p.community_id = ${community} and p.number = l.member
    join (select m.id, m.community_id, m.space_id, ${author} as person from messages m ${withPeople}
      where m.community_id = ${community} and m.id >= ${sinceId}) m on m.person = p.member_id
    left join space_numbers s on s.community_id = m.community_id and s.space_id = m.space_id
    where l.space = 0 or l.space = s.number
    order by l.space, l.member, m.id`.execute(tx);
  return found.rows.map(({ id }) => id);
}

const ROW = 12;

/** Rows of day, member and delay, four bytes each, big endian. */
function unpack(stored: Buffer | null): Arriving {
  const packed = stored ?? Buffer.alloc(0);
  const rows = packed.length / ROW;
  const arriving = { day: new Int32Array(rows), member: new Uint32Array(rows), delay: new Int32Array(rows) };
  for (let row = 0; row < rows; row += 1) {
    arriving.day[row] = packed.readInt32BE(row * ROW);
    arriving.member[row] = packed.readUInt32BE(row * ROW + 4);
    arriving.delay[row] = packed.readInt32BE(row * ROW + 8);
  }
  return arriving;
}

/** Arrivals in a span, oldest first: the first message in any of the spaces, or, when none is named, in the community. */
export async function readArrivals(
  tx: Tx,
  community: CommunityId,
  { from, to, spaces }: Days & { spaces: readonly number[] },
): Promise<Arriving> {
  if (spaces.length > 1) return readArrivalsIn(tx, community, { from, to, spaces });
  return readArrivalsOf(tx, community, { from, to, space: spaces[0] ?? 0 });
}

/** In one space, or, for 0, in the whole community. */
async function readArrivalsOf(tx: Tx, community: CommunityId, span: Days & { space: number }): Promise<Arriving> {
  const found = await sql<{ packed: Buffer | null }>`
    select string_agg(int4send(day) || int4send(member) || int4send(coalesce(answered_after, ${UNANSWERED})), ''::bytea order by day) as packed
    from arrivals where community_id = ${community} and space = ${span.space} and day between ${span.from} and ${span.to}`.execute(
    tx,
  );
  return unpack(found.rows[0]?.packed ?? null);
}

/**
 * In several spaces taken together: the first message in any of them. A member who first wrote in one of them before
 * the span does not arrive, whatever they write in the others.
 */
async function readArrivalsIn(
  tx: Tx,
  community: CommunityId,
  span: Days & { spaces: readonly number[] },
): Promise<Arriving> {
  const spaces = [...span.spaces];
  const found = await sql<{ packed: Buffer | null }>`
    select string_agg(int4send(day) || int4send(member) || int4send(coalesce(answered_after, ${UNANSWERED})), ''::bytea order by day) as packed
    from (
      select distinct on (a.member) a.day, a.member, a.answered_after from arrivals a
      where a.community_id = ${community} and a.space = any(${spaces}::int[]) and a.day between ${span.from} and ${span.to}
        and not exists (select from arrivals e where e.community_id = ${community} and e.space = any(${spaces}::int[])
          and e.member = a.member and e.day < ${span.from})
      order by a.member, a.message_id
    ) firsts`.execute(tx);
  return unpack(found.rows[0]?.packed ?? null);
}
