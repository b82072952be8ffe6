import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { type Intake, openIntake } from "#src/platforms/intake.ts";
import { formats } from "../formats/all.ts";
import type { Choices, HistoryFormat, ResumePoint } from "../formats/format.ts";
import type { ImportReport, ImportStatus } from "../model.ts";
import { type ImportRow, keepPieces, saveProgress } from "../store.ts";
import { openSource, type Part, type Reading, type Source } from "../stream/source.ts";
import { Batch } from "./batch.ts";
import { Pacer } from "./pace.ts";
import { piecesToKeep, reportAfter, reportFrom } from "./report.ts";

/** A batch is stored when it has this many messages: larger ones are no faster, and hold more memory and more back. */
const BATCH_MESSAGES = 5000;
/** However few messages there are, progress is saved this often, in milliseconds. */
const BATCH_MS = 2000;

/** Told after each batch. */
export interface ImportProgress {
  readonly readBytes: number;
  readonly fileBytes: number;
  readonly report: ImportReport;
  readonly secondsLeft: number | undefined;
}

/** What carrying an import needs. */
export interface Carrying {
  readonly databases: Databases;
  readonly community: CommunityId;
  /** Stops at the next batch. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** How it ended: at the file's end, or before because somebody cancelled or the process stops. */
export type CarryEnd = "end-of-file" | "cancelled" | "stopped";

/** The format of that name; refuses a name that no version knows any more. */
export function formatNamed(name: string): HistoryFormat {
  const format = formats.find((each) => each.name === name);
  return format ?? refuse("invalid", "imports.unknown-format", { format: name });
}

interface Stored {
  report: ImportReport;
  readBytes: number;
  status: ImportStatus | undefined;
}

/** A source that says how much of the file its present reading has consumed. */
function watched(source: Source): { source: Source; consumed: () => number } {
  let reading: Reading | undefined;
  const read = async (part: Part, from?: number): Promise<Reading> => (reading = await source.read(part, from));
  return { source: { ...source, read }, consumed: () => reading?.consumed() ?? 0 };
}

/** Stores batches one after another, each with the point from which to go on; keeps the report. */
class Writer {
  readonly stored: Stored;
  readonly #carrying: Carrying;
  readonly #row: ImportRow;
  readonly #intake: Intake;
  readonly #pacer = new Pacer();

  constructor(carrying: Carrying, row: ImportRow) {
    const { databases, community, now } = carrying;
    const { platform } = formatNamed(row.format);
    this.#carrying = carrying;
    this.#row = row;
    this.#intake = openIntake({ databases, community, platform, importId: row.id, now });
    this.stored = { report: reportFrom(row.report), readBytes: row.readBytes, status: row.status };
  }

  async write(batch: Batch): Promise<void> {
    const { community, now } = this.#carrying;
    const { id } = this.#row;
    const before = this.stored;
    let after = before;
    await this.#intake.store(batch.incoming(), async (tx, result) => {
      const report = reportAfter(before.report, batch, result);
      const readMessages = report.stored + report.updated + report.repeated;
      report.pace = this.#pacer.mark(now(), readMessages, batch.readBytes) ?? before.report.pace;
      const kept = piecesToKeep(before.report, batch).map(({ offset, ...piece }) => ({ ...piece, position: offset }));
      await keepPieces(tx, community, { importId: id, source: this.#row.fileName, pieces: kept, now: now() });
      const { readBytes, resume } = batch;
      const status = await saveProgress(tx, community, { id, readBytes, resume, report, now: now() });
      after = { report, readBytes, status };
    });
    Object.assign(this.stored, after);
    this.#tell();
  }

  #tell(): void {
    const { report, readBytes } = this.stored;
    const { fileBytes } = this.#row;
    const { pace } = report;
    const secondsLeft = pace === null || pace.bytes <= 0 ? undefined : (fileBytes - readBytes) / pace.bytes;
    this.#carrying.onProgress?.({ readBytes, fileBytes, report, secondsLeft });
  }
}

function choicesOf({ options }: ImportRow, now: number): Choices {
  const { timeZone, fields, spaces } = options;
  return { timeZone, now, ...(fields === undefined ? {} : { fields }), ...(spaces === undefined ? {} : { spaces }) };
}

async function openFile(row: ImportRow): Promise<Source> {
  const source = await openSource(row.filePath, row.fileName);
  if (source.bytes !== row.fileBytes) refuse("conflict", "imports.file-changed", { name: row.fileName });
  return source;
}

/**
 * Carries a file into the community from where an earlier run stopped. While PostgreSQL stores one batch the next is
 * read. Whenever it ends, everything stored and the point to go on from are committed together.
 */
export async function carry(carrying: Carrying, row: ImportRow): Promise<{ end: CarryEnd; report: ImportReport }> {
  const { signal, now } = carrying;
  const { source, consumed } = watched(await openFile(row));
  const writer = new Writer(carrying, row);
  // It was written by `saveProgress` and is checked by the format that reads it.
  const resume = (row.resume ?? undefined) as ResumePoint | undefined;
  const harvests = formatNamed(row.format).read(source, choicesOf(row, now()), resume);
  let batch = new Batch();
  let begun = now();
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await writing;
    writing = writer.write(batch);
    // It is awaited before the next batch; until then nobody else would notice that it failed.
    writing.catch(() => undefined);
    batch = new Batch();
    begun = now();
  };
  const isToStop = (): boolean => signal.aborted || writer.stored.status === "cancelling";
  for await (const harvest of harvests) {
    batch.add(harvest, consumed());
    if (batch.messages.length < BATCH_MESSAGES && now() - begun < BATCH_MS) continue;
    await flush();
    if (isToStop()) break;
  }
  if (!isToStop() && batch.resume !== undefined) await flush();
  await writing;
  const cancelled = writer.stored.status === "cancelling";
  return { end: cancelled ? "cancelled" : signal.aborted ? "stopped" : "end-of-file", report: writer.stored.report };
}
