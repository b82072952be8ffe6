/**
 * What happened in a community on consecutive local days, in columns: row `i` of every column belongs together, and
 * rows are sorted by day. A year of a million messages fits in a few megabytes and is counted in milliseconds.
 * Members and spaces are small numbers here (0 is nobody); days are local calendar days as in `base/clock`.
 */
export interface Sheet {
  readonly writing: Writing;
  readonly answering: Answering;
  readonly replying: Replying;
  readonly arriving: Arriving;
}

/** Who wrote how many messages in which space at which local hour of which day. */
export interface Writing {
  readonly day: Int32Array;
  readonly member: Uint32Array;
  readonly space: Uint16Array;
  /** 0 to 23 on the community's wall clock. */
  readonly hour: Uint8Array;
  readonly messages: Uint32Array;
}

/** Each message that somebody else answered, and each question, on the day it was written. */
export interface Answering {
  readonly day: Int32Array;
  /** Who wrote the message or asked the question. */
  readonly member: Uint32Array;
  readonly space: Uint16Array;
  readonly isQuestion: Uint8Array;
  /** Seconds from the message to the first answer by another person; `UNANSWERED` when none came in time. */
  readonly delay: Int32Array;
}

/** Every reply: who replied to whom, on the day of the reply. Replies to oneself are left out. */
export interface Replying {
  readonly day: Int32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly space: Uint16Array;
}

/** Members on the day of the first message they ever wrote in the spaces looked at; each member at most once. */
export interface Arriving {
  readonly day: Int32Array;
  readonly member: Uint32Array;
  /** Seconds from the first message to the first answer by another person; `UNANSWERED` when none came in time. */
  readonly delay: Int32Array;
}

/** Stands for a delay that never ended. */
export const UNANSWERED = -1;
/** An answer that comes later than this many days after the message is not counted as its answer. */
export const ANSWER_DAYS = 7;

type Column = Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** The first row whose day is at least `day`. */
export function rowOfDay(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of the days `from` to `to`, both included, without copying. */
export function onDays<Table extends { readonly day: Int32Array }>(table: Table, from: number, to: number): Table {
  const first = rowOfDay(table.day, from);
  const end = rowOfDay(table.day, to + 1);
  const cut = Object.entries(table).map(([name, column]: [string, Column]) => [name, column.subarray(first, end)]);
  // Object.entries forgets which column is which; cutting each changes neither its name nor its type.
  return Object.fromEntries(cut) as Table;
}

/** Stretches of rows side by side for which `wanted` says yes: first row, row after the last, and so on. */
function runsOf(rows: number, wanted: (row: number) => boolean): { runs: number[]; count: number } {
  const runs: number[] = [];
  let count = 0;
  let start = -1;
  for (let row = 0; row <= rows; row += 1) {
    const isWanted = row < rows && wanted(row);
    if (isWanted && start < 0) start = row;
    if (!isWanted && start >= 0) {
      runs.push(start, row);
      count += row - start;
      start = -1;
    }
  }
  return { runs, count };
}

function copyRuns(column: Column, runs: readonly number[], count: number): Column {
  const copy = column.slice(0, count);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const [start = 0, end = 0] = [runs[i], runs[i + 1]];
    copy.set(column.subarray(start, end), at);
    at += end - start;
  }
  return copy;
}

/** The rows for which `wanted` says yes, in the same order. Cheap when few are not: what lies side by side is copied at once. */
export function onlyRows<Table extends { readonly day: Int32Array }>(
  table: Table,
  wanted: (row: number) => boolean,
): Table {
  const { runs, count } = runsOf(table.day.length, wanted);
  if (count === table.day.length) return table;
  const cut = Object.entries(table).map(([name, column]: [string, Column]) => [name, copyRuns(column, runs, count)]);
  // As above: same names, same types, fewer rows.
  return Object.fromEntries(cut) as Table;
}

/** The largest number in a column; 0 for none. */
export function largest(numbers: Uint32Array): number {
  let top = 0;
  for (let row = 0; row < numbers.length; row += 1) {
    const number = numbers[row] ?? 0;
    if (number > top) top = number;
  }
  return top;
}

/** A set of small numbers as flags, which is asked many times faster than a `Set`. */
export function flagsOf(numbers: Iterable<number>): Uint8Array {
  const list = Uint32Array.from(numbers);
  const flags = new Uint8Array(largest(list) + 1);
  for (const number of list) flags[number] = 1;
  return flags;
}

/** A sheet in which nothing ever happened. */
export function emptySheet(): Sheet {
  const none = { day: new Int32Array(), member: new Uint32Array(), space: new Uint16Array() };
  return {
    writing: { ...none, hour: new Uint8Array(), messages: new Uint32Array() },
    answering: { ...none, isQuestion: new Uint8Array(), delay: new Int32Array() },
    replying: { day: none.day, from: none.member, to: none.member, space: none.space },
    arriving: { day: none.day, member: none.member, delay: new Int32Array() },
  };
}
