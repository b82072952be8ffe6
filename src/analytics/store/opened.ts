import type { CommunityId } from "#src/base/community-id.ts";
import { dateToDay, localDay } from "#src/base/clock.ts";
import { refuse } from "#src/base/refusal.ts";
import { LONGEST_PERIOD, USUAL_PERIOD, type AuditQuery } from "../model.ts";
import { flagsOf, type Sheet } from "../metrics/sheet.ts";
import { cutWindow, LEAD_IN, narrowTo, type Content, type Source, type Window } from "../metrics/window.ts";
import { BASELINE_DAYS, type Evidence } from "../signals/signal.ts";
import { LEAST_LINKS } from "../signals/domain-burst.ts";
import { readBusyDomains, readContent, readJoins, readNotable, type DayCount } from "./content.ts";
import { readGround, type Ground } from "./ground.ts";
import type { Days } from "./sheets.ts";
import { onlyMembers, readSheet, type Run } from "./source.ts";

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
  /** Everybody's rows of the period, the team's and bots' too. */
  readonly everybody: Sheet;
  readonly window: Window;
  readonly windowBefore?: Window;
  readonly evidence: Evidence;
}

function countsIn(segment: AuditQuery["segment"], { staff, bots }: Ground): (member: number) => boolean {
  const team = flagsOf(staff);
  const machines = flagsOf(bots);
  return segment === "team"
    ? (member) => team[member] === 1 && machines[member] !== 1
    : (member) => team[member] !== 1 && machines[member] !== 1;
}

function dailySums(table: { readonly day: Int32Array; readonly messages?: Uint32Array }, days: Days): number[] {
  const sums = Array.from({ length: days.to - days.from + 1 }, () => 0);
  for (let row = 0; row < table.day.length; row += 1) {
    const place = (table.day[row] ?? 0) - days.from;
    if (place >= 0 && place < sums.length) sums[place] = (sums[place] ?? 0) + (table.messages?.[row] ?? 1);
  }
  return sums;
}

interface Around {
  readonly busyDomains: readonly DayCount[];
  readonly joins: readonly DayCount[];
  readonly notable: Evidence["notable"];
}

function evidenceOf(source: Source, { period, from }: { period: Days; from: number }, around: Around): Evidence {
  const days = { from, to: period.to };
  const joined = new Map(around.joins.map(({ day, count }) => [day, count]));
  return {
    window: cutWindow(source, period),
    seriesFrom: from,
    messages: dailySums(source.sheet.writing, days),
    newMembers: dailySums({ day: source.sheet.arriving.day }, days),
    joined: source.knows.moves ? Array.from({ length: days.to - from + 1 }, (_, i) => joined.get(from + i) ?? 0) : [],
    busyDomains: around.busyDomains,
    notable: around.notable,
  };
}

interface Read {
  readonly sheet: Sheet;
  readonly content: Content;
  readonly contentBefore: Content | undefined;
  readonly around: Around;
}

async function readAll(
  { run, community }: Place,
  ground: Ground,
  { period, before }: Periods,
): Promise<Read & { from: number }> {
  const { spaces } = ground;
  const from = Math.min(period.from - BASELINE_DAYS, (before ?? period).from - LEAD_IN);
  const since = before?.from ?? period.from;
  const span = { from, to: period.to, spaces };
  const [sheet, rest] = await Promise.all([
    readSheet(run, community, { ...span, answersFrom: since }),
    run(async (tx) => ({
      content: await readContent(tx, community, { ...period, spaces }),
      contentBefore: before && (await readContent(tx, community, { ...before, spaces })),
      busyDomains: await readBusyDomains(tx, community, {
        ...span,
        from: period.from - BASELINE_DAYS,
        least: Math.ceil(LEAST_LINKS / 4),
      }),
      joins: await readJoins(tx, community, span),
      inPeriod: await readNotable(tx, community, { ...period, spaces, most: 20 }),
      earlier: await readNotable(tx, community, {
        from: period.from - BASELINE_DAYS,
        to: period.from - 1,
        spaces,
        most: 20,
      }),
    })),
  ]);
  const { content, contentBefore, busyDomains, joins, inPeriod, earlier } = rest;
  return { from, sheet, content, contentBefore, around: { busyDomains, joins, notable: [...inPeriod, ...earlier] } };
}

/** Reads everything an audit is made from and cuts it into its windows. */
export async function openAudit(place: Place, query: AuditQuery): Promise<Opened> {
  return openOn(place, query, await place.run((tx) => readGround(tx, place.community, query.spaces)));
}

/** The same, where the ground has been read already. */
export async function openOn(place: Place, query: AuditQuery, ground: Ground): Promise<Opened> {
  const periods = periodsOf(query, ground.history, localDay(place.now, place.timeZone));
  const { from, sheet, content, contentBefore, around } = await readAll(place, ground, periods);
  const { period, before } = periods;
  const source: Source = {
    sheet: onlyMembers(sheet, countsIn(query.segment, ground)),
    historyFrom: ground.history?.from ?? period.from,
    historyTo: ground.history?.to ?? period.to,
    outsiders: query.segment === "team" ? ground.bots : new Set([...ground.staff, ...ground.bots]),
    knows: ground.knows,
  };
  return {
    ...periods,
    ground,
    everybody: sheet,
    window: narrowTo(cutWindow(source, period, content), query.segment),
    ...(before && contentBefore
      ? { windowBefore: narrowTo(cutWindow(source, before, contentBefore), query.segment) }
      : {}),
    evidence: evidenceOf(source, { period, from }, around),
  };
}
