import { sql } from "kysely";
import type { Tx } from "../database.ts";
import { refuse } from "../refusal.ts";
import { readCatalog, type Catalog } from "./catalog.ts";

/** The names of the migrations that this database has seen, oldest first; none for a database that is not Veche's. */
export async function appliedMigrations(tx: Tx): Promise<string[]> {
  const there = await sql<{ ok: boolean }>`select to_regclass('kysely_migration') is not null as ok`.execute(tx);
  if (there.rows[0]?.ok !== true) return [];
  const found = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(tx);
  return found.rows.map((row) => row.name);
}

/** What an install writes by itself before anybody has used it. */
const HOLDING_SOMETHING = ["users", "communities"];

async function hasRows(tx: Tx, table: string): Promise<boolean> {
  const found = await sql`select from ${sql.table(table)} limit 1`.execute(tx);
  return found.rows.length > 0;
}

/** Somebody else's tables must be without rows; of Veche's own it is people and communities that count. */
async function isFree(tx: Tx, tables: readonly string[]): Promise<boolean> {
  const ours = HOLDING_SOMETHING.every((name) => tables.includes(name));
  for (const table of ours ? HOLDING_SOMETHING : tables) if (await hasRows(tx, table)) return false;
  return true;
}

async function allEmpty(tx: Tx, tables: readonly string[]): Promise<boolean> {
  for (const table of tables) if (await hasRows(tx, table)) return false;
  return true;
}

async function dropFunctions(tx: Tx): Promise<void> {
  const found = await sql<{ signature: string }>`
    select p.oid::regprocedure::text as signature from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`.execute(tx);
  for (const { signature } of found.rows) await sql`drop routine ${sql.raw(signature)} cascade`.execute(tx);
}

/**
 * Makes room for the schema of a backup: a database without tables, or one that nobody has used yet (a new install, even
 * one that was started, or what a failed restore leaves), of which everything is dropped. Refuses any other one.
 */
export async function makeRoom(tx: Tx, migrations: readonly string[]): Promise<void> {
  const tables = (await readCatalog(tx)).tables.map(({ name }) => name);
  if (tables.length === 0) return;
  if (!(await isFree(tx, tables))) refuse("conflict", "backup.database-not-empty");
  if ((await appliedMigrations(tx)).join() === migrations.join() && (await allEmpty(tx, tables))) return;
  const names = [...tables, "install_hold", "held_work", "kysely_migration", "kysely_migration_lock"];
  await sql`drop table if exists ${sql.join(names.map((name) => sql.table(name)))} cascade`.execute(tx);
  await dropFunctions(tx);
}

/** Refuses while a running Veche works on this database: it would write between the rows of the backup. */
export async function refuseWhileRunning(tx: Tx): Promise<void> {
  const found = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity
    where datname = current_database() and application_name in ('veche app', 'veche jobs')`.execute(tx);
  if ((found.rows[0]?.n ?? 0) > 0) refuse("conflict", "backup.app-runs");
}

/** How PostgreSQL writes the range of ids that a month holds; a file that says anything else was tampered with. */
const BOUND = /^(?:DEFAULT|FOR VALUES FROM \((?:MINVALUE|'[0-9a-f-]{36}')\) TO \((?:MAXVALUE|'[0-9a-f-]{36}')\))$/;

/** Makes the parts of partitioned tables that are not there yet. */
export async function makePartitions(tx: Tx, { partitions, tables }: Catalog): Promise<void> {
  for (const { parent, name, bound } of partitions) {
    if (!BOUND.test(bound) || !tables.some((table) => table.name === parent)) refuse("invalid", "backup.damaged");
    const known =
      await sql`select from pg_class where relname = ${name} and relnamespace = current_schema()::regnamespace`.execute(
        tx,
      );
    if (known.rows.length > 0) continue;
    await sql`create table ${sql.table(name)} partition of ${sql.table(parent)} ${sql.raw(bound)}`.execute(tx);
  }
}

/** Refuses a list of tables that the schema does not have, for the same reason. */
export async function checkCatalog(tx: Tx, { tables }: Catalog): Promise<void> {
  const here = new Map((await readCatalog(tx)).tables.map((table) => [table.name, new Set(table.columns)]));
  const known = tables.every(({ name, columns }) => columns.every((column) => here.get(name)?.has(column) === true));
  if (!known) refuse("invalid", "backup.damaged");
}
