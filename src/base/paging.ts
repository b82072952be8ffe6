import { z } from "zod";
import { refuse } from "./refusal.ts";

/** The largest page anybody gets; a page is always read whole into memory. */
export const MAX_PAGE = 200;

/** The two fields of every list that is given out in pages: spread them into a procedure's input. */
export const pageFields = {
  limit: z.int().min(1).max(MAX_PAGE).default(50).describe("How many at most"),
  after: z.string().max(500).optional().describe("`next` of the page before"),
};

/** The shape of a page: `next` asks for the one after it and is null on the last. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Packs the sort key of a row into a cursor. Clients get it as one opaque word and must not look inside. */
export function cursorOf(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** Unpacks a cursor; refuses one that was not made here for a key of this shape. */
export function readCursor<Key>(cursor: string | undefined, shape: z.ZodType<Key>): Key | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    return refuse("invalid", "request.bad-cursor");
  }
}

/**
 * Cuts a page out of rows of which one more than `limit` was read: the surplus row only says that there is a next page.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number | null)[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(keyOf(last)) : null };
}
