import { dateToDay, dayToDate } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { limitsOf } from "./coverage/all.ts";
import { metrics } from "./metrics/all.ts";
import { exactFigures, type ExactFigures } from "./metrics/exact.ts";
import { peopleOf, sortedMessages } from "./metrics/people.ts";
import type { Graph } from "./metrics/talk.ts";
import type { Audit, AuditQuery, BroughtNumbers, BroughtQuery, Definition, Ref, Signal } from "./model.ts";
import { readMembers, readSpaces } from "./store/content.ts";
import { readBrought } from "./store/daily-numbers.ts";
import { readEnds, readExactWindow, readTopAccounts, spacesNamed } from "./store/exact.ts";
import type { Place } from "./store/opened.ts";
import { segmentName } from "#src/members/queries.ts";
import { readOrigin } from "./store/origin.ts";
import { reportOf, type Numbered, type Report } from "./store/reports.ts";

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

function topWithNames({ top, messages: written }: Numbered, names: Names): Audit["top"] {
  const all = Math.max(1, written);
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

/** What is put beside the numbers of a report. */
export interface Beside {
  readonly names: Names;
  readonly origin: Awaited<ReturnType<typeof readOrigin>>;
  readonly savedSegment: Audit["savedSegment"];
}

async function readBeside(
  { run, community }: Place,
  { numbered, chosen }: Report,
  { spaces: spaceIds, savedSegment: id }: AuditQuery,
): Promise<Beside> {
  const spaceNumbers = [...chosen, ...numbered.spaces.map(({ space }) => space)];
  const { members, spaces, origin, savedSegment } = await run(async (tx) => ({
    members: await readMembers(tx, community, membersNamed(numbered)),
    spaces: await readSpaces(tx, community, spaceNumbers),
    origin: await readOrigin(tx, community, spaceIds),
    // Without the segment there would be no report to put a name to.
    savedSegment: id === undefined ? null : { id, name: (await segmentName(tx, community, id)) ?? "" },
  }));
  const names = {
    member: (number: number) => members.get(number) ?? NOBODY,
    space: (number: number) => spaces.get(number) ?? NOBODY,
  };
  return { names, origin, savedSegment };
}

/** The audit that a report and what is put beside it make. Pure. */
export function auditOf(
  { numbered, told, sight, chosen }: Report,
  { names, origin, savedSegment }: Beside,
  { timeZone, now }: Pick<Place, "timeZone" | "now">,
): Audit {
  return {
    ...told,
    timeZone,
    spaces: chosen.map((number) => names.space(number)),
    savedSegment,
    madeAt: new Date(now).toISOString(),
    limits: told.history === null ? [] : limitsOf({ window: sight, ...origin }),
    top: topWithNames(numbered, names),
    graph: graphWithNames(numbered.graph, names),
    spacesCompared: spacesWithNames(numbered, names, told.before !== null),
    signals: signalsWithNames(numbered, names),
  };
}

/** Answers "what is this community?" for a period, some spaces and a segment, compared with the period before. */
export async function audit(place: Place, query: AuditQuery): Promise<Audit> {
  const report = await reportOf(place, query);
  return auditOf(report, await readBeside(place, report, query), place);
}

/** What was brought as a table of numbers, day by day; only the metrics of which there are any in the period. */
export function broughtNumbers(place: Place, query: BroughtQuery): Promise<BroughtNumbers> {
  return readBrought(place, query);
}

/** How every number of an audit is counted. */
export function metricDefinitions(): Definition[] {
  return metrics.map(({ name, version, unit, formula, window, excludes, needs, source }) => ({
    name,
    version,
    unit,
    formula,
    window,
    excludes: [...excludes],
    needs: [...needs],
    source,
  }));
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
