import { dateToDay, dayToDate } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { limitsOf } from "./coverage/all.ts";
import { exactFigures, type ExactFigures } from "./metrics/exact.ts";
import { tell } from "./headline/all.ts";
import { reactionKinds, messageKindCounts, domains, languages } from "./metrics/content.ts";
import { heatOf, liveliest } from "./metrics/heat-map.ts";
import { welcomeOf } from "./metrics/newcomers.ts";
import { messagesIn, peopleOf, sortedMessages } from "./metrics/people.ts";
import { answersOf, countsOf, dailyOf, figuresOf, teamOf } from "./metrics/report.ts";
import { cohortsOf } from "./metrics/retention-cohorts.ts";
import { spacesOf, type SpaceFigures } from "./metrics/spaces-compared.ts";
import { lorenzOf } from "./metrics/spread.ts";
import { conversationGraph, topOf, type Graph, type TopMember } from "./metrics/talk.ts";
import type { Window } from "./metrics/window.ts";
import type { Audit, AuditQuery, Ref, Signal, Span } from "./model.ts";
import { findSignals } from "./signals/all.ts";
import { readMembers, readSpaces } from "./store/content.ts";
import { readEnds, readExactWindow, readTopAccounts, spacesNamed } from "./store/exact.ts";
import { openAudit, type Opened, type Place } from "./store/opened.ts";
import { readOrigin } from "./store/origin.ts";
import type { Days } from "./store/sheets.ts";

/** How many of those who write most are named. */
const TOP = 20;
/** More spaces than this are not compared on one page. */
const MOST_SPACES = 1000;
/** Below this many people the curve of inequality is a staircase. */
const FEWEST_ON_CURVE = 20;

function spanOf({ from, to }: Days): Span {
  return { from: dayToDate(from), to: dayToDate(to), days: to - from + 1 };
}

/** Everything that is told of single members and spaces, still by number. */
interface Numbered {
  readonly top: readonly TopMember[];
  readonly graph: Graph | undefined;
  readonly spaces: readonly SpaceFigures[];
  readonly spacesBefore: ReadonlyMap<number, SpaceFigures>;
  readonly signals: ReturnType<typeof findSignals>;
}

function numberedOf({ window, windowBefore, evidence }: Opened, segment: AuditQuery["segment"]): Numbered {
  return {
    top: topOf(window, TOP),
    graph: conversationGraph.measure(window),
    spaces: spacesOf(window).slice(0, MOST_SPACES),
    spacesBefore: new Map((windowBefore ? spacesOf(windowBefore) : []).map((figures) => [figures.space, figures])),
    signals: segment === "team" ? [] : findSignals(evidence),
  };
}

function membersNamed({ top, graph, signals }: Numbered): number[] {
  const numbers = [
    ...top.flatMap(({ member, mostTo }) => [member, ...mostTo]),
    ...(graph?.nodes ?? []).map(({ member }) => member),
    ...signals.flatMap(({ member }) => (member === undefined ? [] : [member])),
  ];
  return [...new Set(numbers)];
}

/** Names by number. A member or space that is gone keeps its place in the figures without a name. */
interface Names {
  member(number: number): Ref;
  space(number: number): Ref;
}

const NOBODY: Ref = { id: "00000000-0000-0000-0000-000000000000", name: "" };

function topWithNames({ top }: Numbered, window: Window, names: Names): Audit["top"] {
  const all = Math.max(1, messagesIn(window));
  return top.map(({ member, mostTo, messages, activeDays, repliesTo, repliedBy, role }) => ({
    member: names.member(member),
    messages,
    share: messages / all,
    activeDays,
    repliesTo,
    repliedBy,
    ...(role === undefined ? {} : { role }),
    to: mostTo.map((each) => names.member(each)),
  }));
}

function graphWithNames(graph: Graph | undefined, names: Names): Audit["graph"] {
  if (graph === undefined) return null;
  const places = new Map(graph.nodes.map(({ member }, place) => [member, place]));
  return {
    nodes: graph.nodes.map(({ member, messages, isNew }) => ({ member: names.member(member), messages, isNew })),
    edges: graph.edges.map(({ a, b, replies }) => ({ a: places.get(a) ?? 0, b: places.get(b) ?? 0, replies })),
  };
}

function spacesWithNames(
  { spaces, spacesBefore }: Numbered,
  names: Names,
  isCompared: boolean,
): Audit["spacesCompared"] {
  return spaces.map(({ space, ...figures }) => {
    const { messages = 0, members = 0 } = spacesBefore.get(space) ?? {};
    return { space: names.space(space), ...figures, ...(isCompared ? { before: { messages, members } } : {}) };
  });
}

