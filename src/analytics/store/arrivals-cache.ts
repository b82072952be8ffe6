import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { onDays, type Arriving } from "../metrics/sheet.ts";
import { readArrivals } from "./arrivals.ts";
import type { Stay } from "./content.ts";
import type { Days } from "./sheets.ts";
import { Shelf } from "./shelf.ts";

/** Arrivals of all days of a span. */
interface Kept extends Days {
  readonly arriving: Arriving;
}

/** The spans read last, of all communities, 12 bytes a person; keys name the community and what had been counted. */
const spans = new Shelf<Kept>(8);

function joined(parts: readonly Arriving[]): Arriving {
  const rows = parts.reduce((sum, { day }) => sum + day.length, 0);
  const all = { day: new Int32Array(rows), member: new Uint32Array(rows), delay: new Int32Array(rows) };
  let row = 0;
  for (const { day, member, delay } of parts) {
    all.day.set(day, row);
    all.member.set(member, row);
    all.delay.set(delay, row);
    row += day.length;
  }
  return all;
}

/** What is remembered, or the same with the days before or behind it that were wanted and missing. */
async function widened(tx: Tx, community: CommunityId, { kept, wanted }: { kept: Kept; wanted: Stay }): Promise<Kept> {
  const { spaces } = wanted;
  const parts = [kept.arriving];
  if (wanted.from < kept.from)
    parts.unshift(await readArrivals(tx, community, { from: wanted.from, to: kept.from - 1, spaces }));
  if (wanted.to > kept.to) parts.push(await readArrivals(tx, community, { from: kept.to + 1, to: wanted.to, spaces }));
  if (parts.length === 1) return kept;
  return { from: Math.min(wanted.from, kept.from), to: Math.max(wanted.to, kept.to), arriving: joined(parts) };
}

/**
 * As `readArrivals`, which is asked only for days that are not remembered. An older import may move somebody's arrival
 * without any change of the day it was on, so what is remembered holds for one state of counting: `counted`.
 */
export async function arrivalsOf(
  tx: Tx,
  community: CommunityId,
  { counted, ...wanted }: Stay & { counted: string },
): Promise<Arriving> {
  const key = [community, counted, ...wanted.spaces].join(" ");
  const found = spans.find(key);
  const isNear = found !== undefined && wanted.from <= found.to + 1 && wanted.to >= found.from - 1;
  const kept = isNear
    ? await widened(tx, community, { kept: found, wanted })
    : { from: wanted.from, to: wanted.to, arriving: await readArrivals(tx, community, wanted) };
  return onDays(spans.keep(key, kept).arriving, wanted.from, wanted.to);
}
