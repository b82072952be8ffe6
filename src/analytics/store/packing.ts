import type { Answering, Replying, Writing } from "../metrics/sheet.ts";

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

/** A packed day. */
export interface PackedDay {
  readonly day: number;
  readonly packed: Buffer;
}

/** Typed arrays need their bytes aligned, which a slice of a pooled buffer is not. */
function aligned(packed: Buffer): ArrayBuffer {
  return packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer;
}

function rowsOf(days: readonly PackedDay[], bytes: number): number {
  return days.reduce((sum, { packed }) => sum + packed.length / bytes, 0);
}

/** The days in one table, in the order given (which must ascend). */
export function unpackWriting(days: readonly PackedDay[]): Writing {
  const total = rowsOf(days, WRITING_ROW);
  const table = {
    day: new Int32Array(total),
    member: new Uint32Array(total),
    space: new Uint16Array(total),
    hour: new Uint8Array(total),
    messages: new Uint32Array(total),
  };
  let at = 0;
  for (const { day, packed } of days) {
    const n = packed.length / WRITING_ROW;
    const bytes = aligned(packed);
    table.day.fill(day, at, at + n);
    table.member.set(new Uint32Array(bytes, 0, n), at);
    table.space.set(new Uint16Array(bytes, 4 * n, n), at);
    const rest = new Uint16Array(bytes, 6 * n, n);
    for (let i = 0; i < n; i += 1) {
      const both = rest[i] ?? 0;
      table.hour[at + i] = both >>> 11;
      table.messages[at + i] = both & MOST_MESSAGES;
    }
    at += n;
  }
  return table;
}

/** The days in one table, in the order given (which must ascend). */
export function unpackAnswering(days: readonly PackedDay[]): Answering {
  const total = rowsOf(days, ANSWERING_ROW);
  const table = {
    day: new Int32Array(total),
    member: new Uint32Array(total),
    space: new Uint16Array(total),
    isQuestion: new Uint8Array(total),
    delay: new Int32Array(total),
  };
  let at = 0;
  for (const { day, packed } of days) {
    const n = packed.length / ANSWERING_ROW;
    const bytes = aligned(packed);
    table.day.fill(day, at, at + n);
    table.member.set(new Uint32Array(bytes, 0, n), at);
    table.delay.set(new Int32Array(bytes, 4 * n, n), at);
    table.space.set(new Uint16Array(bytes, 8 * n, n), at);
    table.isQuestion.set(new Uint16Array(bytes, 10 * n, n), at);
    at += n;
  }
  return table;
}

/** The days in one table, in the order given (which must ascend). */
export function unpackReplying(days: readonly PackedDay[]): Replying {
  const total = rowsOf(days, REPLYING_ROW);
  const table = {
    day: new Int32Array(total),
    from: new Uint32Array(total),
    to: new Uint32Array(total),
    space: new Uint16Array(total),
  };
  let at = 0;
  for (const { day, packed } of days) {
    const n = packed.length / REPLYING_ROW;
    const bytes = aligned(packed);
    table.day.fill(day, at, at + n);
    table.from.set(new Uint32Array(bytes, 0, n), at);
    table.to.set(new Uint32Array(bytes, 4 * n, n), at);
    table.space.set(new Uint16Array(bytes, 8 * n, n), at);
    at += n;
  }
  return table;
}
