import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { messagesIn, peopleOf, sortedMessages } from "./people.ts";
import type { Window } from "./window.ts";

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? 0;
  return total;
}

/**
 * How unequally messages are spread over those who wrote: 0 when all wrote the same, towards 1 when one wrote all.
 * G = 2·Σ i·x_i ÷ (n·Σ x_i) − (n + 1) ÷ n with x ascending and i from 1 (Gini 1912, the form for ungrouped values).
 * `ascending` must be sorted. 0 for nobody.
 */
export function giniOf(ascending: ArrayLike<number>): number {
  const n = ascending.length;
  const total = sum(ascending);
  if (total === 0) return 0;
  let ranked = 0;
  for (let i = 0; i < n; i += 1) ranked += (i + 1) * (ascending[i] ?? 0);
  return (2 * ranked) / (n * total) - (n + 1) / n;
}

/** The share of all messages that the first `max(1, floor(n · part))` of n authors wrote. 0 for nobody. */
export function topShareOf(ascending: ArrayLike<number>, part: number): number {
  const total = sum(ascending);
  if (total === 0) return 0;
  // Parts are given in hundredths; multiplying first keeps floor(n / 100) exact.
  const first = Math.max(1, Math.floor((ascending.length * Math.round(part * 100)) / 100));
  let top = 0;
  for (let i = ascending.length - first; i < ascending.length; i += 1) top += ascending[i] ?? 0;
  return top / total;
}

/** The smallest number of people who together wrote at least half of all messages. */
export function halfOf(ascending: ArrayLike<number>): number {
  const half = sum(ascending) / 2;
  let reached = 0;
  let people = 0;
  for (let i = ascending.length - 1; i >= 0 && reached < half; i -= 1) {
    reached += ascending[i] ?? 0;
    people += 1;
  }
  return people;
}

/** The Lorenz curve: at each twentieth of the people, quietest first, the share of messages they wrote. 21 points. */
export function lorenzOf(ascending: ArrayLike<number>): number[] {
  const total = sum(ascending);
  const points: number[] = [];
  let reached = 0;
  let done = 0;
  for (let step = 0; step <= 20; step += 1) {
    const until = Math.round((ascending.length * step) / 20);
    for (; done < until; done += 1) reached += ascending[done] ?? 0;
    points.push(total === 0 ? 0 : reached / total);
  }
  return points;
}

function ifEnough(measure: (ascending: Uint32Array) => number): (window: Window) => number | undefined {
  return (window) => (peopleOf(window).count < FEWEST ? undefined : measure(sortedMessages(window)));
}

const shape = {
  version: 1,
  better: "neither",
  window: "period",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
} as const;

/** How unequally messages are spread over those who wrote. */
export const gini = metric<number>({
  ...shape,
  name: "gini",
  unit: "ratio",
  formula: "2·Σ i·xᵢ ÷ (n·Σ xᵢ) − (n + 1) ÷ n, x ascending",
  source: "Gini 1912; en.wikipedia.org/wiki/Gini_coefficient",
  measure: ifEnough(giniOf),
});

const participation = "Nielsen 2006, nngroup.com/articles/participation-inequality";

/** What the loudest hundredth of the authors wrote. */
export const topOnePercent = metric<number>({
  ...shape,
  name: "top-1-percent",
  unit: "share",
  formula: "Σ messages of the first max(1, ⌊n ÷ 100⌋) authors ÷ Σ messages of all",
  source: participation,
  measure: ifEnough((ascending) => topShareOf(ascending, 0.01)),
});

/** What the loudest twentieth of the authors wrote. */
export const topFivePercent = metric<number>({
  ...shape,
  name: "top-5-percent",
  unit: "share",
  formula: "Σ messages of the first max(1, ⌊n ÷ 20⌋) authors ÷ Σ messages of all",
  source: participation,
  measure: ifEnough((ascending) => topShareOf(ascending, 0.05)),
});

/** How few people write half of everything. */
export const halfFrom = metric<number>({
  ...shape,
  name: "half-from",
  unit: "members",
  formula: "min k : the k loudest authors wrote ≥ ½ of all messages",
  source: participation,
  measure: ifEnough(halfOf),
});

function countOnes(ascending: Uint32Array): number {
  const more = ascending.findIndex((count) => count > 1);
  return more === -1 ? ascending.length : more;
}

/** People who wrote exactly once in the period. */
export const oneMessageMembers = metric<number>({
  ...shape,
  name: "one-message-members",
  unit: "members",
  better: "less",
  formula: "|{m : m wrote exactly 1 message}|",
  source: participation,
  measure: (window) => (messagesIn(window) === 0 ? undefined : countOnes(sortedMessages(window))),
});
