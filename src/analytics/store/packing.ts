import { sumByMember, type Answering, type Present, type Replying, type Writing } from "../metrics/sheet.ts";

/**
 * How a day of a sheet lies in a `bytea`: column after column, little endian, the number of rows told by the length.
 * - writing, 8 bytes a row: member u32, space u16, then u16 with the hour in the upper 5 bits and messages in the lower 11.
 * - answering, 12 bytes a row: member u32, delay i32, space u16, is question u16.
 * - replying, 10 bytes a row: from u32, to u32, space u16.
 * A count of messages that its bits cannot hold is spread over several rows.
 */
const WRITING_ROW = 8;
const ANSWERING_ROW = 12;
const REPLYING_ROW = 10;
const MOST_MESSAGES = 2047;

/** Numbers of a row one after another, row after row: cheaper than an array for each row. */
export type Flat = readonly number[];

/** Packs rows of member, space, hour, messages. */
export function packWriting(flat: Flat): Buffer {
  const rows: number[] = [];
  for (let at = 0; at < flat.length; at += 4) {
    // A count that 11 bits cannot hold fills several rows.
    for (let left = flat[at + 3] ?? 0; left > 0; left -= MOST_MESSAGES) {
      rows.push(flat[at] ?? 0, flat[at + 1] ?? 0, ((flat[at + 2] ?? 0) << 11) | Math.min(left, MOST_MESSAGES));
    }
  }
  const n = rows.length / 3;
  const buffer = new ArrayBuffer(n * WRITING_ROW);
  const member = new Uint32Array(buffer, 0, n);
  const space = new Uint16Array(buffer, 4 * n, n);
  const rest = new Uint16Array(buffer, 6 * n, n);
  for (let i = 0; i < n; i += 1) {
    member[i] = rows[3 * i] ?? 0;
    space[i] = rows[3 * i + 1] ?? 0;
    rest[i] = rows[3 * i + 2] ?? 0;
  }
  return Buffer.from(buffer);
}

/** Packs rows of member, space, question (0 or 1), delay. */
export function packAnswering(flat: Flat): Buffer {
  const n = flat.length / 4;
  const buffer = new ArrayBuffer(n * ANSWERING_ROW);
  const member = new Uint32Array(buffer, 0, n);
  const delay = new Int32Array(buffer, 4 * n, n);
  const space = new Uint16Array(buffer, 8 * n, n);
  const question = new Uint16Array(buffer, 10 * n, n);
  for (let i = 0; i < n; i += 1) {
    member[i] = flat[4 * i] ?? 0;
    space[i] = flat[4 * i + 1] ?? 0;
    question[i] = flat[4 * i + 2] ?? 0;
    delay[i] = flat[4 * i + 3] ?? 0;
  }
  return Buffer.from(buffer);
}

/** Packs rows of from, to, space. */
export function packReplying(flat: Flat): Buffer {
  const n = flat.length / 3;
  const buffer = new ArrayBuffer(n * REPLYING_ROW);
  const from = new Uint32Array(buffer, 0, n);
  const to = new Uint32Array(buffer, 4 * n, n);
  const space = new Uint16Array(buffer, 8 * n, n);
  for (let i = 0; i < n; i += 1) {
    from[i] = flat[3 * i] ?? 0;
    to[i] = flat[3 * i + 1] ?? 0;
    space[i] = flat[3 * i + 2] ?? 0;
  }
  return Buffer.from(buffer);
}

/** A day as it was read: the columns of its sheet, each in a view of its own bytes. `present` follows from `writing`. */
export interface UnpackedDay {
  readonly present: Omit<Present, "day">;
  readonly writing: Omit<Writing, "day">;
  readonly answering: Omit<Answering, "day">;
  readonly replying: Omit<Replying, "day">;
}

/** Typed arrays need their bytes aligned, which a slice of a pooled buffer is not. */
function aligned(packed: Buffer): ArrayBuffer {
  return packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer;
}

