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
 * Three numbers for each member: messages, active days, last day. All zero between two gatherings. Kept, because a table
 * for each window would be larger, and longer in the making, than all that is told of a quiet week.
 */
let scratch = new Int32Array(3 * 1024);
const FIELDS = 3;

/**
 * Sums the rows into the table and tells who is met, in the order in which they first are. Without a branch: whether
 * somebody is met again cannot be foreseen, and a processor that guesses wrong loses more time than all the rest takes.
 */
function meet({ day, member, messages }: Window["sheet"]["present"], table: Int32Array): Uint32Array {
  const met = new Uint32Array(member.length + 1);
  let count = 0;
  for (let row = 0; row < member.length; row += 1) {
    const number = member[row] ?? 0;
    const at = number * FIELDS;
    const days = table[at + 1] ?? 0;
    met[count] = number;
    // 1 for somebody without a day so far: only then the sign bit is set.
    count += (days - 1) >>> 31;
    table[at] = (table[at] ?? 0) + (messages[row] ?? 0);
    table[at + 1] = days + 1;
    table[at + 2] = day[row] ?? 0;
  }
  return met.subarray(0, count);
}

function gather({ sheet: { present } }: Window): People {
  const size = (largest(present.member) + 1) * FIELDS;
  if (scratch.length < size) scratch = new Int32Array(size * 2);
  const table = scratch;
  const met = meet(present, table);
  table.fill(0, 0, FIELDS);
  const member = met.includes(0) ? met.filter((number) => number !== 0) : met.slice();
  const count = member.length;
  const messages = new Uint32Array(count);
  const activeDays = new Uint16Array(count);
  const lastDay = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const at = (member[row] ?? 0) * FIELDS;
    messages[row] = table[at] ?? 0;
    activeDays[row] = table[at + 1] ?? 0;
    lastDay[row] = table[at + 2] ?? 0;
    table[at] = 0;
    table[at + 1] = 0;
  }
  return { count, member, messages, activeDays, lastDay };
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
