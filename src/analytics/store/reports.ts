import { hash } from "node:crypto";
import { dayToDate } from "#src/base/clock.ts";
import { tell } from "../headline/all.ts";
import { domains, languages, messageKindCounts, reactionKinds } from "../metrics/content.ts";
import { heatOf, liveliest } from "../metrics/heat-map.ts";
import { welcomeOf } from "../metrics/newcomers.ts";
import { messagesIn, peopleOf, sortedMessages } from "../metrics/people.ts";
import { answersOf, countsOf, dailyOf, figuresOf, teamOf } from "../metrics/report.ts";
import { cohortsOf } from "../metrics/retention-cohorts.ts";
import { spacesOf, type SpaceFigures } from "../metrics/spaces-compared.ts";
import { lorenzOf } from "../metrics/spread.ts";
import { conversationGraph, topOf, type Graph, type TopMember } from "../metrics/talk.ts";
import type { Window } from "../metrics/window.ts";
import type { Audit, AuditQuery, Span } from "../model.ts";
import { findSignals } from "../signals/all.ts";
import { readGround, type Ground } from "./ground.ts";
import { openOn, type Opened, type Place } from "./opened.ts";
import type { Days } from "./sheets.ts";

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

function numberedOf({ window, windowBefore, evidence }: Opened, segment: AuditQuery["segment"]): Numbered {
  return {
    messages: messagesIn(window),
    top: topOf(window, TOP),
    graph: conversationGraph.measure(window),
    spaces: spacesOf(window).slice(0, MOST_SPACES),
    spacesBefore: new Map((windowBefore ? spacesOf(windowBefore) : []).map((figures) => [figures.space, figures])),
    signals: segment === "team" ? [] : findSignals(evidence),
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
  const { ground, period, before, window, windowBefore, everybody } = opened;
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
    team: teamOf(everybody, window, ground),
  };
}

async function makeReport(place: Place, query: AuditQuery, ground: Ground): Promise<Report> {
  const opened = await openOn(place, query, ground);
  const numbered = numberedOf(opened, query.segment);
  const { from, historyFrom, knows } = opened.window;
  return {
    numbered,
    told: toldOf(opened, query.segment, numbered.spaces.length),
    sight: { from, historyFrom, knows },
    chosen: ground.spaces,
  };
}

/** Reports made last, of all communities: about 100 kB each. Their key names the community. */
const made = new Map<string, Report>();
const KEPT = 50;

/** Everything a report depends on: the question, what has been counted, and who is outside. */
function keyOf({ community, timeZone, now }: Place, query: AuditQuery, ground: Ground): string {
  const { staff, bots, ...rest } = ground;
  const outside = [staff, bots].map((numbers) => [...numbers].sort((a, b) => a - b));
  const today = ground.history === undefined ? Math.floor(now / 86_400_000) : 0;
  return hash("sha1", JSON.stringify([community, timeZone, today, query, rest, outside]));
}

/** The report of an audit, made once for as long as nothing new has been counted. */
export async function reportOf(place: Place, query: AuditQuery): Promise<Report> {
  const ground = await place.run((tx) => readGround(tx, place.community, query.spaces));
  const key = keyOf(place, query, ground);
  const found = made.get(key) ?? (await makeReport(place, query, ground));
  made.delete(key);
  made.set(key, found);
  const oldest = made.keys().next();
  if (made.size > KEPT && !oldest.done) made.delete(oldest.value);
  return found;
}
