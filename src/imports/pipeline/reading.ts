import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { Refusal } from "#src/base/refusal.ts";
import type { Parcel } from "./batch.ts";
import type { ReadingTold, Trouble, WantedReading } from "./reading-talk.ts";

/** For the thread's own JavaScript, in MB: four times what the worst file took. A file that needs more fails, and nothing else. */
const HEAP_MB = 512;

function errorOf(trouble: Trouble): Error {
  if ("refusal" in trouble) return new Refusal(trouble.refusal.kind, trouble.refusal.code, trouble.refusal.details);
  const { message, stack, code } = trouble;
  return Object.assign(new Error(message), stack === undefined ? {} : { stack }, code === undefined ? {} : { code });
}

/** How long the thread may take to close its files when nobody wants more, in milliseconds. */
const STOP_MS = 2000;

/** Ends the thread at its next harvest, so that it closes what it had opened; resolves when it has ended. */
async function ended(thread: Worker, exit: Promise<unknown>): Promise<void> {
  const late = setTimeout(() => void thread.terminate(), STOP_MS);
  thread.postMessage("stop", []);
  await exit;
  clearTimeout(late);
}

/** Gives the memory of a stored batch back now; its garbage is collected some batches later. */
function letGo({ messages }: Parcel): void {
  structuredClone(undefined, { transfer: [messages.cells.buffer as ArrayBuffer] });
}

/**
 * Reads a file in a thread of its own, a few batches ahead of whoever stores them, and hands out batch after batch; what was
 * handed out is gone when the next is asked for. The thread
 * has ended when this has: at the file's end, when reading fails, and when nobody wants more. Throws what reading threw.
 */
export async function* readParcels(wanted: WantedReading): AsyncGenerator<Parcel> {
  const url = new URL("./reading-thread.ts", import.meta.url);
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB };
  const thread = new Worker(url, { execArgv: [], workerData: wanted, resourceLimits });
  const exit = new Promise((resolve) => thread.once("exit", resolve));
  // What goes wrong after the last batch was taken concerns nobody.
  thread.on("error", () => undefined);
  try {
    for await (const [what] of on(thread, "message", { close: ["exit"] })) {
      // All that `reading-thread.ts` posts.
      const told = what as ReadingTold;
      if (told.kind === "end") return;
      if (told.kind === "trouble") throw errorOf(told.trouble);
      yield told.parcel;
      letGo(told.parcel);
      thread.postMessage("taken", []);
    }
    throw new Error("the thread that read the file ended by itself");
  } finally {
    await ended(thread, exit);
  }
}