function unpackWriting(packed: Buffer): UnpackedDay["writing"] {
  const n = packed.length / WRITING_ROW;
  const bytes = aligned(packed);
  const both = new Uint16Array(bytes, 6 * n, n);
  const hour = new Uint8Array(n);
  const messages = new Uint32Array(n);
  for (let row = 0; row < n; row += 1) {
    const value = both[row] ?? 0;
    hour[row] = value >>> 11;
    messages[row] = value & MOST_MESSAGES;
  }
  return { member: new Uint32Array(bytes, 0, n), space: new Uint16Array(bytes, 4 * n, n), hour, messages };
}

function unpackAnswering(packed: Buffer): UnpackedDay["answering"] {
  const n = packed.length / ANSWERING_ROW;
  const bytes = aligned(packed);
  return {
    member: new Uint32Array(bytes, 0, n),
    delay: new Int32Array(bytes, 4 * n, n),
    space: new Uint16Array(bytes, 8 * n, n),
    isQuestion: new Uint8Array(new Uint16Array(bytes, 10 * n, n)),
  };
}

function unpackReplying(packed: Buffer): UnpackedDay["replying"] {
  const n = packed.length / REPLYING_ROW;
  const bytes = aligned(packed);
  return {
    from: new Uint32Array(bytes, 0, n),
    to: new Uint32Array(bytes, 4 * n, n),
    space: new Uint16Array(bytes, 8 * n, n),
  };
}

/** Unpacks the three columns of a day. */
export function unpackDay(packed: {
  readonly writing: Buffer;
  readonly answering: Buffer;
  readonly replying: Buffer;
}): UnpackedDay {
  const writing = unpackWriting(packed.writing);
  return {
    present: sumByMember(writing),
    writing,
    answering: unpackAnswering(packed.answering),
    replying: unpackReplying(packed.replying),
  };
}

type Column = Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Joins one column of many days. `empty` gives the type. */
function joined<Kind extends Column>(parts: readonly Kind[], empty: new (length: number) => Kind, rows: number): Kind {
  const column = new empty(rows);
  let at = 0;
  for (const part of parts) {
    column.set(part, at);
    at += part.length;
  }
  return column;
}

/** The day of each row, from the days in order and how many rows each has. */
function dayColumn(days: readonly { readonly day: number; readonly rows: number }[]): Int32Array {
  const column = new Int32Array(days.reduce((sum, { rows }) => sum + rows, 0));
  let at = 0;
  for (const { day, rows } of days) {
    column.fill(day, at, at + rows);
    at += rows;
  }
  return column;
}

/** A day with what it holds. */
export interface DatedDay extends UnpackedDay {
  readonly day: number;
}

/** Days, oldest first, as one table of writing. */
export function joinWriting(days: readonly DatedDay[]): Writing {
  const day = dayColumn(days.map((each) => ({ day: each.day, rows: each.writing.member.length })));
  const of = <Name extends keyof UnpackedDay["writing"]>(name: Name) => days.map(({ writing }) => writing[name]);
  return {
    day,
    member: joined(of("member"), Uint32Array, day.length),
    space: joined(of("space"), Uint16Array, day.length),
    hour: joined(of("hour"), Uint8Array, day.length),
    messages: joined(of("messages"), Uint32Array, day.length),
  };
}

/** Days, oldest first, as one table of questions and answered messages. */
export function joinAnswering(days: readonly DatedDay[]): Answering {
  const day = dayColumn(days.map((each) => ({ day: each.day, rows: each.answering.member.length })));
  const of = <Name extends keyof UnpackedDay["answering"]>(name: Name) => days.map(({ answering }) => answering[name]);
  return {
    day,
    member: joined(of("member"), Uint32Array, day.length),
    space: joined(of("space"), Uint16Array, day.length),
    isQuestion: joined(of("isQuestion"), Uint8Array, day.length),
    delay: joined(of("delay"), Int32Array, day.length),
  };
}

/** Days, oldest first, as one table of replies. */
export function joinReplying(days: readonly DatedDay[]): Replying {
  const day = dayColumn(days.map((each) => ({ day: each.day, rows: each.replying.from.length })));
  const of = <Name extends keyof UnpackedDay["replying"]>(name: Name) => days.map(({ replying }) => replying[name]);
  return {
    day,
    from: joined(of("from"), Uint32Array, day.length),
    to: joined(of("to"), Uint32Array, day.length),
    space: joined(of("space"), Uint16Array, day.length),
  };
}
