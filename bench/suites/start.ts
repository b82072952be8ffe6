import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pause, startAppProcess } from "../app-process.ts";
import { atMost, told, type Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";

const STARTS = 5;
/** Long enough for what a start leaves behind (parsed code, warm-up queries) to be collected or to stay. */
const SETTLE_MS = 5_000;

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "veche-bench-"));
  try {
    const first = await startAppProcess(folder);
    await first.stop();
    say(`first start, with a new database: ${first.seconds.toFixed(2)} s`);
    const seconds: number[] = [];
    let memory = 0;
    for (let i = 0; i < STARTS; i++) {
      const warm = await startAppProcess(folder);
      seconds.push(warm.seconds);
      say(`warm start: ${warm.seconds.toFixed(2)} s`);
      if (i === 0) {
        await pause(SETTLE_MS);
        memory = warm.memory();
      }
      await warm.stop();
    }
    return [
      told("first start to the first page", first.seconds, "s"),
      atMost("warm start to the first page, slowest of five", { value: Math.max(...seconds), goal: 3, unit: "s" }),
      atMost("app memory after the start", { value: memory, goal: 200, unit: "MB" }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long a person waits for the first page after `npm start`, and what the app then takes of the machine. */
export const suite: Suite = { measure };
