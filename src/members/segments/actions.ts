import type { Actor } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { MOST_SEGMENTS, type Segment, segmentFilterSchema, type SegmentFilter } from "./model.ts";
import {
  countSegments,
  deletedName,
  insertSegment,
  isNameTaken,
  markSegment,
  readSegment,
  readSegments,
  type StoredSegment,
  updateSegment,
} from "./store.ts";

const iso = (at: number): string => new Date(at).toISOString();

function segmentOf({ filter, countedAt, madeAt, ...same }: StoredSegment): Segment {
  return {
    ...same,
    filter: segmentFilterSchema.parse(filter),
    countedAt: countedAt === null ? null : iso(countedAt),
    madeAt: iso(madeAt),
  };
}

/** All segments of a community, by name. */
export async function listSegments(tx: Tx, community: CommunityId): Promise<Segment[]> {
  return (await readSegments(tx, community)).map(segmentOf);
}

async function known(tx: Tx, community: CommunityId, id: string): Promise<Segment> {
  const found = await readSegment(tx, community, id);
  return found === undefined ? refuse("not-found", "members.segment-unknown") : segmentOf(found);
}

async function tell(tx: Tx, community: CommunityId, { id, now }: { id: string; now: number }): Promise<void> {
  await append(tx, community, [{ kind: "segment.changed", happenedAt: now, payload: { segmentId: id } }]);
}

/** Saves a filter under a name; who belongs is counted a moment later. Refuses a name that is taken. */
export async function saveSegment(
  tx: Tx,
  community: CommunityId,
  { name, filter, by, now }: { name: string; filter: SegmentFilter; by: Actor; now: number },
): Promise<Segment> {
  const id = newId(now);
  if (await isNameTaken(tx, community, { id, name })) return refuse("conflict", "members.segment-name-taken");
  if ((await countSegments(tx, community)) >= MOST_SEGMENTS)
    return refuse("conflict", "members.segments-full", { most: MOST_SEGMENTS });
  await insertSegment(tx, community, { id, name, filter, by, now });
  await tell(tx, community, { id, now });
  return known(tx, community, id);
}

/** Gives a segment another name or filter. */
export async function changeSegment(
  tx: Tx,
  community: CommunityId,
  wish: { id: string; name?: string | undefined; filter?: SegmentFilter | undefined; now: number },
): Promise<Segment> {
  const { id, name } = wish;
  await known(tx, community, id);
  if (name !== undefined && (await isNameTaken(tx, community, { id, name })))
    return refuse("conflict", "members.segment-name-taken");
  await updateSegment(tx, community, wish);
  if (wish.filter !== undefined) await tell(tx, community, wish);
  return known(tx, community, id);
}

/** Deletes a segment. */
export async function deleteSegment(
  tx: Tx,
  community: CommunityId,
  { id, now }: { id: string; now: number },
): Promise<void> {
  if (!(await markSegment(tx, community, { id, at: now }))) return refuse("not-found", "members.segment-unknown");
  await tell(tx, community, { id, now });
}

/** Brings a deleted segment back. Refuses when another has taken its name meanwhile. */
export async function restoreSegment(
  tx: Tx,
  community: CommunityId,
  { id, now }: { id: string; now: number },
): Promise<Segment> {
  const name = await deletedName(tx, community, id);
  if (name === undefined) return refuse("not-found", "members.segment-unknown");
  if (await isNameTaken(tx, community, { id, name })) return refuse("conflict", "members.segment-name-taken");
  await markSegment(tx, community, { id, at: undefined });
  await tell(tx, community, { id, now });
  return known(tx, community, id);
}
