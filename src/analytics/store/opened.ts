import type { CommunityId } from "#src/base/community-id.ts";
import { dateToDay, localDay } from "#src/base/clock.ts";
import { refuse } from "#src/base/refusal.ts";
import { LONGEST_PERIOD, USUAL_PERIOD, type AuditQuery } from "../model.ts";
import { flagsOf, ofCircle, type Arriving, type Present, type Sheet } from "../metrics/sheet.ts";
import { cutWindow, LEAD_IN, narrowTo, type Source, type Window } from "../metrics/window.ts";
import { BASELINE_DAYS, type Evidence } from "../signals/signal.ts";
import { LEAST_LINKS } from "../signals/domain-burst.ts";
import { readMoves, readNotable, type DayMoves } from "./content.ts";
import { busyDomains, contentOf } from "./counts.ts";
import { daysOf, outsidersOf, type CountedDay } from "./day-cache.ts";
import { arrivalsOf } from "./arrivals-cache.ts";
import type { Ground } from "./ground.ts";
import type { Days } from "./sheets.ts";
import { dayInSpaces, dayOfCircle, presentOn, sheetOf, type Run } from "./source.ts";

/** Where a question about a community is answered. */
export interface Place {
  readonly run: Run;
  readonly community: CommunityId;
  readonly timeZone: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Which days an audit is about. */
export interface Periods {
  readonly period: Days;
  /** The days before, as many; missing when nobody asked or the history does not reach back. */
  readonly before?: Days;
}

/** How much of the period before may lie before the history began for a comparison to be fair. */
const MISSING_PART = 0.1;

function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : dateToDay(date);
}

/** The days asked for. Without dates: the last 90 days that hold anything, or fewer when the history is shorter. */
export function periodsOf(
  query: Pick<AuditQuery, "from" | "to" | "compare">,
  history: Days | undefined,
  today: number,
): Periods {
  const to = dayOf(query.to) ?? Math.max(history?.to ?? today, dayOf(query.from) ?? -Infinity);
  const usualFrom = to - USUAL_PERIOD + 1;
  const from =
    dayOf(query.from) ?? (history === undefined ? usualFrom : Math.max(usualFrom, Math.min(to, history.from)));
  if (from > to) refuse("invalid", "analytics.period-reversed", {});
  const length = to - from + 1;
  if (length > LONGEST_PERIOD) refuse("invalid", "analytics.period-too-long", { days: LONGEST_PERIOD });
  const before = { from: from - length, to: from - 1 };
  const isFair = history !== undefined && history.from <= before.from + Math.floor(length * MISSING_PART);
  return { period: { from, to }, ...(query.compare === "before" && isFair ? { before } : {}) };
}

/** An audit's windows, cut and narrowed, with what detectors look at. */
export interface Opened extends Periods {
  readonly ground: Ground;
  /** On which days of the period the team and bots were there. */
  readonly aside: Present;
  readonly window: Window;
  readonly windowBefore?: Window;
  readonly evidence: Evidence;
}

function sum(numbers: Uint32Array): number {
  let total = 0;
  for (let row = 0; row < numbers.length; row += 1) total += numbers[row] ?? 0;
  return total;
}

/** A value for each day of a span, oldest first: the sum of what is given for the day, 0 for days that are not given. */
function series({ from, to }: Days, days: ArrayLike<number>, valueOf: (row: number) => number): number[] {
  const sums = Array.from({ length: to - from + 1 }, () => 0);
  for (let row = 0; row < days.length; row += 1) {
    const place = (days[row] ?? 0) - from;
    sums[place] = (sums[place] ?? 0) + valueOf(row);
  }
  return sums;
}

/** What was read for an audit. */
export interface Read {
  /** From `from` on, narrowed to the chosen spaces. */
  readonly days: readonly CountedDay[];
  readonly arriving: Arriving;
  readonly moves: readonly DayMoves[];
  readonly notable: Evidence["notable"];
}

function narrowed(days: readonly CountedDay[], spaces: readonly number[]): readonly CountedDay[] {
  if (spaces.length === 0) return days;
  const chosen = { flags: flagsOf(spaces), isInside: true };
  return days.map(({ inside, outside, ...rest }) => ({
    ...rest,
    inside: dayInSpaces(inside, chosen),
    outside: dayInSpaces(outside, chosen),
  }));
}

