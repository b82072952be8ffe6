import { dayToDate, dateToDay, weekday } from "#src/base/clock.ts";

/**
 * Levels of engagement after the Orbit model (orbit.love, "Orbit levels and presence milestones"): four levels of three
 * steps, 12 the innermost. A step is reached by presence, or by what somebody has done at all. Somebody outside has
 * done nothing in the look-back.
 */
export const levels = ["outside", "exploring", "participating", "contributing", "leading"] as const;
export type Level = (typeof levels)[number];

/** Stages of somebody's life in the community, numbered as stored. */
export const stages = ["silent", "newcomer", "active", "slipping", "dormant", "returned"] as const;
export type Stage = (typeof stages)[number];

/** Orbit: what was done is remembered for a year. */
export const LOOK_BACK_DAYS = 365;
/** Orbit's presence milestones: so many days of writing within one week, month or quarter of the calendar. */
export const MILESTONES = { weekDays: 2, monthDays: 7, quarterDays: 30 } as const;
/** A milestone reached so often gives the innermost step of its level. */
const MOST_TIMES = 3;

/** Who was first seen within so many days is a newcomer: the window in which a welcome still matters. */
export const NEWCOMER_DAYS = 30;
/** Who wrote within so many days is active; crowd.dev calls people of a high level slipping away after a month. */
export const ACTIVE_DAYS = 30;
/** After so many days of silence nobody is slipping away any more, and whoever writes again has come back. */
export const DORMANT_DAYS = 90;
/** From this step on (Contributing, step III) silence means that the community is losing somebody. */
const LOW_CONTRIBUTING = 7;

/** What is known of somebody's presence. Days are local days of the community. */
export interface Presence {
  /** Days with a message within the look-back, oldest first, each once. */
  readonly days: readonly number[];
  /** Messages within the look-back that answer somebody. */
  readonly replies: number;
  /** First message or arrival. */
  readonly firstSeen: number;
  /** First message of all; undefined for somebody who never wrote. */
  readonly firstWritten: number | undefined;
  /** Last message of all. */
  readonly lastWritten: number | undefined;
}

/** Where somebody stands, with what it is concluded from. */
export interface Standing {
  /** 0 outside; 1 to 3 Exploring, 4 to 6 Participating, 7 to 9 Contributing, 10 to 12 Leading. */
  readonly step: number;
  readonly stage: Stage;
  readonly evidence: {
    /** Days of writing in the look-back. */
    readonly days: number;
    /** Weeks, months and quarters in which the milestone was reached. */
    readonly weeks: number;
    readonly months: number;
    readonly quarters: number;
    readonly replies: number;
    /** Days without a word from the last message to the day this is told as of; undefined for who never wrote. */
    readonly silence: number | undefined;
    /** Days of silence before the return of somebody who came back. */
    readonly absence: number | undefined;
  };
}

function monthOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * The first day of the look-back as of a day: a year before the first of that day's month. So a new day of presence
 * lifts somebody at once, and what grew older than a year lowers them only where a month begins.
 */
export function lookBackFrom(asOf: number): number {
  const first = dateToDay(`${dayToDate(asOf).slice(0, 7)}-01`) ?? asOf;
  return first - LOOK_BACK_DAYS;
}

