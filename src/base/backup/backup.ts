import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Databases, Tx } from "../database.ts";
import { refuse } from "../refusal.ts";
import { rootId } from "../secrets.ts";
import { checksumOf, readCatalog, type Catalog, type Checksum, type TableShape } from "./catalog.ts";
import { BackupWriter } from "./file.ts";
import { framed, framedJson } from "./frames.ts";
import { appliedMigrations } from "./schema.ts";
import { waitingWork } from "./waiting.ts";

/** What a backup file says of itself before its rows. */
export interface Manifest {
  /** When it was taken: everything committed by then is in it, and nothing later. ISO, UTC. */
  readonly takenAt: string;
  /** The migrations of the schema it was taken from. */
  readonly migrations: readonly string[];
  readonly catalog: Catalog;
  /** By which root secrets columns of it are sealed; the newest first. */
  readonly rootIds: readonly string[];
  /** Those secrets themselves, in a sealed file. */
  readonly roots?: readonly string[];
}

/** What a backup or a restore did, table by table. */
export interface BackupReport {
  readonly takenAt: string;
  readonly checksums: readonly Checksum[];
  /** Jobs that waited when it was taken. */
  readonly waiting: number;
}

export interface BackupOptions {
  readonly path: string;
  /** The install's root secrets, the newest first. They go into the file if it is sealed, and never into an open one. */
  readonly roots: readonly string[];
  /** Seals the file; without it anyone who has the file can read it. */
  readonly passphrase?: string;
  /** Gives up when aborted, and leaves nothing behind. */
  readonly signal?: AbortSignal;
  /** Called after each table, with the share of tables done, 0 to 1. */
  readonly progress?: (share: number, table: string) => void;
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** A table's columns as a statement lists them. */
export const listed = ({ columns }: TableShape): string => columns.map(quoted).join(", ");

interface Writing {
  readonly writer: BackupWriter;
  readonly tx: Tx;
  readonly connection: pg.ClientBase;
  readonly signal: AbortSignal | undefined;
}

async function writeRows({ writer, connection, signal }: Writing, query: string): Promise<void> {
  const rows = connection.query(copyTo(`copy (${query}) to stdout`));
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    if (signal?.aborted) refuse("unavailable", "backup.interrupted");
    await writer.write(framed(chunk));
  }
  await writer.write(framed(Buffer.alloc(0)));
}

async function writeTable(writing: Writing, table: TableShape): Promise<Checksum> {
  await writeRows(writing, `select ${listed(table)} from ${quoted(table.name)}`);
  const checksum = await checksumOf(writing.tx, table);
  await writing.writer.write(framedJson(checksum));
  return checksum;
}

async function writeAll(writing: Writing, options: BackupOptions): Promise<BackupReport> {
  const { writer, tx, connection } = writing;
  await connection.query("set transaction isolation level repeatable read read only");
  const catalog = await readCatalog(tx);
  const { roots, passphrase } = options;
  const manifest: Manifest = {
    takenAt: new Date().toISOString(),
    migrations: await appliedMigrations(tx),
    catalog,
    rootIds: roots.map(rootId),
    ...(passphrase === undefined ? {} : { roots }),
  };
  await writer.write(framedJson(manifest));
  const checksums: Checksum[] = [];
  for (const table of catalog.tables) {
    checksums.push(await writeTable(writing, table));
    options.progress?.(checksums.length / catalog.tables.length, table.name);
  }
  const { query, count } = await waitingWork(tx);
  await writeRows(writing, query);
  return { takenAt: manifest.takenAt, checksums, waiting: count };
}

/**
 * Writes everything into one file while the install goes on working: what was committed when it began, and nothing
 * that came later; the jobs that waited; and, in a sealed file, the install's secrets, without which sealed columns
 * cannot be read elsewhere. The file has its name only when it is whole. Not in it are uploads that wait to be imported.
 */
export async function backup(databases: Databases, options: BackupOptions): Promise<BackupReport> {
  const writer = await BackupWriter.begin(options.path, options.passphrase);
  try {
    const report = await databases.copying((tx, connection) =>
      writeAll({ writer, tx, connection, signal: options.signal }, options),
    );
    await writer.end();
    return report;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
