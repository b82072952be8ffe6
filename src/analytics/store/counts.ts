import type { Content } from "../metrics/window.ts";
import type { DayMoves, Stay } from "./content.ts";
import type { CountedDay } from "./day-cache.ts";

/** A key on one day with its count. */
export interface DayCount {
  readonly day: number;
  readonly key: string;
  readonly count: number;
}

type Topic = CountedDay["counts"][number]["topic"];

function sumsOf(days: readonly CountedDay[], topic: Topic, spaces: readonly number[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { counts } of days) {
    const columns = counts.find((each) => each.topic === topic);
    columns?.keys.forEach((key, i) => {
      if (spaces.length > 0 && !spaces.includes(columns.spaces[i] ?? 0)) return;
      sums.set(key, (sums.get(key) ?? 0) + (columns.counts[i] ?? 0));
    });
  }
  return sums;
}

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
  return days
    .filter(({ day }) => day >= stay.from && day <= stay.to)
    .flatMap((counted) =>
      [...sumsOf([counted], "domain", stay.spaces)]
        .filter(([, count]) => count >= stay.least)
        .map(([key, count]) => ({ day: counted.day, key, count })),
    );
}
