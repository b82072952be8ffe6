import type { Segment } from "../model.ts";
import { flagsOf, onDays, onlyRows, type Arriving, type Sheet, type Writing } from "./sheet.ts";

/** A key with how often it was counted, such as a language with its messages. */
export interface Count {
  readonly key: string;
  readonly count: number;
}

/** What is counted row by row and not member by member. */
export interface Content {
  /** Messages by detected language (ISO 639-1). */
  readonly languages: readonly Count[];
  /** Links by domain. */
  readonly domains: readonly Count[];
  /** Reactions by emoji. */
  readonly reactions: readonly Count[];
  /** Messages by what they are besides text. */
  readonly kinds: readonly Count[];
  /** People who came and went according to the platform's own notices. */
  readonly moves: { readonly joined: number; readonly left: number; readonly removed: number };
}

export const noContent: Content = {
  languages: [],
  domains: [],
  reactions: [],
  kinds: [],
  moves: { joined: 0, left: 0, removed: 0 },
};

/** A stretch of days that metrics measure, already narrowed to the chosen spaces and segment. */
export interface Window {
  /** First and last local day, both included. */
  readonly from: number;
  readonly to: number;
  /** The first and last day on which anything was written in the chosen spaces, ever. */
  readonly historyFrom: number;
  readonly historyTo: number;
  /** Rows of the window alone. */
  readonly sheet: Sheet;
  /** Writing from `LEAD_IN` days before the window on, for metrics that look back from each day. */
  readonly longer: Writing;
  readonly content: Content;
  /** Whether this history holds any replies, reactions, arrivals or departures at all. */
  /** Numbers of the team and of bots: they may be replied to, but are nobody of those measured. */
  readonly outsiders: ReadonlySet<number>;
  readonly knows: { readonly replies: boolean; readonly reactions: boolean; readonly moves: boolean };
}

/** A month's look back, less the day itself. */
export const LEAD_IN = 29;

/** What is needed to cut windows: a sheet that begins `LEAD_IN` days before the earliest of them. */
export interface Source {
  readonly sheet: Sheet;
  readonly historyFrom: number;
  readonly historyTo: number;
  readonly outsiders: ReadonlySet<number>;
  readonly knows: Window["knows"];
}

/** Cuts the days `from` to `to` out of a source and narrows them to a segment. */
export function cutWindow(source: Source, days: { from: number; to: number }, content: Content = noContent): Window {
  const { from, to } = days;
  const { sheet } = source;
  return {
    from,
    to,
    historyFrom: source.historyFrom,
    historyTo: source.historyTo,
    sheet: {
      writing: onDays(sheet.writing, from, to),
      answering: onDays(sheet.answering, from, to),
      replying: onDays(sheet.replying, from, to),
      arriving: onDays(sheet.arriving, from, to),
    },
    longer: onDays(sheet.writing, from - LEAD_IN, to),
    content,
    outsiders: source.outsiders,
    knows: source.knows,
  };
}

/** The weeks of a window as windows of their own, oldest first; a rest shorter than a week at the beginning is left out. */
export function weeksOf(window: Window): Window[] {
  const known = weeks.get(window);
  if (known) return known;
  const count = Math.floor((window.to - window.from + 1) / 7);
  const source = { ...window, sheet: { ...window.sheet, writing: window.longer } };
  const cut = Array.from({ length: count }, (_, i) => {
    const from = window.to - 7 * (count - i) + 1;
    return cutWindow(source, { from, to: from + 6 });
  });
  weeks.set(window, cut);
  return cut;
}
const weeks = new WeakMap<Window, Window[]>();

/** Members who wrote in at least half of the window's weeks. */
function regularsOf({ writing }: Sheet, from: number, to: number): Set<number> {
  const needed = Math.ceil(Math.ceil((to - from + 1) / 7) / 2);
  const lastWeek = new Map<number, number>();
  const active = new Map<number, number>();
  for (let row = 0; row < writing.day.length; row += 1) {
    const member = writing.member[row] ?? 0;
    const week = Math.floor(((writing.day[row] ?? 0) - from) / 7);
    if (lastWeek.get(member) === week) continue;
    lastWeek.set(member, week);
    active.set(member, (active.get(member) ?? 0) + 1);
  }
  return new Set([...active].filter(([, count]) => count >= needed).map(([member]) => member));
}

function membersOf(window: Window, segment: Segment): Uint8Array | undefined {
  if (segment === "newcomers") return flagsOf(window.sheet.arriving.member);
  if (segment === "regulars") return flagsOf(regularsOf(window.sheet, window.from, window.to));
  return undefined;
}

/** The same window with only those messages, questions, replies and arrivals whose author belongs to the segment. */
export function narrowTo(window: Window, segment: Segment): Window {
  const members = membersOf(window, segment);
  if (members === undefined) return window;
  const { writing, answering, replying, arriving } = window.sheet;
  const longer = onlyRows(window.longer, (row) => members[window.longer.member[row] ?? 0] === 1);
  return {
    ...window,
    longer,
    sheet: {
      writing: onlyRows(writing, (row) => members[writing.member[row] ?? 0] === 1),
      answering: onlyRows(answering, (row) => members[answering.member[row] ?? 0] === 1),
      replying: onlyRows(replying, (row) => members[replying.from[row] ?? 0] === 1),
      arriving: onlyRows(arriving, (row) => members[arriving.member[row] ?? 0] === 1),
    },
  };
}

/** Arrivals as they look from inside a stretch of writing: each member on the first day they have in it, answers unknown. */
export function arrivalsWithin(writing: Writing): Arriving {
  const seen = new Set<number>();
  const day: number[] = [];
  const member: number[] = [];
  for (let row = 0; row < writing.day.length; row += 1) {
    const number = writing.member[row] ?? 0;
    if (number === 0 || seen.has(number)) continue;
    seen.add(number);
    day.push(writing.day[row] ?? 0);
    member.push(number);
  }
  return { day: Int32Array.from(day), member: Uint32Array.from(member), delay: new Int32Array(day.length).fill(-1) };
}
