import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { SegmentFilter } from "./model.ts";

/** A segment as stored; instants in milliseconds since 1970 UTC. */
export interface StoredSegment {
  readonly id: string;
  readonly name: string;
  readonly filter: unknown;
  readonly members: number | null;
  readonly countedAt: number | null;
  readonly madeAt: number;
  readonly madeBy: string;
}

const COLUMNS = sql`id, name, filter, members, (extract(epoch from counted_at) * 1000)::float8 as "countedAt",
  (extract(epoch from made_at) * 1000)::float8 as "madeAt", made_by_name as "madeBy"`;

/** All segments that are not deleted, by name. */
export async function readSegments(tx: Tx, community: CommunityId): Promise<StoredSegment[]> {
  const found = await sql<StoredSegment>`
    select ${COLUMNS} from segments where community_id = ${community} and deleted_at is null
    order by lower(name), id`.execute(tx);
  return found.rows;
}

/** One segment that is not deleted. */
export async function readSegment(tx: Tx, community: CommunityId, id: string): Promise<StoredSegment | undefined> {
  const found = await sql<StoredSegment>`
    select ${COLUMNS} from segments where community_id = ${community} and id = ${id} and deleted_at is null`.execute(
    tx,
  );
  return found.rows[0];
}

/** Whether a segment other than `id` bears the name, whatever the case. */
export async function isNameTaken(
  tx: Tx,
  community: CommunityId,
  { id, name }: { id: string; name: string },
): Promise<boolean> {
  const found = await sql`
    select from segments where community_id = ${community} and lower(name) = lower(${name}) and id <> ${id}
      and deleted_at is null`.execute(tx);
  return found.rows.length > 0;
}

/** How many segments there are. */
export async function countSegments(tx: Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from segments where community_id = ${community} and deleted_at is null`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** Stores a new segment, not counted yet. */
export async function insertSegment(
  tx: Tx,
  community: CommunityId,
  made: { id: string; name: string; filter: SegmentFilter; by: { id: string; name: string }; now: number },
): Promise<void> {
  await sql`
    insert into segments (community_id, id, name, filter, made_at, made_by, made_by_name)
    values (${community}, ${made.id}, ${made.name}, ${JSON.stringify(made.filter)}::jsonb,
      to_timestamp(${made.now / 1000}), ${made.by.id}, ${made.by.name})`.execute(tx);
}

/** Gives a segment another name or filter; with another filter it is not counted any more. */
export async function updateSegment(
  tx: Tx,
  community: CommunityId,
  { id, name, filter }: { id: string; name?: string | undefined; filter?: SegmentFilter | undefined },
): Promise<void> {
  if (name !== undefined)
    await sql`update segments set name = ${name} where community_id = ${community} and id = ${id}`.execute(tx);
  if (filter !== undefined)
    await sql`
      update segments set filter = ${JSON.stringify(filter)}::jsonb, members = null
      where community_id = ${community} and id = ${id}`.execute(tx);
}

/** Deletes a segment at an instant, or brings a deleted one back, uncounted; false when there is none to do that to. */
export async function markSegment(
  tx: Tx,
  community: CommunityId,
  { id, at }: { id: string; at: number | undefined },
): Promise<boolean> {
  const done = await sql`
    update segments set members = null, deleted_at = ${at === undefined ? sql`null` : sql`to_timestamp(${at / 1000})`}
    where community_id = ${community} and id = ${id} and (deleted_at is null) = ${at !== undefined} returning id`.execute(
    tx,
  );
  return done.rows.length > 0;
}

/** The name of a deleted segment; undefined when there is none. */
export async function deletedName(tx: Tx, community: CommunityId, id: string): Promise<string | undefined> {
  const found = await sql<{ name: string }>`
    select name from segments where community_id = ${community} and id = ${id} and deleted_at is not null`.execute(tx);
  return found.rows[0]?.name;
}
