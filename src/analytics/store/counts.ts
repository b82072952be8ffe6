import type { Content } from "../metrics/window.ts";
import type { DayMoves, Stay } from "./content.ts";
import { sumByKey, type CountedDay, type KeyCounts } from "./day-cache.ts";

/** A key on one day with its count. */
export interface DayCount {
  readonly day: number;
  readonly key: string;
  readonly count: number;
}

type Topic = CountedDay["counts"][number]["topic"];

/** The keys of a day in a topic with their counts in the chosen spaces, each key once. */
function countsOn({ counts }: CountedDay, topic: Topic, spaces: readonly number[]): KeyCounts | undefined {
  const columns = counts.find((each) => each.topic === topic);
  return columns === undefined || spaces.length === 0 ? columns?.everywhere : sumByKey(columns, spaces);
}

function sumsOf(days: readonly CountedDay[], topic: Topic, spaces: readonly number[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const day of days) {
    const { keys, counts } = countsOn(day, topic, spaces) ?? NOTHING;
    for (let row = 0; row < keys.length; row += 1) {
      const key = keys[row] ?? "";
      sums.set(key, (sums.get(key) ?? 0) + (counts[row] ?? 0));
    }
  }
  return sums;
}

const NOTHING: KeyCounts = { keys: [], counts: [] };

/** What is counted row by row in a period, from days that cover it. */
export function contentOf(days: readonly CountedDay[], moves: readonly DayMoves[], stay: Stay): Content {
  const isInside = ({ day }: { readonly day: number }): boolean => day >= stay.from && day <= stay.to;
  const inside = days.filter(isInside);
  const of = (topic: Topic): { key: string; count: number }[] =>
    [...sumsOf(inside, topic, stay.spaces)].map(([key, count]) => ({ key, count }));
  const moved = (kind: string): number =>
    moves.reduce((sum, move) => sum + (move.key === kind && isInside(move) ? move.count : 0), 0);
  return {
    languages: of("language").filter(({ key }) => key !== ""),
    domains: of("domain"),
    reactions: of("reaction"),
    kinds: of("kind"),
    moves: { joined: moved("joined"), left: moved("left"), removed: moved("removed") },
  };
}

/** Domains that were linked often on a day: days with fewer than `least` links to a domain are left out. */
export function busyDomains(days: readonly CountedDay[], stay: Stay & { least: number }): DayCount[] {
  const busy: DayCount[] = [];
  for (const counted of days) {
    if (counted.day < stay.from || counted.day > stay.to) continue;
    const { keys, counts } = countsOn(counted, "domain", stay.spaces) ?? NOTHING;
    counts.forEach((count, row) => {
      if (count >= stay.least) busy.push({ day: counted.day, key: keys[row] ?? "", count });
    });
  }
  return busy;
}
