import type { CommunityId } from "#src/base/community-id.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { type Intake, openIntake } from "#src/platforms/intake.ts";
import type { IncomingMessage, StoredBatch } from "#src/platforms/model.ts";
import { formatNamed } from "../formats/all.ts";
import type { Skip } from "../formats/harvest.ts";
import type { ImportReport, ImportStatus } from "../model.ts";
import { type ImportRow, keepPieces, saveProgress, storeNumbers } from "../store.ts";
import { KEPT_RAW_BYTES } from "../stream/limits.ts";
import type { Batch } from "./batch.ts";
import { Pacer } from "./pace.ts";
import { piecesToKeep, reportAfter, reportFrom } from "./report.ts";
import { isOfTheData } from "./trouble.ts";

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
  /** See `IntakeOptions`. */
  readonly secrets?: Secrets | undefined;
  readonly onProgress?: (progress: ImportProgress) => void;
}

interface Stored {
  report: ImportReport;
  readBytes: number;
  status: ImportStatus | undefined;
}

/** Stores batches one after another, each with the point from which to go on; keeps the report. */
export class Writer {
  readonly stored: Stored;
  readonly #carrying: Carrying;
  readonly #row: ImportRow;
  readonly #intake: Intake;
  readonly #pacer = new Pacer();

  constructor(carrying: Carrying, row: ImportRow) {
    const { databases, community, now, secrets } = carrying;
    const { platform } = formatNamed(row.format);
    this.#carrying = carrying;
    this.#row = row;
    this.#intake = openIntake({ databases, community, platform, importId: row.id, secrets, now });
    this.stored = { report: reportFrom(row.report), readBytes: row.readBytes, status: row.status };
  }

  async write(batch: Batch): Promise<void> {
    try {
      await this.#store(batch, nothing);
    } catch (error) {
      if (!isOfTheData(error)) throw error;
      // Once more in smaller and smaller parts, until the guilty message stands alone.
      const before = await this.#storeGood(batch, batch.messages);
      batch.messages = [];
      await this.#store(batch, before);
    }
    this.#tell();
  }

  /** Stores what is in the batch, and with it how far the import is. `before` of the same batch is stored already. */
  async #store(batch: Batch, before: Ahead): Promise<void> {
    let after = this.stored;
    await this.#intake.store(batch.incoming(), async (tx, result) => {
      after = await this.#save(tx, batch, { ...before, result: sum(before.result, result) });
    });
    Object.assign(this.stored, after);
  }

  async #save(tx: Tx, batch: Batch, { result, messages }: Ahead): Promise<Stored> {
    const { community, now } = this.#carrying;
    const { id, fileName } = this.#row;
    const { report: before } = this.stored;
    const { readBytes, resume } = batch;
    const report = reportAfter(before, batch, { ...result, messages: messages.concat(batch.messages) });
    const readMessages = report.stored + report.updated + report.repeated;
    report.pace = this.#pacer.mark(now(), readMessages, readBytes) ?? before.pace;
    const pieces = piecesToKeep(before, batch).map(({ offset, ...piece }) => ({ ...piece, position: offset }));
    await storeNumbers(tx, community, { importId: id, numbers: batch.numbers });
    await keepPieces(tx, community, { importId: id, source: fileName, pieces, now: now() });
    return {
      report,
      readBytes,
      status: await saveProgress(tx, community, { id, readBytes, resume, report, now: now() }),
    };
  }

  /** Stores the messages that can be stored; the others join the skipped of the batch. */
  async #storeGood(batch: Batch, messages: IncomingMessage[]): Promise<Ahead> {
    try {
      const spaces = [...batch.spaces.values()];
      return { messages, result: await this.#intake.store({ spaces, messages, moves: [] }) };
    } catch (error) {
      if (!isOfTheData(error)) throw error;
      const [only] = messages;
      if (only !== undefined && messages.length === 1) batch.skipped.push(refused(only, batch.readBytes));
      if (messages.length <= 1) return nothing;
    }
    const half = Math.ceil(messages.length / 2);
    const first = await this.#storeGood(batch, messages.slice(0, half));
    const second = await this.#storeGood(batch, messages.slice(half));
    return { messages: first.messages.concat(second.messages), result: sum(first.result, second.result) };
  }

  #tell(): void {
    const { report, readBytes } = this.stored;
    const { fileBytes } = this.#row;
    const { pace } = report;
    const secondsLeft = pace === null || pace.bytes <= 0 ? undefined : (fileBytes - readBytes) / pace.bytes;
    this.#carrying.onProgress?.({ readBytes, fileBytes, report, secondsLeft });
  }
}

/** What of a batch was stored ahead of the rest. */
interface Ahead {
  readonly messages: IncomingMessage[];
  readonly result: StoredBatch;
}

const nothing: Ahead = { messages: [], result: { stored: 0, updated: 0, repeated: 0, moves: 0, newMembers: 0 } };

function sum(a: StoredBatch, b: StoredBatch): StoredBatch {
  return {
    stored: a.stored + b.stored,
    updated: a.updated + b.updated,
    repeated: a.repeated + b.repeated,
    moves: a.moves + b.moves,
    newMembers: a.newMembers + b.newMembers,
  };
}

/** Where in the file it stood is not known any more; the place is where the batch ended. */
function refused(message: IncomingMessage, offset: number): Skip {
  const raw = Buffer.from(JSON.stringify(message));
  return { reason: "not-storable", offset, number: 0, bytes: raw.length, raw: raw.subarray(0, KEPT_RAW_BYTES) };
}
