import { metric, teamAndBots } from "./metric.ts";
import { peopleOf } from "./people.ts";
import type { Window } from "./window.ts";

/**
 * For each day of the window, how many distinct people wrote on it or on the `look - 1` days before.
 * Every active day of a member counts for the `look` days that begin with it; where two such stretches of one member
 * overlap, the later takes over, so nobody counts twice.
 */
export function rollingActives(window: Window, look: number): number[] {
  const days = window.to - window.from + 1;
  const change = new Int32Array(days + 1);
  const last = new Map<number, number>();
  const { day: dayOf, member: memberOf } = window.longer;
  const earliest = window.from - look + 1;
  for (let row = 0; row < dayOf.length; row += 1) {
    const day = dayOf[row] ?? 0;
    const member = memberOf[row] ?? 0;
    if (day < earliest || member === 0) continue;
    const before = last.get(member);
    if (before === day) continue;
    last.set(member, day);
    const counted = before === undefined ? window.from : Math.max(window.from, before + look);
    const begin = Math.max(day, counted);
    const end = Math.min(day + look, window.to + 1);
    if (begin >= end) continue;
    change[begin - window.from] = (change[begin - window.from] ?? 0) + 1;
    change[end - window.from] = (change[end - window.from] ?? 0) - 1;
  }
  let running = 0;
  return Array.from(change.subarray(0, days), (step) => (running += step));
}

/** The mean over those days of the window that can look back `look` days into the history; undefined if there are none. */
export function meanActives(window: Window, look: number): number | undefined {
  const first = Math.max(window.from, window.historyFrom + look - 1);
  const last = Math.min(window.to, Math.max(window.historyTo, window.from));
  if (last < first) return undefined;
  const values = rollingActives(window, look).slice(first - window.from, last - window.from + 1);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
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
  measure: (window) => {
    const monthly = meanActives(window, 30);
    const daily = meanActives(window, 1);
    if (monthly === undefined || daily === undefined || peopleOf(window).count < 2) return undefined;
    return monthly === 0 ? undefined : daily / monthly;
  },
});
