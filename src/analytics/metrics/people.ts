import { largest } from "./sheet.ts";
import type { Window } from "./window.ts";

/** What each member of a window did in it; row `i` of every column is the same member. */
export interface People {
  readonly count: number;
  readonly member: Uint32Array;
  readonly messages: Uint32Array;
  readonly activeDays: Uint16Array;
  readonly lastDay: Int32Array;
}

const known = new WeakMap<Window, People>();

/**
 * For each member number, a row of the people gathered last, plus `scratchBase`: what is smaller is left over from
 * others. A table for each window would be larger, and longer in the making, than all that is told of a quiet week.
 */
let scratch = new Int32Array(1024);
let scratchBase = 1;
const FULL = 2_000_000_000;

function scratchFor(members: number, rows: number): { table: Int32Array; base: number } {
  if (scratch.length < members) scratch = new Int32Array(members * 2);
  else if (scratchBase + rows > FULL) {
    scratch.fill(0);
    scratchBase = 1;
  }
  const base = scratchBase;
  scratchBase += rows;
  return { table: scratch, base };
}

function gather({ sheet: { present } }: Window): People {
  const rows = present.member.length;
  const { table, base } = scratchFor(largest(present.member) + 1, rows);
  const member = new Uint32Array(rows);
  const messages = new Uint32Array(rows);
  const activeDays = new Uint16Array(rows);
  const lastDay = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const number = present.member[row] ?? 0;
    if (number === 0) continue;
    let at = (table[number] ?? 0) - base;
    if (at < 0) {
      at = count;
      table[number] = base + at;
      member[at] = number;
      count += 1;
    }
    messages[at] = (messages[at] ?? 0) + (present.messages[row] ?? 0);
    lastDay[at] = present.day[row] ?? 0;
    activeDays[at] = (activeDays[at] ?? 0) + 1;
  }
  return {
    count,
    member: member.slice(0, count),
    messages: messages.slice(0, count),
    activeDays: activeDays.slice(0, count),
    lastDay: lastDay.slice(0, count),
  };
}

/** Counts the members of a window once, however many metrics ask. Messages without an author belong to nobody here. */
export function peopleOf(window: Window): People {
  const found = known.get(window) ?? gather(window);
  known.set(window, found);
  return found;
}

/** What of a window is needed to list people: little, so that it can be kept. */
export interface Crowd {
  readonly people: People;
  /** Those who arrived in the window. */
  readonly arrived: Uint32Array;
  /** The last day of the window on which anything could be known. */
  readonly end: number;
}

/** Who was there in a window. */
export function crowdOf(window: Window): Crowd {
  const { member } = window.sheet.arriving;
  return { people: peopleOf(window), arrived: member, end: Math.min(window.to, window.historyTo) };
}

/** How many messages were written in the window, those without an author included. */
export function messagesIn(window: Window): number {
  const known = written.get(window);
  if (known !== undefined) return known;
  const { messages } = window.sheet.present;
  let sum = 0;
  for (let row = 0; row < messages.length; row += 1) sum += messages[row] ?? 0;
  written.set(window, sum);
  return sum;
}

const written = new WeakMap<Window, number>();

/** How many messages each member wrote, ascending. */
export function sortedMessages(window: Window): Uint32Array {
  const found = sorted.get(window) ?? peopleOf(window).messages.slice().sort();
  sorted.set(window, found);
  return found;
}
const sorted = new WeakMap<Window, Uint32Array>();

/** Stands for the arrival of those who arrived at another time: no day is this late. */
export const NEVER = 2_000_000_000;

/** The day on which each member arrived in the window, by member number; `NEVER` for everybody else. */
export function arrivalDays(window: Window): Int32Array {
  const found = arrived.get(window);
  if (found) return found;
  const { arriving, present } = window.sheet;
  const days = new Int32Array(Math.max(largest(arriving.member), largest(present.member)) + 1).fill(NEVER);
  for (let row = 0; row < arriving.day.length; row += 1) days[arriving.member[row] ?? 0] = arriving.day[row] ?? NEVER;
  arrived.set(window, days);
  return days;
}
const arrived = new WeakMap<Window, Int32Array>();
