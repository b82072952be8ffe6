import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * An import, and counting what it brought, make garbage fast and keep little: 50 MB live, while V8, on a machine with much memory, lets the heap grow
 * to six times that before it looks. Measured on 277,000 messages: 420 MB resident without these, 215 MB with them, for
 * a sixth more processor time. They are read anew at each collection, so they may change while the program runs.
 */
const THRIFTY = [
  "--heap-growing-percent=60",
  // Of young garbage a few MB are gone through quicker than four helpers are told of it.
  "--no-parallel-scavenge",
  // For the thread that reads an import, whose heap begins now: nothing in it lives longer than that.
  "--max-semi-space-size=4",
];
// The other two are as a process of Veche begins (scripts/setup/memory.mjs).
const USUAL = "--parallel-scavenge";

let atWork = 0;

interface Collection {
  readonly type: "major";
  readonly flavor?: "last-resort";
}

function collect(how: Collection): void {
  setFlagsFromString("--expose-gc");
  const collection = runInNewContext("gc") as (how: Collection) => void;
  setFlagsFromString("--no-expose-gc");
  collection(how);
}

/**
 * How far the heap may grow is decided at the end of a collection. Without one now, the limit of the time before holds for
 * the first seconds, and the memory taken then is not given back while the work goes on. Each thread has a heap of its own:
 * one that begins during thrifty work calls this itself.
 */
export function collectNow(): void {
  collect({ type: "major" });
}

/**
 * Gives the system back what is not in use. A usual collection keeps the emptied pages for what comes next: 220 MB stayed
 * 220 after the start, and became 192 by this. Everybody waits for it, 0.15 s with 70 MB in use, so it is for idle moments
 * and the beginning of long work: an import of a million messages peaks at 257 MB instead of 283.
 */
export function giveBackMemory(): void {
  collect({ type: "major", flavor: "last-resort" });
}

/** Does the work while garbage is collected sooner than usual. */
export async function thriftily<T>(work: () => Promise<T>): Promise<T> {
  if (atWork++ === 0) {
    for (const flag of THRIFTY) setFlagsFromString(flag);
    giveBackMemory();
  }
  try {
    return await work();
  } finally {
    if (--atWork === 0) setFlagsFromString(USUAL);
  }
}
