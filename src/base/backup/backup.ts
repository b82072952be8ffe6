import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { Databases, Tx } from "../database.ts";
import { migrate, migrationNames } from "../migrations.ts";
import { refuse } from "../refusal.ts";
import { checksumOf, readCatalog, type Catalog, type Checksum, type TableShape } from "./catalog.ts";
import { BackupWriter, openBackup } from "./file.ts";

/** What a backup file says of itself before its rows. */
export interface Manifest {
  /** When it was taken: everything committed by then is in it, and nothing later. ISO, UTC. */
  readonly takenAt: string;
  /** The migrations of the schema it was taken from. */
  readonly migrations: readonly string[];
  readonly catalog: Catalog;
}

/** What a backup or a restore did, table by table. */
export interface BackupReport {
  readonly takenAt: string;
  readonly checksums: readonly Checksum[];
}

export interface BackupOptions {
  readonly path: string;
  /** Seals the file; without it anyone who has the file can read it. */
  readonly passphrase?: string;
  /** Called after each table, with the share of tables done, 0 to 1. */
  readonly progress?: (share: number, table: string) => void;
}

/** One frame of rows; small enough to be held, large enough not to be counted. */
const LONGEST_FRAME = 64 << 20;
const LONGEST_MANIFEST = 16 << 20;

function framed(payload: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  return Buffer.concat([length, payload]);
}

const json = (value: unknown): Buffer => framed(Buffer.from(JSON.stringify(value)));

async function appliedMigrations(tx: Tx): Promise<string[]> {
  const there =
    await sql`select to_regclass('kysely_migration') as name where to_regclass('kysely_migration') is not null`.execute(
      tx,
    );
  if (there.rows.length === 0) return [];
  const found = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(tx);
  return found.rows.map((row) => row.name);
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;
const listed = ({ columns }: TableShape): string => columns.map(quoted).join(", ");

async function writeTable(
  writer: BackupWriter,
  from: { tx: Tx; connection: pg.ClientBase },
  table: TableShape,
): Promise<Checksum> {
  const rows = from.connection.query(copyTo(`copy (select ${listed(table)} from ${quoted(table.name)}) to stdout`));
  for await (const chunk of rows as AsyncIterable<Buffer>) await writer.write(framed(chunk));
  await writer.write(framed(Buffer.alloc(0)));
  const checksum = await checksumOf(from.tx, table);
  await writer.write(json(checksum));
  return checksum;
}

/**
 * Writes everything into one file while the install goes on working: what was committed when it began, and nothing
 * that came later. Refuses to write over a file. The install's secret is not in it: keep `secret` of the data folder
 * apart, or what is encrypted at rest cannot be read after a restore on another machine.
 */
export async function backup(databases: Databases, options: BackupOptions): Promise<BackupReport> {
  const writer = await BackupWriter.begin(options.path, options.passphrase);
  try {
    const report = await databases.copying(async (tx, connection) => {
      await connection.query("set transaction isolation level repeatable read read only");
      const catalog = await readCatalog(tx);
      const manifest: Manifest = {
        takenAt: new Date().toISOString(),
        migrations: await appliedMigrations(tx),
        catalog,
      };
      await writer.write(json(manifest));
      const checksums: Checksum[] = [];
      for (const table of catalog.tables) {
        checksums.push(await writeTable(writer, { tx, connection }, table));
        options.progress?.(checksums.length / catalog.tables.length, table.name);
      }
      return { takenAt: manifest.takenAt, checksums };
    });
    await writer.end();
    return report;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

type Source = Awaited<ReturnType<typeof openBackup>>;

async function takeFrame(source: Source, longest: number): Promise<Buffer> {
  const length = (await source.take(4)).readUInt32BE();
  if (length > longest) refuse("invalid", "backup.damaged");
  return source.take(length);
}

async function* rowsOf(source: Source): AsyncGenerator<Buffer> {
  for (;;) {
    const frame = await takeFrame(source, LONGEST_FRAME);
    if (frame.length === 0) return;
    yield frame;
  }
}

async function readTable(
  source: Source,
  into: { tx: Tx; connection: pg.ClientBase },
  table: TableShape,
): Promise<Checksum> {
  const stream = into.connection.query(copyFrom(`copy ${quoted(table.name)} (${listed(table)}) from stdin`));
  await pipeline(rowsOf(source), stream);
  // What was written down when the backup was taken; `restore` compares it with what is there now.
  const expected = JSON.parse((await takeFrame(source, LONGEST_MANIFEST)).toString()) as Checksum;
  const found = await checksumOf(into.tx, table);
  if (found.sum !== expected.sum || found.rows !== expected.rows)
    refuse("invalid", "backup.rows-differ", { table: table.name });
  return found;
}

/**
 * Makes room for the schema of a backup: a database without tables, or one whose tables hold no row (a new install, or
 * what a failed restore leaves), of which everything is dropped.
 */
async function makeRoom(tx: Tx, manifest: Manifest): Promise<void> {
  const { tables } = await readCatalog(tx);
  if (tables.length === 0) return;
  for (const table of tables) {
    const row = await sql`select from ${sql.table(table.name)} limit 1`.execute(tx);
    if (row.rows.length > 0) refuse("conflict", "backup.database-not-empty");
  }
  if ((await appliedMigrations(tx)).join() === manifest.migrations.join()) return;
  const names = [...tables.map(({ name }) => name), "kysely_migration", "kysely_migration_lock"];
  await sql`drop table ${sql.join(names.map((name) => sql.table(name)))} cascade`.execute(tx);
  await sql`drop function isolate_community`.execute(tx);
}

async function makePartitions(tx: Tx, { partitions }: Catalog): Promise<void> {
  for (const { parent, name, bound } of partitions) {
    const known =
      await sql`select from pg_class where relname = ${name} and relnamespace = current_schema()::regnamespace`.execute(
        tx,
      );
    if (known.rows.length > 0) continue;
    await sql`create table ${sql.table(name)} partition of ${sql.table(parent)} ${sql.raw(bound)}`.execute(tx);
  }
}

/**
 * Fills an empty database from a backup, brings it up to this version's schema and proves table by table that every
 * row is there. All of it or nothing: a damaged file leaves the tables without rows. Refuses a database that holds
 * tables, a file made by a newer Veche, a wrong passphrase, a file cut off or changed.
 */
export async function restore(databases: Databases, options: BackupOptions): Promise<BackupReport> {
  const source = await openBackup(options.path, options.passphrase);
  const manifest = JSON.parse((await takeFrame(source, LONGEST_MANIFEST)).toString()) as Manifest;
  const known = await migrationNames();
  if (manifest.migrations.some((name) => !known.includes(name))) refuse("conflict", "backup.newer-version");
  await databases.asOwner((tx) => makeRoom(tx, manifest));
  await migrate(databases.owner, manifest.migrations.at(-1));
  const report = await databases.copying(async (tx, connection) => {
    await makePartitions(tx, manifest.catalog);
    const checksums: Checksum[] = [];
    for (const table of manifest.catalog.tables) {
      checksums.push(await readTable(source, { tx, connection }, table));
      options.progress?.(checksums.length / manifest.catalog.tables.length, table.name);
    }
    return { takenAt: manifest.takenAt, checksums };
  });
  await migrate(databases.owner);
  return report;
}
