import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

// COPY's text format: a backslash, a line end or a tab inside a value would end it.
const SPECIAL = /[\\\n\r\t\0]/;
const ALL_SPECIAL = /[\\\n\r\t\0]/g;
const ESCAPED: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\ufffd" };

/** A value as COPY reads it. NUL becomes the replacement character, and so does half a surrogate pair when it is encoded. */
export function cell(value: string | boolean | null): string {
  if (value === null) return "\\N";
  if (typeof value === "boolean") return value ? "t" : "f";
  return SPECIAL.test(value) ? value.replace(ALL_SPECIAL, (character) => ESCAPED[character] ?? "") : value;
}

/** What is sent at once: enough to keep PostgreSQL busy while the next piece is encoded. */
const PIECE_BYTES = 128 * 1024;
/** Room for the first piece, which is mostly the only one when few rows go in. */
const FIRST_BYTES = 8 * 1024;
/** UTF-16 units need at most three bytes of UTF-8 each. */
const UTF8_BYTES = 3;

/**
 * Lines one after another as UTF-8, in pieces. Each line is encoded by itself: to put a whole batch together as text
 * first means to keep a hundred thousand pieces of it alive until then.
 */
function* encoded(lines: Iterable<string>): Generator<Buffer> {
  let piece = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let used = 0;
  for (const line of lines) {
    const needed = line.length * UTF8_BYTES;
    if (used + needed > piece.length) {
      if (used > 0) yield piece.subarray(0, used);
      piece = Buffer.allocUnsafeSlow(Math.max(needed, PIECE_BYTES));
      used = 0;
    }
    used += piece.write(line, used);
  }
  if (used > 0) yield piece.subarray(0, used);
}

function* before(first: Buffer, rest: Generator<Buffer>): Generator<Buffer> {
  yield first;
  yield* rest;
}

/** Sends lines, each of cells between tabs and with a line end, into a table by COPY, in the transaction of the connection. */
export async function copyInto(connection: pg.ClientBase, target: string, lines: Iterable<string>): Promise<void> {
  const pieces = encoded(lines);
  const first = pieces.next();
  if (first.done === true) return;
  await pipeline(before(first.value, pieces), connection.query(copyFrom(`copy ${target} from stdin`)));
}

const DAY_MS = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
let lastDay = NaN;
let lastDate = "";

/** An instant (milliseconds since 1970 UTC) as a cell. Neighbours are mostly of one day, so its date is kept in mind. */
export function timeCell(at: number): string {
  const day = Math.floor(at / DAY_MS);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = new Date(day * DAY_MS).toISOString().slice(0, 11);
  }
  const ms = Math.floor(at - day * DAY_MS);
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`;
  return `${lastDate}${clock}.${String(ms % 1000).padStart(3, "0")}Z`;
}

/** JSON that PostgreSQL's jsonb accepts: without NUL and without half surrogate pairs. */
export function jsonCell(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "string" ? each.toWellFormed().replaceAll("\0", "\ufffd") : each,
  );
}