function timesReached(days: readonly number[], need: number, periodOf: (day: number) => number): number {
  const counts = new Map<number, number>();
  for (const day of days) {
    const period = periodOf(day);
    counts.set(period, (counts.get(period) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count >= need).length;
}

interface Reached {
  readonly weeks: number;
  readonly months: number;
  readonly quarters: number;
}

function stepOf(presence: Presence, { weeks, months, quarters }: Reached, from: number): number {
  const times = (reached: number): number => Math.min(reached, MOST_TIMES) - 1;
  if (quarters > 0) return 10 + times(quarters);
  if (months > 0) return LOW_CONTRIBUTING + times(months);
  if (weeks > 0) return 4 + times(weeks);
  // Below the milestones what somebody has done decides: to answer weighs more than to write, to write more than to come.
  if (presence.replies > 0) return 3;
  if (presence.days.length > 0) return 2;
  return presence.firstSeen >= from ? 1 : 0;
}

/** How long somebody had been silent before they wrote again within the active days; undefined for who was not away. */
function absenceBefore(presence: Presence, asOf: number, from: number): number | undefined {
  const recentFrom = asOf - ACTIVE_DAYS + 1;
  const back = presence.days.find((day) => day >= recentFrom);
  if (back === undefined) return undefined;
  const inYear = presence.days.findLast((day) => day < recentFrom);
  const { firstWritten } = presence;
  // Who wrote before the look-back and not in it was away for at least as long as it lasts.
  const before = inYear ?? (firstWritten !== undefined && firstWritten < from ? from - 1 : undefined);
  const absence = before === undefined ? 0 : back - before - 1;
  return absence >= DORMANT_DAYS ? absence : undefined;
}

interface Lived {
  readonly presence: Presence;
  readonly asOf: number;
  readonly step: number;
  readonly absence: number | undefined;
}

function stageOf({ presence, asOf, step, absence }: Lived): Stage {
  const { firstSeen, lastWritten } = presence;
  if (asOf - firstSeen < NEWCOMER_DAYS) return "newcomer";
  if (lastWritten === undefined) return "silent";
  const silence = asOf - lastWritten;
  if (silence < ACTIVE_DAYS) return absence === undefined ? "active" : "returned";
  return silence < DORMANT_DAYS && step >= LOW_CONTRIBUTING ? "slipping" : "dormant";
}

/**
 * Where somebody stands as of a local day. Weeks begin on Monday; months and quarters are those of the calendar.
 * Newcomers: first seen in the last 30 days. Active: wrote in the last 30. Came back: wrote in the last 30 after at
 * least 90 of silence. Slipping away: at least Contributing and silent for 30 to 89 days. Dormant: silent for 30 days
 * and not slipping away. Silent: never wrote.
 */
export function standingOf(presence: Presence, asOf: number): Standing {
  const { days, replies, lastWritten } = presence;
  const from = lookBackFrom(asOf);
  const reached = {
    weeks: timesReached(days, MILESTONES.weekDays, (day) => day - weekday(day)),
    months: timesReached(days, MILESTONES.monthDays, monthOf),
    quarters: timesReached(days, MILESTONES.quarterDays, (day) => Math.floor(monthOf(day) / 3)),
  };
  const step = stepOf(presence, reached, from);
  const absence = absenceBefore(presence, asOf, from);
  const silence = lastWritten === undefined ? undefined : asOf - lastWritten;
  return {
    step,
    stage: stageOf({ presence, asOf, step, absence }),
    evidence: { days: days.length, ...reached, replies, silence, absence },
  };
}

/** The level that a step belongs to, and the step within it, III to I as 3 to 1; 0 outside. */
export function levelOf(step: number): { level: Level; within: number } {
  if (step === 0) return { level: "outside", within: 0 };
  return { level: levels[Math.ceil(step / 3)] ?? "outside", within: 3 - ((step - 1) % 3) };
}

/** The steps of a level, lowest first. */
export function stepsOf(level: Level): number[] {
  const place = levels.indexOf(level);
  return place === 0 ? [0] : [place * 3 - 2, place * 3 - 1, place * 3];
}

/**
 * Local days on which presence may change somebody's standing when the day it is told as of moves from one to a later
 * one: whoever wrote or was first seen on one of them has to be judged again, and nobody else who did nothing since.
 */
export function daysThatMatter(before: number, now: number): { from: number; to: number }[] {
  const fallsOut = [{ from: lookBackFrom(before), to: lookBackFrom(now) - 1 }];
  const ages = [ACTIVE_DAYS, NEWCOMER_DAYS, DORMANT_DAYS].map((age) => ({ from: before - age + 1, to: now - age }));
  return [...fallsOut, ...ages].filter(({ from, to }) => from <= to);
}
