import type { Silence, Unit } from "../model.ts";
import { weeksOf, type Window } from "./window.ts";

/** What is never counted in a metric. */
export type Exclusion = "staff" | "bots" | "service-messages" | "own-replies" | "late-answers" | "no-author";

/** What a history must hold for a metric to have a value. */
export type Need = "messages" | "replies" | "reactions" | "moves";

/**
 * Something an audit measures. One file each, listed in `all.ts`. Its words are `analytics_metric_<name>_label` and
 * `analytics_metric_<name>_definition`, with `-` written `_`.
 *
 * A change of the formula raises `version`, so that two reports can be told apart.
 */
export interface Metric<Value> {
  readonly name: string;
  readonly version: number;
  readonly unit: Unit;
  /** Which direction is good for a community. */
  readonly better: "more" | "less" | "neither";
  /** `period`: the days asked for. `rolling`: looks back from each of them. `history`: needs what came before. */
  readonly window: "period" | "rolling" | "history";
  /** In symbols that need no translation. */
  readonly formula: string;
  readonly excludes: readonly Exclusion[];
  readonly needs: readonly Need[];
  /** Where the formula comes from. */
  readonly source: string;
  /** Pure. Undefined when the window holds too little to say anything. */
  measure(window: Window): Value | undefined;
  /** One value for each whole week of the window, oldest first, for metrics whose course is shown. */
  trend?(window: Window): (Value | undefined)[];
}

/** A metric that is one number. */
export type NumberMetric = Metric<number>;

/** Checks a definition at compile time and returns it. */
export function metric<Value>(definition: Metric<Value>): Metric<Value> {
  return definition;
}

/** Left out of every metric of members: the team and machines are not the community. */
export const teamAndBots = ["staff", "bots"] as const;

/** A share or a median of fewer than this many is an accident, not a figure. */
export const FEWEST = 5;

/** `part / whole`, or undefined when the whole is too small to speak of. */
export function share(part: number, whole: number): number | undefined {
  return whole < FEWEST ? undefined : part / whole;
}

/**
 * The value below which the fraction `p` of the sorted values lies, interpolated linearly between neighbours
 * (type 7 of Hyndman and Fan, 1996: what R, NumPy and `percentile_cont` do). Undefined for too few values.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | undefined {
  if (sorted.length < FEWEST) return undefined;
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** A trend that measures each whole week of the window by itself. */
export function byWeeks<Value>(
  measure: (window: Window) => Value | undefined,
): (window: Window) => (Value | undefined)[] {
  return (window) => weeksOf(window).map((week) => measure(week));
}

/** Why a metric without a value has none. */
export function silenceOf(metric: Metric<unknown>, window: Window): Silence {
  if (metric.needs.includes("replies") && !window.knows.replies) return "no-replies";
  if (metric.needs.includes("reactions") && !window.knows.reactions) return "no-reactions";
  if (metric.needs.includes("moves") && !window.knows.moves) return "no-moves";
  return metric.window === "history" && window.to - window.historyFrom < 28 ? "too-short" : "too-few";
}
