import { once } from "node:events";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** A value of a row for COPY: null, a flag, or text in PostgreSQL's own form of the column's type. */
export type Cell = string | boolean | null;

// COPY's text format: a backslash, a line end or a tab inside a value would end it.
const SPECIAL = /[\\\n\r\t\0]/;
const ALL_SPECIAL = /[\\\n\r\t\0]/g;
const ESCAPED: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\ufffd" };

function written(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell === "boolean") return cell ? "t" : "f";
  return SPECIAL.test(cell) ? cell.replace(ALL_SPECIAL, (character) => ESCAPED[character] ?? "") : cell;
}

/** The lines of a COPY; NUL becomes the replacement character, and so does half a surrogate pair when it is encoded. */
export function copyLines(rows: readonly (readonly Cell[])[]): string {
  let lines = "";
  for (const row of rows) lines += `${row.map(written).join("\t")}\n`;
  return lines;
}

/** Sends rows into a table by COPY, in the transaction that the connection is in. */
export async function copyInto(
  connection: pg.ClientBase,
  target: string,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const stream = connection.query(copyFrom(`copy ${target} from stdin`));
  const done = once(stream, "finish");
  stream.end(copyLines(rows));
  await done;
}

/** JSON that PostgreSQL's jsonb accepts: without NUL and without half surrogate pairs. */
export function jsonCell(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "string" ? each.toWellFormed().replaceAll("\0", "\ufffd") : each,
  );
}
