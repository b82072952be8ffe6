import { sql } from "kysely";
import type { Db } from "./database.ts";
import { SealBroken, type Secrets } from "./secrets.ts";

/** A column of sealed texts; null in it is nothing sealed. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the primary key, all of them uuids. */
  readonly key: readonly string[];
  /** The place for which the text of a row is sealed, by the values of `key`. */
  place(...key: string[]): string;
}

/** What became of one column's texts. */
export interface Resealed {
  readonly table: string;
  readonly column: string;
  /** Now under the newest root. */
  readonly resealed: number;
  /** Were under the newest root before. */
  readonly current: number;
  /** Open with none of the roots; left as they are. */
  readonly broken: number;
}

/** Rows read at once; each is written by itself, so that nobody waits for a lock. */
const PAGE = 500;

interface Row {
  readonly key: string[];
  readonly sealed: string;
}

async function readPage(db: Db, { table, column, key }: SealedColumn, after: Row | undefined): Promise<Row[]> {
  const columns = sql.join(key.map((name) => sql.ref(name)));
  const beyond =
    after === undefined ? sql`true` : sql`(${columns}) > (${sql.join(after.key.map((value) => sql`${value}::uuid`))})`;
  const found = await sql<Row>`
    select array[${columns}]::text[] as key, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${sql.ref(column)} is not null and ${beyond} order by ${columns} limit ${PAGE}`.execute(db);
  return found.rows;
}

/** Puts the text in place of the one that was read; whoever wrote another meanwhile did so under the newest root. */
async function replace(db: Db, { table, column, key }: SealedColumn, row: Row & { fresh: string }): Promise<void> {
  const isRow = key.map((name, n) => sql`${sql.ref(name)} = ${row.key[n]}::uuid`);
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${row.fresh}
    where ${sql.join(isRow, sql` and `)} and ${sql.ref(column)} = ${row.sealed}`.execute(db);
}

type Outcome = { readonly kind: "resealed"; readonly fresh: string } | { readonly kind: "current" | "broken" };

function outcomeOf(secrets: Secrets, sealed: string, place: string): Outcome {
  try {
    const fresh = secrets.reseal(sealed, place);
    return fresh === undefined ? { kind: "current" } : { kind: "resealed", fresh };
  } catch (error) {
    if (error instanceof SealBroken) return { kind: "broken" };
    throw error;
  }
}

/**
 * Brings every text of a column under the newest root. Safe beside a running app that knows that root, and to be broken
 * off by `signal` and run again: what is done is passed over.
 */
export async function resealColumn(
  db: Db,
  column: SealedColumn,
  { secrets, signal }: { secrets: Secrets; signal: AbortSignal },
): Promise<Resealed> {
  const counts = { resealed: 0, current: 0, broken: 0 };
  let last: Row | undefined;
  do {
    const rows = await readPage(db, column, last);
    last = rows.length < PAGE ? undefined : rows.at(-1);
    for (const row of rows) {
      const outcome = outcomeOf(secrets, row.sealed, column.place(...row.key));
      if (outcome.kind === "resealed") await replace(db, column, { ...row, fresh: outcome.fresh });
      counts[outcome.kind] += 1;
      if (signal.aborted) return { table: column.table, column: column.column, ...counts };
    }
  } while (last !== undefined);
  return { table: column.table, column: column.column, ...counts };
}
