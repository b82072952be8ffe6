import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { arrivalDays, NEVER } from "./people.ts";
import type { Window } from "./window.ts";

/** Newcomers whose return could be seen, and those of them who did return. */
export interface Retained {
  readonly eligible: number;
  readonly retained: number;
  /** `retained / eligible`; 0 when nobody was eligible. */
  readonly rate: number;
}

/** Days `k` to `k + 6` after the first message: the second week and the week after a month. */
export const SECOND_WEEK = 7;
export const AFTER_A_MONTH = 30;

/**
 * Of the members who arrived in the window at least `k + 7` days before its last day with data, those who wrote on a
 * day `k` to `k + 6` days after the day of their first message ("bounded" retention).
 */
export function retainedIn(window: Window, k: number): Retained {
  const { arriving, present } = window.sheet;
  const latest = Math.min(window.to, window.historyTo) - (k + 7);
  const arrival = arrivalDays(window);
  const returned = new Uint8Array(arrival.length);
  let eligible = 0;
  for (let row = 0; row < arriving.day.length; row += 1) if ((arriving.day[row] ?? 0) <= latest) eligible += 1;
  let retained = 0;
  for (let row = 0; row < present.day.length; row += 1) {
    const member = present.member[row] ?? 0;
    const arrivedOn = arrival[member] ?? NEVER;
    const since = (present.day[row] ?? 0) - arrivedOn;
    if (since < k || since >= k + 7 || arrivedOn > latest || returned[member] === 1) continue;
    returned[member] = 1;
    retained += 1;
  }
  return { eligible, retained, rate: eligible === 0 ? 0 : retained / eligible };
}

function rateIn(window: Window, k: number): number | undefined {
  const { eligible, rate } = retainedIn(window, k);
  return eligible < FEWEST ? undefined : rate;
}

const shape = {
  version: 1,
  unit: "share",
  better: "more",
  window: "history",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "Discord Insights, new member retention (bounded to one week)",
} as const;

/** Newcomers who wrote again in their second week. */
export const weekTwoReturn = metric<number>({
  ...shape,
  name: "week-two-return",
  formula: "|{m ∈ N : m wrote on day 7 … 13}| ÷ |N|, N = arrived ≥ 14 days before the end",
  measure: (window) => rateIn(window, SECOND_WEEK),
});

/** Newcomers who wrote in the week after their first month. */
export const monthReturn = metric<number>({
  ...shape,
  name: "month-return",
  formula: "|{m ∈ N : m wrote on day 30 … 36}| ÷ |N|, N = arrived ≥ 37 days before the end",
  measure: (window) => rateIn(window, AFTER_A_MONTH),
});
