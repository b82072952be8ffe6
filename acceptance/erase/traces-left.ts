import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { sql } from "kysely";
import type { Db } from "#src/base/database.ts";

/** Rows of any table, of every schema that is ours, in which a pattern of PostgreSQL is found; by table. */
export async function rowsWith(db: Db, pattern: string): Promise<Record<string, number>> {
  const tables = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg_%' order by 1, 2`.execute(db);
  const hits: Record<string, number> = {};
  for (const { schema, name } of tables.rows) {
    const found = await sql<{ rows: number }>`
      select count(*) as rows from ${sql.table(`${schema}.${name}`)} t where t::text ~* ${pattern}`.execute(db);
    const rows = found.rows[0]?.rows ?? 0;
    if (rows > 0) hits[`${schema}.${name}`] = rows;
  }
  return hits;
}

/** Everything an open backup holds, unpacked. */
async function unpacked(path: string): Promise<Buffer> {
  const file = await readFile(path);
  const signed = file.indexOf("\n");
  const pieces: Buffer[] = [];
  // Behind two lines of heading: pieces of one gzip stream, each after its length.
  for (let at = file.indexOf("\n", signed + 1) + 1; at < file.length;) {
    const length = file.readUInt32BE(at);
    pieces.push(file.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return gunzipSync(Buffer.concat(pieces));
}

/** How many of these strings an open backup holds. */
export async function stringsInBackup(path: string, strings: readonly string[]): Promise<number> {
  const bytes = await unpacked(path);
  return strings.filter((text) => bytes.includes(text)).length;
}
