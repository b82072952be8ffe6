import { BASELINE_DAYS, type Evidence, type Found } from "./signal.ts";

/** What a day is usually like: the median, and the range most days fall into. */
export interface Usual {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Makes the median absolute deviation comparable with a standard deviation (Rousseeuw and Croux, 1993). */
const MAD_TO_DEVIATION = 1.4826;
/** Three deviations: about one ordinary day in a year falls outside. */
const WIDTH = 3;
/** With fewer weeks behind a day nothing is usual yet. */
const FEWEST_WEEKS = 4;

/** The middle of some values; 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The usual range around some values: median ± three robust deviations, never narrower than chance in counts. */
export function usualOf(values: readonly number[]): Usual {
  const middle = median(values);
  const deviation = MAD_TO_DEVIATION * median(values.map((value) => Math.abs(value - middle)));
  // Counts scatter at least like those of a Poisson process, even when eight values happen to be alike.
  const width = WIDTH * Math.max(deviation, Math.sqrt(Math.max(1, middle)));
  return { median: middle, low: Math.max(0, middle - width), high: middle + width };
}

/** What the place `at` of a daily series is usually like: the same weekday of the eight weeks before. */
export function usualDay(evidence: Evidence, series: readonly number[], at: number): Usual | undefined {
  const weeks: number[] = [];
  for (let back = 7; back <= BASELINE_DAYS; back += 7) {
    const place = at - back;
    if (place >= 0 && evidence.seriesFrom + place >= evidence.window.historyFrom) weeks.push(series[place] ?? 0);
  }
  return weeks.length < FEWEST_WEEKS ? undefined : usualOf(weeks);
}

/** A day of the period that is unlike the usual. */
export interface OddDay {
  readonly day: number;
  readonly value: number;
  readonly usual: Usual;
}

/** Days of the period for which `isOdd` says so. */
export function oddDays(
  evidence: Evidence,
  series: readonly number[],
  isOdd: (value: number, usual: Usual) => boolean,
): OddDay[] {
  const { from, to, historyTo } = evidence.window;
  const odd: OddDay[] = [];
  for (let day = from; day <= Math.min(to, historyTo); day += 1) {
    const at = day - evidence.seriesFrom;
    const value = series[at] ?? 0;
    const usual = usualDay(evidence, series, at);
    if (usual !== undefined && isOdd(value, usual)) odd.push({ day, value, usual });
  }
  return odd;
}

/** Odd days side by side as one claim: the sum of both what was and what would have been usual. */
export function runsOf(
  days: readonly OddDay[],
): { from: number; to: number; value: number; usual: number; low: number; high: number }[] {
  const runs: { from: number; to: number; value: number; usual: number; low: number; high: number }[] = [];
  for (const { day, value, usual } of days) {
    const last = runs.at(-1);
    const next = { from: day, to: day, value, usual: usual.median, low: usual.low, high: usual.high };
    if (last?.to === day - 1) {
      runs[runs.length - 1] = {
        from: last.from,
        to: day,
        value: last.value + value,
        usual: last.usual + usual.median,
        low: last.low + usual.low,
        high: last.high + usual.high,
      };
    } else runs.push(next);
  }
  return runs;
}

/** The claim that a run of days had more or less than usual. */
export function claimOf(run: ReturnType<typeof runsOf>[number], behind: Found["behind"]): Found {
  const { from, to, value, usual, low, high } = run;
  const days = to - from + 1;
  const times = (value + 1) / (usual + 1);
  return {
    from,
    to,
    weight: Math.max(times, 1 / times),
    facts: { count: value, usual: Math.round(usual), low: Math.round(low), high: Math.round(high), days },
    behind,
  };
}
