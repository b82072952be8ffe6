import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { largest, rowOfDay } from "./sheet.ts";
import { weeksOf, type Window } from "./window.ts";

/** Over how many days actives are counted: a day, a week, a month. */
const LOOKS = [1, 7, 30] as const;
type Look = (typeof LOOKS)[number];
const FARTHEST = 30;

const rolled = new WeakMap<Window, Record<Look, readonly number[]>>();

/** For each day of the window, how many distinct people wrote on it or on the `look - 1` days before. */
export function rollingActives(window: Window, look: Look): readonly number[] {
  const found = rolled.get(window) ?? roll(window);
  rolled.set(window, found);
  return found[look];
}

function summed(change: Int32Array): number[] {
  let running = 0;
  return Array.from(change.subarray(0, -1), (step) => (running += step));
}

/** What begins and ends on each day of a window, for one look. */
interface Rolling {
  readonly look: Look;
  readonly change: Int32Array;
}

/**
 * Every active day of a member counts for the `look` days that begin with it; where two such stretches of one member
 * overlap, the later takes over, so nobody counts twice. `back[n]` members were there today and last `n` days ago.
 */
function addDay({ look, change }: Rolling, { from, to }: Window, { today, back }: Gaps): void {
  for (let gap = 1; gap <= FARTHEST; gap += 1) {
    const members = back[gap] ?? 0;
    const begin = Math.max(today + Math.max(0, look - gap), from) - from;
    const end = Math.min(today + look, to + 1) - from;
    if (members === 0 || begin >= end) continue;
    change[begin] = (change[begin] ?? 0) + members;
    change[end] = (change[end] ?? 0) - members;
  }
}

/** How many of those who wrote on a day had last written how many days before; the last place: that many or more. */
interface Gaps {
  readonly today: number;
  readonly back: Uint32Array;
}

function* gapsOf({ day, member }: Window["longer"]): Generator<Gaps> {
  const lastDay = new Int32Array(largest(member) + 1).fill(LONG_AGO);
  const back = new Uint32Array(FARTHEST + 1);
  for (let row = 0; row < day.length;) {
    const today = day[row] ?? 0;
    const end = rowOfDay(day, today + 1);
    back.fill(0);
    for (; row < end; row += 1) {
      const number = member[row] ?? 0;
      if (number === 0) continue;
      const gap = today - (lastDay[number] ?? 0);
      lastDay[number] = today;
      const place = gap < FARTHEST ? gap : FARTHEST;
      back[place] = (back[place] ?? 0) + 1;
    }
    yield { today, back };
  }
}

function roll(window: Window): Record<Look, readonly number[]> {
  const of = (look: Look): Rolling => ({ look, change: new Int32Array(window.to - window.from + 2) });
  const looks = { 1: of(1), 7: of(7), 30: of(30) };
  for (const gaps of gapsOf(window.longer)) for (const look of LOOKS) addDay(looks[look], window, gaps);
  return { 1: summed(looks[1].change), 7: summed(looks[7].change), 30: summed(looks[30].change) };
}

/** Before any history, and far enough from the smallest integer to add days to it. */
const LONG_AGO = -1_000_000_000;

function meanBetween(window: Window, look: Look, days: { from: number; to: number }): number | undefined {
  const first = Math.max(days.from, window.historyFrom + look - 1);
  const last = Math.min(days.to, window.historyTo);
  if (last < first) return undefined;
  const values = rollingActives(window, look).slice(first - window.from, last - window.from + 1);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean over those days of the window that can look back `look` days into the history; undefined if there are none. */
export function meanActives(window: Window, look: Look): number | undefined {
  return meanBetween(window, look, window);
}

function ratio(daily: number | undefined, monthly: number | undefined): number | undefined {
  return daily === undefined || monthly === undefined || monthly < FEWEST ? undefined : daily / monthly;
}

/** The mean of a rolling figure in each whole week of the window, oldest first. */
function weekly(window: Window, look: Look): (number | undefined)[] {
  return weeksOf(window).map(({ from, to }) => meanBetween(window, look, { from, to }));
}

const source = "Discourse, reports daily_engaged_users and dau_by_mau";

/** Distinct people who wrote on a day, as the mean of the period's days. */
export const dailyActives = metric<number>({
  name: "daily-actives",
  version: 1,
  unit: "members",
  better: "more",
  window: "rolling",
  formula: "mean over days d of |{m : m wrote on d}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source,
  measure: (window) => meanActives(window, 1),
  trend: (window) => weekly(window, 1),
});

/** Distinct people who wrote within seven days, as the mean of the period's days. Not seven times the daily figure. */
export const weeklyActives = metric<number>({
  name: "weekly-actives",
  version: 1,
  unit: "members",
  better: "more",
  window: "rolling",
  formula: "mean over days d of |{m : m wrote on d − 6 … d}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source,
  measure: (window) => meanActives(window, 7),
  trend: (window) => weekly(window, 7),
});

/** Distinct people who wrote within thirty days, as the mean of the period's days. */
export const monthlyActives = metric<number>({
  name: "monthly-actives",
  version: 1,
  unit: "members",
  better: "more",
  window: "rolling",
  formula: "mean over days d of |{m : m wrote on d − 29 … d}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source,
  measure: (window) => meanActives(window, 30),
  trend: (window) => weekly(window, 30),
});

/** How much of a month's circle of writers is there on an average day. */
export const stickiness = metric<number>({
  name: "stickiness",
  version: 1,
  unit: "ratio",
  better: "more",
  window: "rolling",
  formula: "daily-actives ÷ monthly-actives",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "Discourse, report dau_by_mau",
  measure: (window) => ratio(meanActives(window, 1), meanActives(window, 30)),
  trend: (window) => {
    const monthly = weekly(window, 30);
    return weekly(window, 1).map((daily, week) => ratio(daily, monthly[week]));
  },
});
