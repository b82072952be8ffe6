import { refuse } from "#src/base/refusal.ts";
import type { Choices, ResumePoint } from "../formats/format.ts";
import type { ImportReport } from "../model.ts";
import type { ImportRow } from "../store.ts";
import { openSource, type Part, type Reading, type Source } from "../stream/source.ts";
import { Batch } from "./batch.ts";
import { type Carrying, formatNamed, Writer } from "./writer.ts";

/** A batch is stored when it has this many messages: larger ones are no faster, and hold more memory and more back. */
const BATCH_MESSAGES = 4000;
/** Or this many people who put marks under them: a popular post of Discord alone may name thousands. */
const BATCH_NAMED = 20_000;
/** However few messages there are, progress is saved this often, in milliseconds. */
const BATCH_MS = 2000;

/** How it ended: at the file's end, or before because somebody cancelled or the process stops. */
export type CarryEnd = "end-of-file" | "cancelled" | "stopped";

/** A source that says how much of the file its present reading has consumed. */
function watched(source: Source): { source: Source; consumed: () => number } {
  let reading: Reading | undefined;
  const read = async (part: Part, from?: number): Promise<Reading> => (reading = await source.read(part, from));
  return { source: { ...source, read }, consumed: () => reading?.consumed() ?? 0 };
}

function choicesOf({ options }: ImportRow, now: number): Choices {
  const { startedByName: _, ...chosen } = options;
  return { ...chosen, now };
}

async function openFile(row: ImportRow): Promise<Source> {
  const source = await openSource(row.filePath, row.fileName);
  if (source.bytes !== row.fileBytes) refuse("conflict", "imports.file-changed", { name: row.fileName });
  return source;
}

/** Stores batches one after another, and lets one more wait, so that neither reading nor PostgreSQL waits for the other. */
class Stores {
  readonly #store: (batch: Batch) => Promise<void>;
  #waiting: Promise<void> = Promise.resolve();
  #storing: Promise<void> = Promise.resolve();

  constructor(store: (batch: Batch) => Promise<void>) {
    this.#store = store;
  }

  /** Resolves when there is room for another batch. Throws when an earlier one could not be stored; none after it is. */
  async put(batch: Batch): Promise<void> {
    const before = this.#storing;
    this.#storing = this.#waiting;
    this.#waiting = this.#waiting.then(() => this.#store(batch));
    // It is awaited two batches later; until then nobody else would notice that it failed.
    this.#waiting.catch(() => undefined);
    await before;
  }

  /** Resolves when nothing waits any more; throws as `put`. */
  settled(): Promise<void> {
    return this.#waiting;
  }
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
  const isToStop = (): boolean => signal.aborted || writer.stored.status === "cancelling";
  const stores = new Stores((batch) => (isToStop() ? Promise.resolve() : writer.write(batch)));
  let batch = new Batch();
  let begun = now();
  try {
    for await (const harvest of harvests) {
      batch.add(harvest, consumed());
      const isSmall = batch.messages.length < BATCH_MESSAGES && batch.named < BATCH_NAMED;
      if (isSmall && now() - begun < BATCH_MS) continue;
      await stores.put(batch);
      batch = new Batch();
      begun = now();
      if (isToStop()) break;
    }
    if (!isToStop() && batch.resume !== undefined) await stores.put(batch);
  } finally {
    await stores.settled();
  }
  const cancelled = writer.stored.status === "cancelling";
  return { end: cancelled ? "cancelled" : signal.aborted ? "stopped" : "end-of-file", report: writer.stored.report };
}
