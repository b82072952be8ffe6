import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Refusal } from "../refusal.ts";
import type { DrawingAnswer, DrawingWork } from "./work.ts";

/** A picture of 25 million pixels takes two seconds on a slow machine; whatever takes longer is ended. */
const MOST_MS = 20_000;
/** What waits its turn holds its bytes in memory. */
const MOST_WAITING = 16;
/** WebAssembly never gives memory back: the thread ends when nothing was drawn for so long. */
const IDLE_MS = 20_000;
/** For the thread's own JavaScript, in MB; the decoder's memory is bounded by the pixels that callers let through. */
const HEAP_MB = 192;

/** What was to be drawn cannot be: the picture is damaged, or takes too long. */
export class DrawingFailed extends Error {
  constructor(why: string) {
    super(why);
    this.name = "DrawingFailed";
  }
}

let thread: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

function end(): void {
  void thread?.terminate();
  thread = undefined;
}

function begin(): Worker {
  const url = new URL("./drawing-thread.ts", import.meta.url);
  const begun = new Worker(url, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
  begun.unref();
  return begun;
}

async function answerTo(work: DrawingWork): Promise<DrawingAnswer> {
  clearTimeout(idle);
  const worker = (thread ??= begin());
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), MOST_MS);
  try {
    const heard = once(worker, "message", { signal: over.signal });
    const ended = once(worker, "exit", { signal: over.signal });
    worker.postMessage(work, []);
    // What an event brings is a list: an exit its number, a message what `drawing-thread.ts` posts.
    const [made] = (await Promise.race([heard, ended])) as [number | DrawingAnswer];
    if (typeof made === "number") throw new DrawingFailed("ended");
    return made;
  } catch (error) {
    end();
    throw new DrawingFailed(String(error));
  } finally {
    clearTimeout(timer);
    // Takes the listeners off that have not been called.
    over.abort();
  }
}

async function oneByOne(work: DrawingWork): Promise<DrawingAnswer> {
  const before = last;
  const mine = before.then(() => answerTo(work));
  last = mine.catch(() => undefined);
  const made = await mine;
  idle = setTimeout(end, IDLE_MS);
  idle.unref();
  return made;
}

/**
 * Draws in a thread of its own, one thing after the other, with a limit of time and memory. Refuses when many wait; throws
 * `DrawingFailed` when nothing can be drawn of what came.
 */
export async function draw(work: DrawingWork): Promise<readonly Buffer[]> {
  if (waiting >= MOST_WAITING) throw new Refusal("too-many", "request.too-many", { seconds: 5 });
  waiting += 1;
  try {
    const made = await oneByOne(work);
    if (made.length === 0) throw new DrawingFailed("not a picture");
    return made.map((bytes) => Buffer.from(bytes));
  } finally {
    waiting -= 1;
  }
}
