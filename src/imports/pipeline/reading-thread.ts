/** The thread in which a file is read, cut, parsed and understood: see `reading.ts`. */
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { Refusal } from "#src/base/refusal.ts";
import { collectNow } from "#src/base/thrift.ts";
import { formatNamed } from "../formats/all.ts";
import { openSource, type Part, type Reading, type Source } from "../stream/source.ts";
import { BatchDraft } from "./batch.ts";
import { AHEAD, type ReadingAsked, type ReadingTold, type Trouble, type WantedReading } from "./reading-talk.ts";

/** A batch is stored when it has this many messages: larger ones are no faster, and hold more memory and more back. */
const BATCH_MESSAGES = 4000;
/** Or this many people who put marks under them: a popular post of Discord alone may name thousands. */
const BATCH_NAMED = 20_000;
/** However few messages there are, progress is saved this often, in milliseconds. */
const BATCH_MS = 2000;

/** A source that says how much of the file its present reading has consumed. */
function watched(source: Source): { source: Source; consumed: () => number } {
  let reading: Reading | undefined;
  const read = async (part: Part, from?: number): Promise<Reading> => (reading = await source.read(part, from));
  return { source: { ...source, read }, consumed: () => reading?.consumed() ?? 0 };
}

/** Nobody else begins this file. */
const port = parentPort ?? fail();

function fail(): never {
  throw new Error("this file is read by a thread");
}

function tell(told: ReadingTold): void {
  const transfer = told.kind === "batch" ? [told.parcel.messages.cells.buffer] : [];
  // Made by `BinaryRows`, which takes memory that nobody shares.
  port.postMessage(told, transfer as ArrayBuffer[]);
}

let ahead = 0;
let isToStop = false;
port.on("message", (asked: ReadingAsked) => {
  if (asked === "taken") ahead -= 1;
  else isToStop = true;
});

const isFull = (): boolean => !isToStop && ahead >= AHEAD;

/** Hands a batch over as soon as there is room for it. */
async function handOver(draft: BatchDraft): Promise<void> {
  while (isFull()) await once(port, "message");
  if (isToStop) return;
  ahead += 1;
  tell({ kind: "batch", parcel: draft.parcel() });
}

async function read({ path, name, format, choices, resume }: WantedReading): Promise<void> {
  const { source, consumed } = watched(await openSource(path, name));
  let draft = new BatchDraft();
  let begun = performance.now();
  for await (const harvest of formatNamed(format).read(source, choices, resume)) {
    if (isToStop) return;
    draft.add(harvest, consumed());
    const isSmall = draft.packer.count < BATCH_MESSAGES && draft.packer.named < BATCH_NAMED;
    if (isSmall && performance.now() - begun < BATCH_MS) continue;
    await handOver(draft);
    draft = new BatchDraft();
    begun = performance.now();
  }
  if (draft.around.resume !== undefined) await handOver(draft);
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof Refusal) {
    const { kind, code, details } = error;
    return { refusal: { kind, code, details } };
  }
  const { message, stack, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  return { message, stack, code };
}

try {
  collectNow();
  // What `reading.ts` begins this thread with.
  await read(workerData as WantedReading);
  tell({ kind: "end" });
} catch (error) {
  tell({ kind: "trouble", trouble: troubleOf(error) });
} finally {
  port.close();
}
