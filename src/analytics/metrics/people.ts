import { largest } from "./sheet.ts";
import type { Window } from "./window.ts";

/** What each member of a window did in it; row `i` of every column is the same member. */
export interface People {
  readonly count: number;
  readonly member: Uint32Array;
  readonly messages: Uint32Array;
  readonly activeDays: Uint16Array;
  readonly lastDay: Int32Array;
  /** The row of a member's number, or -1. */
  rowOf(member: number): number;
}

const known = new WeakMap<Window, People>();

function gather({ sheet: { writing } }: Window): People {
  const rows = new Int32Array(largest(writing.member) + 1).fill(-1);
  const size = Math.min(writing.member.length, rows.length);
  const member = new Uint32Array(size);
  const messages = new Uint32Array(size);
  const activeDays = new Uint16Array(size);
  const lastDay = new Int32Array(size).fill(-2_147_483_648);
  let count = 0;
  for (let row = 0; row < writing.member.length; row += 1) {
    const number = writing.member[row] ?? 0;
    if (number === 0) continue;
    let at = rows[number] ?? -1;
    if (at < 0) {
      at = count;
      rows[number] = at;
      member[at] = number;
      count += 1;
    }
    messages[at] = (messages[at] ?? 0) + (writing.messages[row] ?? 0);
    const day = writing.day[row] ?? 0;
    if (lastDay[at] !== day) {
      lastDay[at] = day;
      activeDays[at] = (activeDays[at] ?? 0) + 1;
    }
  }
  return {
    count,
    member: member.subarray(0, count),
    messages: messages.subarray(0, count),
    activeDays: activeDays.subarray(0, count),
    lastDay: lastDay.subarray(0, count),
    rowOf: (number) => rows[number] ?? -1,
  };
}

/** Counts the members of a window once, however many metrics ask. Messages without an author belong to nobody here. */
export function peopleOf(window: Window): People {
  const found = known.get(window) ?? gather(window);
  known.set(window, found);
  return found;
}

/** How many messages were written in the window, those without an author included. */
export function messagesIn(window: Window): number {
  const known = written.get(window);
  if (known !== undefined) return known;
  const { messages } = window.sheet.writing;
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
  const { arriving, writing } = window.sheet;
  const days = new Int32Array(Math.max(largest(arriving.member), largest(writing.member)) + 1).fill(NEVER);
  for (let row = 0; row < arriving.day.length; row += 1) days[arriving.member[row] ?? 0] = arriving.day[row] ?? NEVER;
  arrived.set(window, days);
  return days;
}
const arrived = new WeakMap<Window, Int32Array>();
