import { sql } from "kysely";
import { localDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { timeOfId } from "#src/base/ids.ts";
import type { Days } from "./sheets.ts";

/** Days between that are counted along, because one longer stretch costs less than two. */
const JOINED_OVER = 3;

/**
 * The local days, joined to stretches, whose sheets change when these members become part of another person or leave
 * them: those on which they wrote or were answered, and those of the messages they answered. Costs one look at all
 * messages, 0.3 s for a million.
 */
export async function daysOfMembers(
  tx: Tx,
  community: CommunityId,
  { memberIds, zone }: { memberIds: readonly string[]; zone: string },
): Promise<Days[]> {
  const ids = [...memberIds];
  const found = await sql<{ id: string; answered: string | null }>`
    select id, reply_to_id as answered from messages where community_id = ${community}
      and (member_id = any(${ids}::uuid[]) or reply_to_member_id = any(${ids}::uuid[]))`.execute(tx);
  const days = new Set<number>();
  for (const { id, answered } of found.rows) {
    days.add(localDay(timeOfId(id), zone));
    if (answered !== null) days.add(localDay(timeOfId(answered), zone));
  }
  const stretches: { from: number; to: number }[] = [];
  for (const day of [...days].toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last !== undefined && day - last.to <= JOINED_OVER) last.to = day;
    else stretches.push({ from: day, to: day });
  }
  return stretches;
}
