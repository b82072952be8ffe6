import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { BinaryRows } from "./binary-rows.ts";

/** What is sent at once: enough to keep PostgreSQL busy while the next piece is encoded. */
const PIECE_BYTES = 128 * 1024;
/** A piece ends with the row that fills it. */
const PIECE_ROOM = PIECE_BYTES + 16 * 1024;

/** The signature, no flags, no extension; and what stands in place of a row's number of cells at the end. */
const BEGINNING = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const END = Buffer.from([0xff, 0xff]);

/** Writes the rows of one thing: none, one or several. */
export type WriteRows<T> = (rows: BinaryRows, each: T) => void;

function* encoded<T>(things: Iterable<T>, write: WriteRows<T>): Generator<Buffer> {
  const rows = new BinaryRows();
  rows.copied(BEGINNING);
  for (const each of things) {
    write(rows, each);
    if (rows.used >= PIECE_BYTES) yield rows.taken(PIECE_ROOM);
  }
  rows.copied(END);
  yield rows.taken(0);
}

/** Sends rows into a table by COPY, in the transaction of the connection; `target` names the columns in the order of the cells. */
export async function copyInto<T>(
  connection: pg.ClientBase,
  target: string,
  { of, write }: { of: readonly T[]; write: WriteRows<T> },
): Promise<void> {
  if (of.length === 0) return;
  await pipeline(encoded(of, write), connection.query(copyFrom(`copy ${target} from stdin (format binary)`)));
}
