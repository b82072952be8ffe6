import type { MemberRole } from "../model.ts";
import { metric, teamAndBots } from "./metric.ts";
import { peopleOf, sortedMessages } from "./people.ts";
import { flagsOf, largest, ofCircle } from "./sheet.ts";
import type { Window } from "./window.ts";

/** One of those who write most. Members are numbers of the sheet. */
export interface TopMember {
  readonly member: number;
  readonly messages: number;
  readonly activeDays: number;
  /** How many other people they replied to, and how many replied to them. */
  readonly repliesTo: number;
  readonly repliedBy: number;
  /** Members they replied to most, at most three. */
  readonly mostTo: readonly number[];
  readonly role?: MemberRole;
}

/** Those somebody talked to in one direction. */
interface Circle {
  /** How many different people. */
  readonly people: number;
  /** Whom most, at most three. */
  readonly most: readonly number[];
  readonly replies: number;
}

interface Contacts {
  readonly to: Circle;
  readonly by: Circle;
  readonly toNewcomers: number;
}

/** So many of those whom a person answers most are named. */
const NAMED = 3;

/** For each of the members, with whom their replies were: the others, a reply each. `mine` and `other` are columns. */
function othersOf(members: readonly number[], replies: { mine: Uint32Array; other: Uint32Array }): Uint32Array[] {
  const { mine, other } = replies;
  const places = new Uint32Array(Math.max(largest(mine), ...members) + 1);
  members.forEach((member, place) => (places[member] = place + 1));
  const lengths = new Uint32Array(members.length + 1);
  for (let row = 0; row < mine.length; row += 1) {
    const place = places[mine[row] ?? 0] ?? 0;
    if (place !== 0) lengths[place] = (lengths[place] ?? 0) + 1;
  }
  const others = Array.from(members, (_, place) => new Uint32Array(lengths[place + 1] ?? 0));
  lengths.fill(0);
  for (let row = 0; row < mine.length; row += 1) {
    const place = places[mine[row] ?? 0] ?? 0;
    if (place === 0) continue;
    const at = lengths[place] ?? 0;
    const list = others[place - 1];
    if (list !== undefined) list[at] = other[row] ?? 0;
    lengths[place] = at + 1;
  }
  return others;
}

/** How many and whom most. `counts` has a zero for each member, and has it again afterwards. */
function circleOf(others: Uint32Array, counts: Uint32Array): Circle {
  const met: number[] = [];
  for (const other of others) {
    const before = counts[other] ?? 0;
    if (before === 0) met.push(other);
    counts[other] = before + 1;
  }
  const most: number[] = [];
  const isBehind = (a: number, b: number): number => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b;
  for (const other of met) {
    if (most.length === NAMED && isBehind(other, most.at(-1) ?? 0) > 0) continue;
    most.push(other);
    most.sort(isBehind).splice(NAMED);
  }
  for (const other of met) counts[other] = 0;
  return { people: met.length, most, replies: others.length };
}

