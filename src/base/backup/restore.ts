import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Databases, Tx } from "../database.ts";
import { migrate, migrationNames } from "../migrations.ts";
import { refuse } from "../refusal.ts";
import { grantRights } from "../roles.ts";
import { listed, type BackupReport, type Manifest } from "./backup.ts";
import { checksumOf, type Checksum, type TableShape } from "./catalog.ts";
import { openBackup, type OpenedBackup } from "./file.ts";
import { takeJson, takeRows } from "./frames.ts";
import { checkCatalog, makePartitions, makeRoom, refuseWhileRunning } from "./schema.ts";
import { HELD_COLUMNS } from "./waiting.ts";

export interface RestoreOptions {
  readonly path: string;
  /** The role of procedures, which is given its rights on the tables that are made anew. */
  readonly appRole: string;
  /** What the file was sealed with. */
  readonly passphrase?: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /**
   * Takes the root secrets that the columns of the backup are sealed with; without `roots` (an open file) only their
   * ids are known. Called when every row is in place and before that is final: what it throws undoes the restore.
   */
  readonly takeSecrets: (secrets: Pick<Manifest, "roots" | "rootIds">) => Promise<void>;
  /** Gives up when aborted; nothing is restored then. */
  readonly signal?: AbortSignal;
  /** Called after each table, with how many bytes of the file have been read. */
  readonly progress?: (bytesRead: number, table: string) => void;
}

interface Reading {
  readonly source: OpenedBackup;
  readonly tx: Tx;
  readonly connection: pg.ClientBase;
  readonly signal: AbortSignal | undefined;
}

async function* untilAborted(rows: AsyncIterable<Buffer>, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  for await (const frame of rows) {
    if (signal?.aborted) refuse("unavailable", "backup.interrupted");
    yield frame;
  }
}

async function readRows({ source, connection, signal }: Reading, place: string): Promise<void> {
  try {
    await pipeline(untilAborted(takeRows(source), signal), connection.query(copyFrom(`copy ${place} from stdin`)));
  } catch (error) {
    // Rows that the tables do not take (classes 22 and 23 of PostgreSQL's codes) were not written by a backup.
    if (error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? "")) refuse("invalid", "backup.damaged");
    throw error;
  }
}

async function readTable(reading: Reading, table: TableShape): Promise<Checksum> {
  const { source, tx } = reading;
  await readRows(reading, `"${table.name.replaceAll('"', '""')}" (${listed(table)})`);
  // Written down when the backup was taken, and compared with what is there now.
  const expected = (await takeJson(source)) as Checksum;
  const found = await checksumOf(tx, table);
  if (found.sum !== expected.sum || found.rows !== expected.rows)
    refuse("invalid", "backup.rows-differ", { table: table.name });
  return found;
}

/** Numbers that the database gives by itself go on above those that were brought. */
async function continueNumbers(tx: Tx): Promise<void> {
  const columns = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and a.attidentity <> ''
      and not a.attisdropped and not c.relispartition and c.relname not like 'kysely%'`.execute(tx);
  for (const { table, column } of columns.rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.id(column)}), 0) + 1, false)
      from ${sql.table(table)}`.execute(tx);
}

async function readAll(reading: Reading, manifest: Manifest, options: RestoreOptions): Promise<BackupReport> {
  const { source, tx } = reading;
  const { catalog, takenAt } = manifest;
  await checkCatalog(tx, catalog);
  await makePartitions(tx, catalog);
  const checksums: Checksum[] = [];
  for (const table of catalog.tables) {
    checksums.push(await readTable(reading, table));
    options.progress?.(source.bytesRead(), table.name);
  }
  await continueNumbers(tx);
  await readRows(reading, `held_work (${HELD_COLUMNS})`);
  await source.finish();
  const held = await sql<{ n: number }>`select count(*) as n from held_work`.execute(tx);
  await sql`insert into install_hold (taken_at, held_since)
    values (${takenAt}, ${new Date(options.now())})`.execute(tx);
  await options.takeSecrets(manifest);
  return { takenAt, checksums, waiting: held.rows[0]?.n ?? 0 };
}

async function restoreFrom(databases: Databases, source: OpenedBackup, options: RestoreOptions): Promise<BackupReport> {
  // What `backup` wrote; a damaged one fails at a checksum or at the end of the file, before anything is final.
  const manifest = (await takeJson(source)) as Manifest;
  const known = await migrationNames();
  if (manifest.migrations.some((name) => !known.includes(name))) refuse("conflict", "backup.newer-version");
  await databases.asOwner(async (tx) => {
    await refuseWhileRunning(tx);
    await makeRoom(tx, manifest.migrations);
  });
  try {
    await migrate(databases.owner, manifest.migrations.at(-1));
    await grantRights(databases.owner, options.appRole);
    return await databases.copying((tx, connection) =>
      readAll({ source, tx, connection, signal: options.signal }, manifest, options),
    );
  } finally {
    await migrate(databases.owner);
    await grantRights(databases.owner, options.appRole);
  }
}

/**
 * Fills an empty install from a backup, brings it up to this version's schema and proves table by table that every row
 * is there. All of it or nothing: a damaged file leaves the tables without rows. Afterwards the install is held (see
 * `hold.ts`): what waited when the backup was taken waits for a person. Refuses an install that is used or runs, a file
 * made by a newer Veche, a wrong passphrase, a file cut off or changed.
 */
export async function restore(databases: Databases, options: RestoreOptions): Promise<BackupReport> {
  const source = await openBackup(options.path, options.passphrase);
  try {
    return await restoreFrom(databases, source, options);
  } finally {
    source.close();
  }
}
