import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { largest } from "./sheet.ts";
import { weeksOf, type Window } from "./window.ts";

/** Over how many days actives are counted: a day, a week, a month. */
type Look = 1 | 7 | 30;

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

/**
 * Every active day of a member counts for the `look` days that begin with it; where two such stretches of one member
 * overlap, the later takes over, so nobody counts twice.
 */
function rollOne({ from, to, longer }: Window, look: Look): number[] {
  const { day, member } = longer;
  const change = new Int32Array(to - from + 2);
  const lastDay = new Int32Array(largest(member) + 1).fill(LONG_AGO);
  for (let row = 0; row < day.length; row += 1) {
    const number = member[row] ?? 0;
    const today = day[row] ?? 0;
    if (number === 0) continue;
    const begin = Math.max(today, from, (lastDay[number] ?? LONG_AGO) + look) - from;
    const end = Math.min(today + look, to + 1) - from;
    lastDay[number] = today;
    if (begin >= end) continue;
    change[begin] = (change[begin] ?? 0) + 1;
    change[end] = (change[end] ?? 0) - 1;
  }
  return summed(change);
}

function roll(window: Window): Record<Look, readonly number[]> {
  return { 1: rollOne(window, 1), 7: rollOne(window, 7), 30: rollOne(window, 30) };
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