async function readAll(place: Place, ground: Ground, { from, period }: { from: number; period: Days }): Promise<Read> {
  const { to } = period;
  const { run, community } = place;
  const { spaces, staff, bots } = ground;
  const outsiders = outsidersOf([...staff, ...bots]);
  const stretches = [period, { from: period.from - BASELINE_DAYS, to: period.from - 1 }];
  const [days, rest] = await Promise.all([
    daysOf(run, community, { from, to, outsiders }),
    run(async (tx) => ({
      arriving: await arrivalsOf(tx, community, { from, to, spaces, counted: ground.counted }),
      moves: ground.knows.moves ? await readMoves(tx, community, { from, to, spaces }) : [],
      notable: await readNotable(tx, community, { stretches, spaces, most: 20 }),
    })),
  ]);
  return { days: narrowed(days, spaces), ...rest };
}

function evidenceOf(
  window: Window,
  { days, moves, notable }: Read,
  span: Days & { spaces: readonly number[]; arriving: Arriving },
): Evidence {
  const joined = moves.filter(({ key }) => key === "joined");
  const numbers = days.map(({ day }) => day);
  return {
    window,
    seriesFrom: span.from,
    messages: series(span, numbers, (row) => sum(days[row]?.inside.present.messages ?? new Uint32Array())),
    newMembers: series(span, span.arriving.day, () => 1),
    joined: window.knows.moves
      ? series(
          span,
          joined.map(({ day }) => day),
          (row) => joined[row]?.count ?? 0,
        )
      : [],
    busyDomains: busyDomains(days, {
      ...span,
      from: window.from - BASELINE_DAYS,
      least: Math.ceil(LEAST_LINKS / 4),
    }),
    notable,
  };
}

/** What those did whom a segment is about, before anybody looks at what they did: all but the team and bots, or the team. */
function sheetFor(
  { segment, from }: { segment: AuditQuery["segment"]; from: number },
  { days, arriving }: Read,
  { staff, bots, among }: Ground,
): Sheet {
  if (segment !== "team") {
    const circle =
      among === undefined
        ? { flags: flagsOf([...staff, ...bots]), isInside: false }
        : { flags: flagsOf(among.filter((number) => !staff.has(number) && !bots.has(number))), isInside: true };
    const members = days.map(({ inside }) => (among === undefined ? inside : dayOfCircle(inside, circle)));
    return sheetOf(members, ofCircle(arriving, arriving.member, circle), from);
  }
  const circle = { flags: flagsOf([...staff].filter((number) => !bots.has(number))), isInside: true };
  const team = days.map(({ outside }) => dayOfCircle(outside, circle));
  return sheetOf(team, ofCircle(arriving, arriving.member, circle), from);
}

/** The first day that must be read for an audit of these periods. */
function firstDayOf({ period, before }: Periods): number {
  return Math.min(period.from - BASELINE_DAYS, (before ?? period).from - LEAD_IN);
}

/** Cuts what was read into the windows of an audit. Pure. */
export function cutOpen(
  read: Read,
  { ground, segment, periods }: { ground: Ground; segment: AuditQuery["segment"]; periods: Periods },
): Opened {
  const { period, before } = periods;
  const { spaces } = ground;
  const from = firstDayOf(periods);
  const { days, moves } = read;
  const source: Source = {
    sheet: sheetFor({ segment, from: before?.from ?? period.from }, read, ground),
    historyFrom: ground.history?.from ?? period.from,
    historyTo: ground.history?.to ?? period.to,
    outsiders: segment === "team" ? ground.bots : new Set([...ground.staff, ...ground.bots]),
    knows: ground.knows,
  };
  const everyone = cutWindow(source, period, contentOf(days, moves, { ...period, spaces }));
  return {
    period,
    ...(before ? { before } : {}),
    ground,
    aside: presentOn(days.filter(({ day }) => day >= period.from).map(({ outside }) => outside)),
    window: narrowTo(everyone, segment),
    ...(before
      ? { windowBefore: narrowTo(cutWindow(source, before, contentOf(days, moves, { ...before, spaces })), segment) }
      : {}),
    evidence: evidenceOf(everyone, read, { from, to: period.to, spaces, arriving: source.sheet.arriving }),
  };
}

/** Reads everything an audit is made from and cuts it into its windows. */
export async function openOn(place: Place, query: AuditQuery, ground: Ground): Promise<Opened> {
  const periods = periodsOf(query, ground.history, localDay(place.now, place.timeZone));
  const read = await readAll(place, ground, { from: firstDayOf(periods), period: periods.period });
  return cutOpen(read, { ground, segment: query.segment, periods });
}
