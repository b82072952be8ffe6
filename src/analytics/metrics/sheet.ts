/**
 * What happened in a community on consecutive local days, in columns: row `i` of every column belongs together, and
 * rows are sorted by day. A year of a million messages fits in a few megabytes and is counted in milliseconds.
 * Members and spaces are small numbers here (0 is nobody); days are local calendar days as in `base/clock`.
 */
export interface Sheet {
  readonly present: Present;
  readonly writing: Writing;
  readonly answering: Answering;
  readonly replying: Replying;
  readonly arriving: Arriving;
}

/** Who wrote how many messages on which day: one row for each member and day, in ascending order of members within a day. */
export interface Present {
  readonly day: Int32Array;
  readonly member: Uint32Array;
  readonly messages: Uint32Array;
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

function picked(column: Column, rows: Uint32Array): Column {
  const copy = column.slice(0, rows.length);
  for (let i = 0; i < rows.length; i += 1) copy[i] = column[rows[i] ?? 0] ?? 0;
  return copy;
}

function onlyThose<Table extends object>(table: Table, rows: Uint32Array): Table {
  const cut = Object.entries(table).map(([name, column]: [string, Column]) => [name, picked(column, rows)]);
  // As above: same names, same types, fewer rows.
  return Object.fromEntries(cut) as Table;
}

/** Some members or spaces: those flagged by their number or, with `isInside` false, all but those. */
export interface Circle {
  readonly flags: Uint8Array;
  readonly isInside: boolean;
}

/** Rows that are wanted, while they are looked for. Kept, because a list for each table is more to tidy up than all that is picked. */
let found = new Uint32Array(1024);

/** The rows in whose `numbers` the flag is `wanted`: good until the next look. */
function rowsWith(numbers: Uint32Array | Uint16Array, flags: Uint8Array, wanted: 0 | 1): Uint32Array {
  if (found.length < numbers.length) found = new Uint32Array(numbers.length * 2);
  const rows = found;
  const known = flags.length;
  let count = 0;
  for (let row = 0; row < numbers.length; row += 1) {
    const number = numbers[row] ?? 0;
    const flag = number < known ? (flags[number] ?? 0) : 0;
    rows[count] = row;
    // Without a branch: whom the next row belongs to cannot be foreseen.
    count += flag ^ wanted ^ 1;
  }
  return rows.subarray(0, count);
}

/** The rows of a table of columns that belong to the circle, in the same order; `numbers` is the column that tells whose they are. */
export function ofCircle<Table extends object>(
  table: Table,
  numbers: Uint32Array | Uint16Array,
  { flags, isInside }: Circle,
): Table {
  const rows = rowsWith(numbers, flags, isInside ? 1 : 0);
  return rows.length === numbers.length ? table : onlyThose(table, rows);
}

/** A column less those rows, of which there are few. */
function spared(column: Column, rows: Uint32Array): Column {
  const rest = column.slice();
  let end = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const from = (rows[i] ?? 0) + 1;
    const to = i + 1 < rows.length ? (rows[i + 1] ?? 0) : column.length;
    if (i === 0) end = from - 1;
    rest.copyWithin(end, from, to);
    end += to - from;
  }
  return rest.subarray(0, end);
}

/** A table in two: the rows of those whose flag is set, few as a rule, and all others; both in the same order. */
export function splitTable<Table extends object>(
  table: Table,
  numbers: Uint32Array,
  flags: Uint8Array,
): { readonly flagged: Table; readonly others: Table } {
  const rows = rowsWith(numbers, flags, 1);
  const flagged = onlyThose(table, rows);
  if (rows.length === 0) return { flagged, others: table };
  const cut = Object.entries(table).map(([name, column]: [string, Column]) => [name, spared(column, rows)]);
  // Object.entries forgets which column is which; taking rows out changes neither its name nor its type.
  return { flagged, others: Object.fromEntries(cut) as Table };
}

/** Everything those in the circle did. Replies keep whomever they are addressed to. */
export function sheetOfCircle({ present, writing, answering, replying, arriving }: Sheet, circle: Circle): Sheet {
  return {
    present: ofCircle(present, present.member, circle),
    writing: ofCircle(writing, writing.member, circle),
    answering: ofCircle(answering, answering.member, circle),
    replying: ofCircle(replying, replying.from, circle),
    arriving: ofCircle(arriving, arriving.member, circle),
  };
}

/** Messages of each member, in ascending order of members: a day's rows summed over spaces and hours. */
export function sumByMember({ member, messages }: Pick<Writing, "member" | "messages">): Omit<Present, "day"> {
  const order = isAscending(member)
    ? undefined
    : Uint32Array.from(member.keys()).sort((a, b) => at(member, a) - at(member, b));
  const members = new Uint32Array(member.length);
  const sums = new Uint32Array(member.length);
  let count = 0;
  for (let i = 0; i < member.length; i += 1) {
    const row = order === undefined ? i : at(order, i);
    if (count === 0 || members[count - 1] !== member[row]) members[count++] = at(member, row);
    sums[count - 1] = at(sums, count - 1) + at(messages, row);
  }
  return { member: members.slice(0, count), messages: sums.slice(0, count) };
}

function at(column: Uint32Array, row: number): number {
  return column[row] ?? 0;
}

function isAscending(numbers: Uint32Array): boolean {
  for (let row = 1; row < numbers.length; row += 1) if (at(numbers, row) < at(numbers, row - 1)) return false;
  return true;
}

/** Who was there on which day, told from everything that was written. */
export function presentOf(writing: Writing): Present {
  const days: { readonly day: number; readonly sums: Omit<Present, "day"> }[] = [];
  for (let row = 0; row < writing.day.length;) {
    const day = writing.day[row] ?? 0;
    const end = rowOfDay(writing.day, day + 1);
    const { member, messages } = writing;
    days.push({ day, sums: sumByMember({ member: member.subarray(row, end), messages: messages.subarray(row, end) }) });
    row = end;
  }
  return joinDays(days.map(({ day, sums }) => ({ day, ...sums })));
}

/** Days, oldest first, one below the other. */
export function joinDays(days: readonly (Omit<Present, "day"> & { readonly day: number })[]): Present {
  const rows = days.reduce((sum, { member }) => sum + member.length, 0);
  const joined = { day: new Int32Array(rows), member: new Uint32Array(rows), messages: new Uint32Array(rows) };
  let row = 0;
  for (const { day, member, messages } of days) {
    joined.day.fill(day, row, row + member.length);
    joined.member.set(member, row);
    joined.messages.set(messages, row);
    row += member.length;
  }
  return joined;
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
    present: { day: none.day, member: none.member, messages: new Uint32Array() },
    writing: { ...none, hour: new Uint8Array(), messages: new Uint32Array() },
    answering: { ...none, isQuestion: new Uint8Array(), delay: new Int32Array() },
    replying: { day: none.day, from: none.member, to: none.member, space: none.space },
    arriving: { day: none.day, member: none.member, delay: new Int32Array() },
  };
}
