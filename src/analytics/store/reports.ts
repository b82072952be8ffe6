import { hash } from "node:crypto";
import { dayToDate, localDay } from "#src/base/clock.ts";
import { tell } from "../headline/all.ts";
import { domains, languages, messageKindCounts, reactionKinds } from "../metrics/content.ts";
import { heatOf, liveliest } from "../metrics/heat-map.ts";
import { welcomeOf } from "../metrics/newcomers.ts";
import { crowdOf, messagesIn, peopleOf, sortedMessages, type Crowd } from "../metrics/people.ts";
import { answersOf, countsOf, dailyOf, figuresOf, teamOf } from "../metrics/report.ts";
import { cohortsOf } from "../metrics/retention-cohorts.ts";
import { spacesOf, type SpaceFigures } from "../metrics/spaces-compared.ts";
import { lorenzOf } from "../metrics/spread.ts";
import { conversationGraph, topOf, type Graph, type TopMember } from "../metrics/talk.ts";
import type { Window } from "../metrics/window.ts";
import type { Audit, AuditQuery, Span } from "../model.ts";
import { findSignals } from "../signals/all.ts";
import { readGround, type Ground } from "./ground.ts";
import { openOn, periodsOf, type Opened, type Place } from "./opened.ts";
import type { Days } from "./sheets.ts";
import { Shelf } from "./shelf.ts";

/** How many of those who write most are named. */
const TOP = 20;
/** More spaces than this are not compared on one page. */
const MOST_SPACES = 1000;
/** Below this many people the curve of inequality is a staircase. */
const FEWEST_ON_CURVE = 20;

/** Everything that is told of single members and spaces, still by number. */
export interface Numbered {
  /** All messages of the window. */
  readonly messages: number;
  readonly top: readonly TopMember[];
  readonly graph: Graph | undefined;
  readonly spaces: readonly SpaceFigures[];
  readonly spacesBefore: ReadonlyMap<number, SpaceFigures>;
  readonly signals: ReturnType<typeof findSignals>;
}

function numberedOf({ ground, window, windowBefore, evidence }: Opened, segment: AuditQuery["segment"]): Numbered {
  // What stands out is looked for in what everybody does.
  const isAboutAll = segment !== "team" && ground.among === undefined;
  return {
    messages: messagesIn(window),
    top: topOf(window, TOP),
    graph: conversationGraph.measure(window),
    spaces: spacesOf(window).slice(0, MOST_SPACES),
    spacesBefore: new Map((windowBefore ? spacesOf(windowBefore) : []).map((figures) => [figures.space, figures])),
    signals: isAboutAll ? findSignals(evidence) : [],
  };
}

function spanOf({ from, to }: Days): Span {
  return { from: dayToDate(from), to: dayToDate(to), days: to - from + 1 };
}

/** What is told without a name. */
function measured({
  window,
  windowBefore,
}: Opened): Pick<
  Audit,
  "figures" | "daily" | "dailyBefore" | "cohorts" | "welcome" | "answers" | "heat" | "lively" | "lorenz"
> {
  return {
    figures: figuresOf(window, windowBefore),
    daily: dailyOf(window),
    dailyBefore: windowBefore ? dailyOf(windowBefore) : null,
    cohorts: cohortsOf(window).map(({ week, members, returned }) => ({
      week: dayToDate(week),
      members,
      returned: [...returned],
    })),
    welcome: window.knows.replies ? welcomeOf(window) : null,
    answers: answersOf(window),
    heat: heatOf(window),
    lively: liveliest(window, 3),
    lorenz: peopleOf(window).count < FEWEST_ON_CURVE ? null : lorenzOf(sortedMessages(window)),
  };
}

/** An audit before names are put to its numbers. */
export interface Report {
  readonly numbered: Numbered;
  readonly told: ReturnType<typeof toldOf>;
  /** What of the history can be seen. */
  readonly sight: Pick<Window, "from" | "historyFrom" | "knows">;
  /** Numbers of the chosen spaces. */
  readonly chosen: readonly number[];
}

function toldOf(opened: Opened, segment: AuditQuery["segment"], spaceCount: number) {
  const { ground, period, before, window, windowBefore, aside } = opened;
  return {
    period: spanOf(period),
    before: before ? spanOf(before) : null,
    history: ground.history ? spanOf(ground.history) : null,
    segment,
    spaceCount,
    headline: tell({ now: window, ...(windowBefore ? { before: windowBefore } : {}) }),
    ...measured(opened),
    languages: countsOf(languages.measure(window)),
    domains: countsOf(domains.measure(window)),
    reactions: countsOf(reactionKinds.measure(window)),
    kinds: countsOf(messageKindCounts.measure(window)),
    team: teamOf(aside, ground),
  };
}

/** What an audit tells of opened windows. Pure. */
export function reportOn(opened: Opened, query: Pick<AuditQuery, "segment">): Report {
  const numbered = numberedOf(opened, query.segment);
  const { from, historyFrom, knows } = opened.window;
  return {
    numbered,
    told: toldOf(opened, query.segment, numbered.spaces.length),
    sight: { from, historyFrom, knows },
    chosen: opened.ground.spaces,
  };
}

/** Reports made last, of all communities, about 100 kB each. Keys name the community. */
const reports = new Shelf<Report>(50);
/** Whom they are about, 14 bytes a person. */
const crowds = new Shelf<Crowd>(8);

/** Everything a report depends on: the question, what has been counted, and who is outside. */
function keyOf({ community, timeZone, now }: Place, query: AuditQuery, ground: Ground): string {
  const { staff, bots, ...rest } = ground;
  const outside = [staff, bots].map((numbers) => [...numbers].sort((a, b) => a - b));
  const today = ground.history === undefined ? Math.floor(now / 86_400_000) : 0;
  return hash("sha1", JSON.stringify([community, timeZone, today, query, rest, outside]));
}

/** The same, told by days, so that lists find the people of the report they were opened from. */
function crowdKey(place: Place, query: AuditQuery, ground: Ground): string {
  const { period } = periodsOf(query, ground.history, localDay(place.now, place.timeZone));
  const { segment, savedSegment, spaces } = query;
  return keyOf(place, { segment, savedSegment, spaces, ...spanOf(period), compare: "none" }, ground);
}

/** The report of an audit, made once for as long as nothing new has been counted. */
export async function reportOf(place: Place, query: AuditQuery): Promise<Report> {
  const ground = await place.run((tx) => readGround(tx, place.community, query));
  const key = keyOf(place, query, ground);
  const found = reports.find(key);
  if (found !== undefined) return reports.keep(key, found);
  const opened = await openOn(place, query, ground);
  crowds.keep(crowdKey(place, query, ground), crowdOf(opened.window));
  return reports.keep(key, reportOn(opened, query));
}

/** Whom the report of an audit is about; from memory where that report was made lately. */
export async function audience(place: Place, query: AuditQuery): Promise<Crowd> {
  const ground = await place.run((tx) => readGround(tx, place.community, query));
  const key = crowdKey(place, query, ground);
  const found = crowds.find(key) ?? crowdOf((await openOn(place, { ...query, compare: "none" }, ground)).window);
  return crowds.keep(key, found);
}