function signalsWithNames({ signals }: Numbered, names: Names): Signal[] {
  return signals.map(({ kind, from, to, weight, facts, member, behind }) => {
    const who = member === undefined ? undefined : names.member(member);
    return {
      kind,
      from: dayToDate(from),
      to: dayToDate(to),
      weight,
      facts: { ...facts, ...(who === undefined ? {} : { name: who.name }) },
      behind: behind === "member" ? { kind: "member", member: (who ?? NOBODY).id } : behind,
    };
  });
}

async function namesOf({ run, community }: Place, numbered: Numbered, chosen: readonly number[]): Promise<Names> {
  const spaceNumbers = [...chosen, ...numbered.spaces.map(({ space }) => space)];
  const { members, spaces } = await run(async (tx) => ({
    members: await readMembers(tx, community, membersNamed(numbered)),
    spaces: await readSpaces(tx, community, spaceNumbers),
  }));
  return { member: (number) => members.get(number) ?? NOBODY, space: (number) => spaces.get(number) ?? NOBODY };
}

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

/** Answers "what is this community?" for a period, some spaces and a segment, compared with the period before. */
export async function audit(place: Place, query: AuditQuery): Promise<Audit> {
  const opened = await openAudit(place, query);
  const { ground, period, before, window, windowBefore, everybody } = opened;
  const numbered = numberedOf(opened, query.segment);
  const [names, origin] = await Promise.all([
    namesOf(place, numbered, ground.spaces),
    place.run((tx) => readOrigin(tx, place.community, query.spaces)),
  ]);
  return {
    period: spanOf(period),
    before: before ? spanOf(before) : null,
    history: ground.history ? spanOf(ground.history) : null,
    timeZone: place.timeZone,
    segment: query.segment,
    spaces: ground.spaces.map((number) => names.space(number)),
    spaceCount: numbered.spaces.length,
    madeAt: new Date(place.now).toISOString(),
    headline: tell({ now: window, ...(windowBefore ? { before: windowBefore } : {}) }),
    limits: ground.history ? limitsOf({ window, ...origin }) : [],
    ...measured(opened),
    top: topWithNames(numbered, window, names),
    graph: graphWithNames(numbered.graph, names),
    languages: countsOf(languages.measure(window)),
    domains: countsOf(domains.measure(window)),
    reactions: countsOf(reactionKinds.measure(window)),
    kinds: countsOf(messageKindCounts.measure(window)),
    spacesCompared: spacesWithNames(numbered, names, windowBefore !== undefined),
    signals: signalsWithNames(numbered, names),
    team: teamOf(everybody, window, ground),
  };
}

/** What the exact figures are asked about. Dates are days of UTC, both included; a space goes by its name or its platform's id. */
export interface ExactQuestion {
  readonly databases: Databases;
  readonly community: CommunityId;
  readonly space?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The figures of `./veche audit --json`. Instants are ISO text in UTC, null when nothing was written. */
export interface ExactAudit extends ExactFigures {
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  /** The ten who wrote most, by their account's id on the platform. */
  readonly topMembers: readonly { readonly externalId: string; readonly messages: number }[];
}

function dayAsked(date: string | undefined): number | undefined {
  const day = date === undefined ? undefined : dateToDay(date);
  if (date !== undefined && day === undefined) refuse("invalid", "analytics.not-a-date", { date });
  return day;
}

/** Measures the messages in scope, and nothing else, by the exact definitions that scripts rely on. Times are UTC. */
export async function exactAudit({ databases, community, space, ...dates }: ExactQuestion): Promise<ExactAudit> {
  const spaceIds = space === undefined ? [] : await spacesNamed(databases, community, space);
  if (space !== undefined && spaceIds.length === 0) refuse("not-found", "analytics.unknown-space", { space });
  const [from, to] = [dayAsked(dates.from), dayAsked(dates.to)];
  const scope = { spaceIds, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const window = await readExactWindow(databases, community, scope);
  const least = sortedMessages(window).at(-10) ?? 0;
  const people = peopleOf(window);
  const loudest = [...people.member]
    .map((member, row) => ({ member, messages: people.messages[row] ?? 0 }))
    .filter(({ messages }) => messages >= least);
  const { messages, members, ...figures } = exactFigures(window);
  const ends = await readEnds(databases, community, scope);
  return { messages, members, ...ends, topMembers: await readTopAccounts(databases, community, loudest), ...figures };
}
