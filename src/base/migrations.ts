import { readdir, readFile } from "node:fs/promises";
import { sql, type Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import type { Db } from "./database.ts";

const FOLDER = new URL("../../migrations/", import.meta.url);

async function readMigrations(last: string | undefined): Promise<Record<string, Migration>> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).toSorted();
  const wanted = last === undefined ? names : names.filter((name) => name.slice(0, -4) <= last);
  const entries = wanted.map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(new URL(name, FOLDER), "utf8");
    return [name.slice(0, -4), { up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * Brings the schema up to date, or up to and including `last` (for comparing upgrades). Two processes that start at
 * once wait for each other. Returns the names of the migrations that ran; throws the first error, with everything of
 * that migration undone.
 */
export async function migrate(owner: Db, last?: string): Promise<string[]> {
  const migrations = await readMigrations(last);
  const migrator = new Migrator({ db: owner, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error("a migration failed");
  return (results ?? []).map((result) => result.migrationName);
}

/** The names of all migrations this version of Veche knows, oldest first. */
export async function migrationNames(): Promise<string[]> {
  return Object.keys(await readMigrations(undefined)).toSorted();
}

/** Whether the database has every migration this version of Veche knows. */
export async function schemaIsCurrent(owner: Db): Promise<boolean> {
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(owner);
  const names = new Set(done.rows.map((row) => row.name));
  return (await migrationNames()).every((name) => names.has(name));
}
