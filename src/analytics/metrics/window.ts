import type { Segment } from "../model.ts";
import {
  largest,
  flagsOf,
  ofCircle,
  onDays,
  sheetOfCircle,
  type Arriving,
  type Circle,
  type Present,
  type Sheet,
} from "./sheet.ts";

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
  /** Who was there from `LEAD_IN` days before the window on, for metrics that look back from each day. */
  readonly longer: Present;
  readonly content: Content;
  /** Numbers of the team and of bots: they may be replied to, but are nobody of those measured. */
  readonly outsiders: ReadonlySet<number>;
  /** Whether this history holds any replies, reactions, arrivals or departures at all. */
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
      present: onDays(sheet.present, from, to),
      writing: onDays(sheet.writing, from, to),
      answering: onDays(sheet.answering, from, to),
      replying: onDays(sheet.replying, from, to),
      arriving: onDays(sheet.arriving, from, to),
    },
    longer: onDays(sheet.present, from - LEAD_IN, to),
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
  const source = { ...window, sheet: { ...window.sheet, present: window.longer } };
  const cut = Array.from({ length: count }, (_, i) => {
    const from = window.to - 7 * (count - i) + 1;
    return cutWindow(source, { from, to: from + 6 });
  });
  weeks.set(window, cut);
  return cut;
}
const weeks = new WeakMap<Window, Window[]>();

/** Flags of members who wrote in at least half of the window's weeks. */
function regularsOf({ present }: Sheet, from: number, to: number): Uint8Array {
  const needed = Math.ceil(Math.ceil((to - from + 1) / 7) / 2);
  const { day, member: writer } = present;
  const members = largest(writer) + 1;
  const lastWeek = new Int16Array(members).fill(-1);
  const weeks = new Uint16Array(members);
  for (let row = 0; row < day.length; row += 1) {
    const member = writer[row] ?? 0;
    const week = Math.floor(((day[row] ?? 0) - from) / 7);
    if (lastWeek[member] === week) continue;
    lastWeek[member] = week;
    weeks[member] = (weeks[member] ?? 0) + 1;
  }
  const flags = new Uint8Array(members);
  for (let member = 0; member < members; member += 1) flags[member] = (weeks[member] ?? 0) >= needed ? 1 : 0;
  return flags;
}

function circleOf(window: Window, segment: Segment): Circle | undefined {
  if (segment === "newcomers") return { flags: flagsOf(window.sheet.arriving.member), isInside: true };
  if (segment === "regulars") return { flags: regularsOf(window.sheet, window.from, window.to), isInside: true };
  return undefined;
}

/** The same window with only those messages, questions, replies and arrivals whose author belongs to the segment. */
export function narrowTo(window: Window, segment: Segment): Window {
  const circle = circleOf(window, segment);
  if (circle === undefined) return window;
  const longer = ofCircle(window.longer, window.longer.member, circle);
  return { ...window, longer, sheet: sheetOfCircle(window.sheet, circle) };
}

/** Arrivals as they look from inside a stretch: each member on the first day they have in it, answers unknown. */
export function arrivalsWithin(present: Present): Arriving {
  const seen = new Set<number>();
  const day: number[] = [];
  const member: number[] = [];
  for (let row = 0; row < present.day.length; row += 1) {
    const number = present.member[row] ?? 0;
    if (number === 0 || seen.has(number)) continue;
    seen.add(number);
    day.push(present.day[row] ?? 0);
    member.push(number);
  }
  return { day: Int32Array.from(day), member: Uint32Array.from(member), delay: new Int32Array(day.length).fill(-1) };
}
