import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { segmentMembers } from "#src/members/queries.ts";
import type { AuditQuery } from "../model.ts";

/** The name under which the log knows the reader that counts the sheets. */
export const SHEETS_CONSUMER = "analytics.sheets";

/** What must be known of a community before any of its days can be read. */
export interface Ground {
  /** Another one after each counting, also of the same facts again: while it stays the same, so do the numbers. */
  readonly counted: string;
  /** Numbers of the chosen spaces that exist; empty: all spaces. */
  readonly spaces: readonly number[];
  /** Numbers of those who belong to the saved segment, ascending; undefined: no such limit. */
  readonly among: readonly number[] | undefined;
  /** First and last local day with a message in the chosen spaces; undefined when there is none. */
  readonly history: { readonly from: number; readonly to: number } | undefined;
  readonly staff: ReadonlySet<number>;
  readonly bots: ReadonlySet<number>;
  /** Whether the history holds any of these at all. */
  readonly knows: { readonly replies: boolean; readonly reactions: boolean; readonly moves: boolean };
}

interface GroundRow {
  readonly counted: string | null;
  readonly spaces: number[] | null;
  readonly first: number | null;
  readonly last: number | null;
  readonly staff: number[] | null;
  readonly bots: number[] | null;
  readonly replies: boolean;
  readonly reactions: boolean;
  readonly moves: boolean;
}

/** Every message is counted in the topic `kind`, so that topic knows on which days a space was written in. */
async function findGround(tx: Tx, community: CommunityId, spaceIds: readonly string[]): Promise<GroundRow | undefined> {
  const found = await sql<GroundRow>`
    with chosen as (
      select array_agg(number) as numbers from space_numbers where community_id = ${community} and space_id = any(${[...spaceIds]}::uuid[])
    ), marked as (
      select n.number, m.is_staff, m.is_bot from members m
      join member_numbers n on n.community_id = m.community_id and n.member_id = m.id
      where m.community_id = ${community} and (m.is_staff or m.is_bot)
        and not exists (select from member_parts t where t.community_id = m.community_id and t.member_id = m.id and t.person_id <> m.id)
    )
    select (select seq || ' ' || xmin from cursors where community_id = ${community} and consumer = ${SHEETS_CONSUMER}) as counted, chosen.numbers as spaces,
      (select day from day_counts c where community_id = ${community} and topic = 'kind'
        and (${spaceIds.length === 0} or space = any(chosen.numbers)) order by topic, day limit 1) as first,
      (select day from day_counts c where community_id = ${community} and topic = 'kind'
        and (${spaceIds.length === 0} or space = any(chosen.numbers)) order by topic desc, day desc limit 1) as last,
      (select array_agg(number) from marked where is_staff) as staff,
      (select array_agg(number) from marked where is_bot) as bots,
      exists (select from day_sheets where community_id = ${community} and length(replying) > 0) as replies,
      exists (select from day_counts where community_id = ${community} and topic = 'reaction') as reactions,
      exists (select from day_counts where community_id = ${community} and topic = 'move') as moves
    from chosen`.execute(tx);
  return found.rows[0];
}

/** Who of a saved segment has ever been counted. It is asked anew each time, because a segment is live. */
async function readAmong(tx: Tx, community: CommunityId, savedSegment: string): Promise<number[]> {
  const members = await segmentMembers(tx, community, savedSegment);
  const found = await sql<{ number: number }>`
    select number from member_numbers where community_id = ${community} and member_id in ${members} order by number`.execute(
    tx,
  );
  return found.rows.map(({ number }) => number);
}

/** What of a question decides on its ground. */
export type Scope = Pick<AuditQuery, "spaces" | "savedSegment">;

/** Reads the ground of an audit of these spaces (all when none is named). Refuses a segment that is not there. */
export async function readGround(
  tx: Tx,
  community: CommunityId,
  { spaces: spaceIds, savedSegment }: Scope,
): Promise<Ground> {
  const among = savedSegment === undefined ? undefined : await readAmong(tx, community, savedSegment);
  const row = await findGround(tx, community, spaceIds);
  const { first = null, last = null } = row ?? {};
  const history = first === null || last === null ? undefined : { from: first, to: last };
  return {
    counted: row?.counted ?? "",
    spaces: row?.spaces ?? [],
    among,
    history: spaceIds.length > 0 && row?.spaces === null ? undefined : history,
    staff: new Set(row?.staff ?? []),
    bots: new Set(row?.bots ?? []),
    knows: { replies: row?.replies ?? false, reactions: row?.reactions ?? false, moves: row?.moves ?? false },
  };
}
