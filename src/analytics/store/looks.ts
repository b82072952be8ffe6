import { sql } from "kysely";
import { startOfLocalDay, weekday } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt, timeOfId } from "#src/base/ids.ts";
import { partsOf } from "#src/members/store/parts.ts";
import { ANSWER_DAYS } from "../metrics/sheet.ts";
import type { MessagesWanted } from "./messages-behind.ts";

const DAY = 86_400_000;

/** Stretches of ids: the messages of some stretches of time. */
export type Stretches = readonly (readonly [from: string, to: string])[];

function stretch(from: number, to: number, zone: string): Stretches[number] {
  return [idAt(startOfLocalDay(from, zone)), idAt(startOfLocalDay(to + 1, zone))];
}

/** One hour of the wall clock on each fitting day; where the clock jumps, the hour that carries the name. */
function hourly({ from, to, timeZone }: MessagesWanted, at: { weekday: number; hour: number }): Stretches {
  const found: Stretches[number][] = [];
  for (let day = from; day <= to; day += 1) {
    if (weekday(day) !== at.weekday) continue;
    const start = startOfLocalDay(day, timeZone) + at.hour * 3_600_000;
    found.push([idAt(start), idAt(start + 3_600_000)]);
  }
  return found;
}

/** The first question looks at a day, each further one at so many times as much: a list is filled by its newest messages. */
const FIRST_LOOK = 1;
const GROWTH = 4;

function growing({ from, to, timeZone }: MessagesWanted): Stretches[] {
  const looks: Stretches[] = [];
  let days = FIRST_LOOK;
  for (let last = to; last >= from; days *= GROWTH) {
    const first = Math.max(from, last - days + 1);
    looks.push([stretch(first, last, timeZone)]);
    last = first - 1;
  }
  return looks;
}

/** So many separate stretches are asked about at once. */
const TOGETHER = 20;

function together(stretches: Stretches): Stretches[] {
  const newest = stretches.toReversed();
  return Array.from({ length: Math.ceil(newest.length / TOGETHER) }, (_, i) =>
    newest.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
}

/** The days on which somebody wrote are known, so nothing else needs to be looked at. */
async function daysOfMember(
  tx: Tx,
  community: CommunityId,
  wanted: MessagesWanted & { member: string },
): Promise<Stretches> {
  const { from, to, timeZone, member } = wanted;
  const found = await sql<{ day: number }>`
    select distinct day from member_days where community_id = ${community} and member_id in ${partsOf(community, member)}
      and day between ${from} and ${to} order by day`.execute(tx);
  return found.rows.map(({ day }) => stretch(day, day, timeZone));
}

/** Where to look, newest first, until the page is full. */
export async function looksOf(tx: Tx, community: CommunityId, wanted: MessagesWanted): Promise<Stretches[]> {
  const { behind } = wanted;
  if (behind.kind === "hour") return together(hourly(wanted, behind));
  if (behind.kind === "member")
    return together(await daysOfMember(tx, community, { ...wanted, member: behind.member }));
  if (behind.kind !== "thread") return growing(wanted);
  const at = timeOfId(behind.message);
  return [[[idAt(at), idAt(at + (ANSWER_DAYS + 1) * DAY)]]];
}
