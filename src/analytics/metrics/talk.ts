import type { MemberRole } from "../model.ts";
import { metric, teamAndBots } from "./metric.ts";
import { peopleOf, sortedMessages } from "./people.ts";
import { flagsOf, largest } from "./sheet.ts";
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

interface Contacts {
  /** How often they replied to each. */
  readonly to: Map<number, number>;
  readonly by: Set<number>;
  given: number;
  received: number;
  toNewcomers: number;
}

function contactsOf({ sheet, outsiders }: Window, members: readonly number[]): Map<number, Contacts> {
  const contacts = new Map(
    members.map((member): [number, Contacts] => [
      member,
      { to: new Map(), by: new Set(), given: 0, received: 0, toNewcomers: 0 },
    ]),
  );
  const newcomers = flagsOf(sheet.arriving.member);
  const named = flagsOf(members);
  const aside = flagsOf(outsiders);
  const { from, to } = sheet.replying;
  for (let row = 0; row < from.length; row += 1) {
    const writer = from[row] ?? 0;
    const answered = to[row] ?? 0;
    if (aside[answered] === 1 || (named[writer] !== 1 && named[answered] !== 1)) continue;
    const giver = contacts.get(writer);
    if (giver) {
      giver.to.set(answered, (giver.to.get(answered) ?? 0) + 1);
      giver.given += 1;
      if (newcomers[answered] === 1) giver.toNewcomers += 1;
    }
    const taker = contacts.get(answered);
    if (taker) {
      taker.by.add(writer);
      taker.received += 1;
    }
  }
  return contacts;
}

/** So many of those whom a person answers most are named. */
const NAMED = 3;
/** A role is named only from this many replies on. */
const ROLE_FROM = 10;

function roleOf(messages: number, contacts: Contacts): MemberRole | undefined {
  const { given, received, toNewcomers } = contacts;
  if (given + received < ROLE_FROM) return undefined;
  if (toNewcomers >= ROLE_FROM && toNewcomers * 3 >= given) return "answers-newcomers";
  if (given * 2 >= messages) return "answers";
  if (received >= given * 2) return "starts";
  return contacts.to.size >= 20 && contacts.by.size >= 20 ? "connects" : undefined;
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
    const member = members[rank] ?? 0;
    const messages = people.messages[row] ?? 0;
    const met = contacts.get(member);
    const role = met === undefined ? undefined : roleOf(messages, met);
    return {
      member,
      messages,
      activeDays: people.activeDays[row] ?? 0,
      repliesTo: met?.to.size ?? 0,
      repliedBy: met?.by.size ?? 0,
      mostTo: [...(met?.to ?? [])]
        .sort(([a, x], [b, y]) => y - x || a - b)
        .slice(0, NAMED)
        .map(([other]) => other),
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
function degreesOf({ sheet: { replying }, outsiders }: Window): Uint32Array {
  const aside = flagsOf(outsiders);
  const { from, to } = replying;
  const degrees = new Uint32Array(Math.max(largest(from), largest(to)) + 1);
  for (let row = 0; row < from.length; row += 1) {
    const giver = from[row] ?? 0;
    const taker = to[row] ?? 0;
    if (aside[taker] === 1) continue;
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

/** The forty people with most replies given and received, and who replies to whom among them. */
export function graphOf(window: Window): Graph {
  const core = coreOf(degreesOf(window));
  const inside = flagsOf(core);
  const { from, to } = window.sheet.replying;
  const pairs = new Map<string, { a: number; b: number; replies: number }>();
  for (let row = 0; row < from.length; row += 1) {
    const giver = from[row] ?? 0;
    const taker = to[row] ?? 0;
    if (inside[giver] !== 1 || inside[taker] !== 1) continue;
    const a = Math.min(giver, taker);
    const b = Math.max(giver, taker);
    const pair = pairs.get(`${a} ${b}`) ?? { a, b, replies: 0 };
    pair.replies += 1;
    pairs.set(`${a} ${b}`, pair);
  }
  const edges = [...pairs.values()]
    .filter(({ replies }) => replies >= WEAKEST)
    .sort((x, y) => y.replies - x.replies || x.a - y.a || x.b - y.b);
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
