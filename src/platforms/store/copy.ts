import { once } from "node:events";
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

/** Room to begin with; about what the rows of a small batch need. */
const FIRST_BYTES = 64 * 1024;
/** UTF-16 units need at most three bytes of UTF-8 each. */
const UTF8_BYTES = 3;

/**
 * Lines one after another as UTF-8. Each is encoded by itself: to put a whole batch together as text first means to keep
 * a hundred thousand pieces of it alive until then.
 */
function encoded(lines: Iterable<string>): Buffer {
  let bytes = Buffer.allocUnsafeSlow(0);
  let used = 0;
  for (const line of lines) {
    const needed = used + line.length * UTF8_BYTES;
    if (needed > bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(needed, 2 * bytes.length, FIRST_BYTES));
      bytes.copy(wider, 0, 0, used);
      bytes = wider;
    }
    used += bytes.write(line, used);
  }
  return bytes.subarray(0, used);
}

/** Sends lines, each of cells between tabs and with a line end, into a table by COPY, in the transaction of the connection. */
export async function copyInto(connection: pg.ClientBase, target: string, lines: Iterable<string>): Promise<void> {
  const bytes = encoded(lines);
  if (bytes.length === 0) return;
  const stream = connection.query(copyFrom(`copy ${target} from stdin`));
  const done = once(stream, "finish");
  stream.end(bytes);
  await done;
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
