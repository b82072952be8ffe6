import { sql } from "kysely";
import type { Db } from "./database.ts";

/** How the database is, as far as anybody can tell from outside its communities. */
export interface DatabaseCondition {
  /** As PostgreSQL writes it: `18.4`. */
  readonly version: string;
  readonly bytes: number;
  /** The newest migration that has run. */
  readonly schema: string;
  /** Tables that the role of procedures may read without row-level security in the way; there should be none. */
  readonly openTables: readonly string[];
}

/** Looks at the server and its catalog; reads no community's rows. */
export async function databaseCondition(db: Db, appRole: string): Promise<DatabaseCondition> {
  const { rows } = await sql<Omit<DatabaseCondition, "openTables">>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select max(name) from kysely_migration) as schema`.execute(db);
  const open = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attname = 'community_id' and not a.attisdropped and not c.relrowsecurity
      and has_table_privilege(${appRole}, c.oid, 'select')`.execute(db);
  const [found] = rows;
  if (found === undefined) throw new Error("a select without a table gives one row");
  return { ...found, openTables: open.rows.map(({ name }) => name) };
}