interface Replies {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

const measured = new WeakMap<Window, Replies>();

/** Replies to the members measured: those to the team and bots are left out. */
function repliesAmong(window: Window): Replies {
  const found = measured.get(window);
  if (found) return found;
  const { from, to } = window.sheet.replying;
  const among = ofCircle({ from, to }, to, { flags: flagsOf(window.outsiders), isInside: false });
  measured.set(window, among);
  return among;
}

function contactsOf(window: Window, members: readonly number[]): Contacts[] {
  const newcomers = flagsOf(window.sheet.arriving.member);
  const { from, to } = repliesAmong(window);
  const counts = new Uint32Array(Math.max(largest(from), largest(to)) + 1);
  const given = othersOf(members, { mine: from, other: to });
  const received = othersOf(members, { mine: to, other: from });
  return members.map((_, place) => {
    const [answered, answering] = [given[place] ?? new Uint32Array(), received[place] ?? new Uint32Array()];
    return {
      to: circleOf(answered, counts),
      by: circleOf(answering, counts),
      toNewcomers: answered.reduce((sum, other) => sum + (newcomers[other] ?? 0), 0),
    };
  });
}

/** A role is named only from this many replies on. */
const ROLE_FROM = 10;

function roleOf(messages: number, { to, by, toNewcomers }: Contacts): MemberRole | undefined {
  const [given, received] = [to.replies, by.replies];
  if (given + received < ROLE_FROM) return undefined;
  if (toNewcomers >= ROLE_FROM && toNewcomers * 3 >= given) return "answers-newcomers";
  if (given * 2 >= messages) return "answers";
  if (received >= given * 2) return "starts";
  return to.people >= 20 && by.people >= 20 ? "connects" : undefined;
}

/** The rows of those who wrote most. */
function loudest(window: Window, count: number): number[] {
  const { messages } = peopleOf(window);
  const least = sortedMessages(window).at(-count) ?? 0;
  const rows: number[] = [];
  for (let row = 0; row < messages.length; row += 1) if ((messages[row] ?? 0) >= least) rows.push(row);
  return rows.sort((a, b) => (messages[b] ?? 0) - (messages[a] ?? 0) || a - b).slice(0, count);
}

/** Those who wrote most, with the people they talk to. The same number of messages: whoever was there on an earlier day stays first. */
export function topOf(window: Window, count: number): TopMember[] {
  const people = peopleOf(window);
  const rows = loudest(window, count);
  const members = rows.map((row) => people.member[row] ?? 0);
  const contacts = contactsOf(window, members);
  return rows.map((row, rank) => {
    const messages = people.messages[row] ?? 0;
    const met = contacts[rank];
    const role = met === undefined ? undefined : roleOf(messages, met);
    return {
      member: members[rank] ?? 0,
      messages,
      activeDays: people.activeDays[row] ?? 0,
      repliesTo: met?.to.people ?? 0,
      repliedBy: met?.by.people ?? 0,
      mostTo: met?.to.most ?? [],
      ...(role === undefined ? {} : { role }),
    };
  });
}

/** The conversation among those who are most in it. */
export interface Graph {
  readonly nodes: readonly { readonly member: number; readonly messages: number; readonly isNew: boolean }[];
  /** Replies between two people in both directions together; `a` and `b` are members. */
  readonly edges: readonly { readonly a: number; readonly b: number; readonly replies: number }[];
}

/** More people than this cannot be read as a drawing. */
const DRAWN = 40;
/** An edge this weak is an accident. */
const WEAKEST = 2;

/** Replies given and received together, by member number. */
function degreesOf({ from, to }: Replies): Uint32Array {
  const degrees = new Uint32Array(Math.max(largest(from), largest(to)) + 1);
  for (let row = 0; row < from.length; row += 1) {
    const giver = from[row] ?? 0;
    const taker = to[row] ?? 0;
    degrees[giver] = (degrees[giver] ?? 0) + 1;
    degrees[taker] = (degrees[taker] ?? 0) + 1;
  }
  return degrees;
}

/** The degree that the forty with most have at least; 1 when there are fewer. */
function leastOfCore(degrees: Uint32Array): number {
  const having = new Uint32Array(largest(degrees) + 1);
  for (let member = 0; member < degrees.length; member += 1) {
    const degree = degrees[member] ?? 0;
    having[degree] = (having[degree] ?? 0) + 1;
  }
  let count = 0;
  for (let degree = having.length - 1; degree > 1; degree -= 1) {
    count += having[degree] ?? 0;
    if (count >= DRAWN) return degree;
  }
  return 1;
}

function coreOf(degrees: Uint32Array): number[] {
  const least = leastOfCore(degrees);
  const core: number[] = [];
  for (let member = 0; member < degrees.length; member += 1) if ((degrees[member] ?? 0) >= least) core.push(member);
  return core.sort((a, b) => (degrees[b] ?? 0) - (degrees[a] ?? 0) || a - b).slice(0, DRAWN);
}

/** Replies between each two of the core, the most first. */
function edgesOf({ from, to }: Replies, core: readonly number[]): Graph["edges"] {
  const places = new Uint8Array(Math.max(largest(from), largest(to)) + 1);
  core.forEach((member, place) => (places[member] = place + 1));
  const width = core.length + 1;
  const replies = new Uint32Array(width * width);
  for (let row = 0; row < from.length; row += 1) {
    const giver = places[from[row] ?? 0] ?? 0;
    const taker = places[to[row] ?? 0] ?? 0;
    if (giver === 0 || taker === 0) continue;
    const pair = giver * width + taker;
    replies[pair] = (replies[pair] ?? 0) + 1;
  }
  return core
    .flatMap((one, i) =>
      core.slice(i + 1).map((other, j) => {
        const [here, there] = [i + 1, i + j + 2];
        const both = (replies[here * width + there] ?? 0) + (replies[there * width + here] ?? 0);
        return { a: Math.min(one, other), b: Math.max(one, other), replies: both };
      }),
    )
    .filter((edge) => edge.replies >= WEAKEST)
    .sort((x, y) => y.replies - x.replies || x.a - y.a || x.b - y.b);
}

/** The forty people with most replies given and received, and who replies to whom among them. */
export function graphOf(window: Window): Graph {
  const among = repliesAmong(window);
  const core = coreOf(degreesOf(among));
  const inside = flagsOf(core);
  const edges = edgesOf(among, core);
  const people = peopleOf(window);
  const written = new Map<number, number>();
  for (let row = 0; row < people.count; row += 1) {
    const member = people.member[row] ?? 0;
    if (inside[member] === 1) written.set(member, people.messages[row] ?? 0);
  }
  const newcomers = flagsOf(window.sheet.arriving.member);
  const nodes = core.map((member) => ({
    member,
    messages: written.get(member) ?? 0,
    isNew: newcomers[member] === 1,
  }));
  return { nodes, edges };
}

/** Those who write most and whom they talk to. */
export const topMembers = metric<readonly TopMember[]>({
  name: "top-members",
  version: 1,
  unit: "messages",
  better: "neither",
  window: "period",
  formula: "members by messages, descending; contacts = |{other : replied to or by}|",
  excludes: [...teamAndBots, "no-author", "own-replies"],
  needs: ["messages"],
  source: "Orbit, Reach",
  measure: (window) => topOf(window, 20),
});

/** Who talks to whom in the middle of the community. */
export const conversationGraph = metric<Graph>({
  name: "conversation-graph",
  version: 1,
  unit: "replies",
  better: "neither",
  window: "period",
  formula: "edge {a, b} = replies a → b + replies b → a ≥ 2; the 40 people with most replies",
  excludes: [...teamAndBots, "own-replies"],
  needs: ["replies"],
  source: "reply network; Orbit, Reach",
  measure: (window) => (window.knows.replies ? graphOf(window) : undefined),
});
