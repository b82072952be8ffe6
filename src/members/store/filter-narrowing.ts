import { dateToDay, localDay, startOfLocalDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { wantedWords } from "#src/base/text-folding.ts";
import type { MemberFilter } from "../model.ts";
import { stages, stepsOf } from "../standing/model.ts";
import type { Narrowing } from "./narrowing.ts";
import { lastMessageAt } from "./profile.ts";

const isNone = (chosen: readonly unknown[] | undefined): boolean => chosen === undefined || chosen.length === 0;

function startOf(date: string | undefined, timeZone: string): number | undefined {
  const day = date === undefined ? undefined : dateToDay(date);
  return day === undefined ? undefined : startOfLocalDay(day, timeZone);
}

/** The later of two bounds, either of which may be missing. */
function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** A filter in terms of the tables; windows of days are counted back from the last day on which anybody wrote. */
export async function narrowingOf(
  tx: Tx,
  { community, timeZone }: { community: CommunityId; timeZone: string },
  filter: MemberFilter,
): Promise<Narrowing> {
  const { search, activeSince, firstSeenSince, activeWithin, firstSeenWithin, level, stage, tag, ...same } = filter;
  const counted = activeWithin !== undefined || firstSeenWithin !== undefined;
  const lastAt = counted ? await lastMessageAt(tx, community) : undefined;
  // The last day itself is one of the days.
  const back = (days: number | undefined): number | undefined =>
    days === undefined || lastAt === undefined
      ? undefined
      : startOfLocalDay(localDay(lastAt, timeZone) - days + 1, timeZone);
  return {
    ...same,
    ...(isNone(level) ? {} : { steps: level?.flatMap(stepsOf) }),
    ...(isNone(stage) ? {} : { stages: stage?.map((each) => stages.indexOf(each)) }),
    ...(isNone(tag) ? {} : { tags: tag }),
    words: wantedWords(search ?? ""),
    activeFrom: later(startOf(activeSince, timeZone), back(activeWithin)),
    firstSeenFrom: later(startOf(firstSeenSince, timeZone), back(firstSeenWithin)),
  };
}
