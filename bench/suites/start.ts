import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost, told, type Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STARTS = 5;
const GIVE_UP_MS = 60_000;
/** Long enough for what a start leaves behind (parsed code, warm-up queries) to be collected or to stay. */
const SETTLE_MS = 5_000;

interface Running {
  readonly child: ChildProcess;
  readonly seconds: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts the product as a person does and waits for the first page. */
async function start(folder: string): Promise<Running> {
  const port = await freePort();
  const env = { ...process.env, VECHE_DATA_DIR: folder, PORT: String(port), LOG_LEVEL: "error" };
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, "scripts/run.mjs"), "start"], { env, stdio: "ignore" });
  while (performance.now() - started < GIVE_UP_MS) {
    const page = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (page?.ok) return { child, seconds: (performance.now() - started) / 1000 };
    if (child.exitCode !== null) throw new Error(`the start ended with ${child.exitCode}`);
    await pause(10);
  }
  throw new Error("no page within a minute");
}

async function stop({ child }: Running): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGINT");
  await ended;
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1.024e-3;
}

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "veche-bench-"));
  try {
    const first = await start(folder);
    await stop(first);
    say(`first start, with a new database: ${first.seconds.toFixed(2)} s`);
    const seconds: number[] = [];
    let memory = 0;
    for (let i = 0; i < STARTS; i++) {
      const warm = await start(folder);
      seconds.push(warm.seconds);
      say(`warm start: ${warm.seconds.toFixed(2)} s`);
      if (i === 0) {
        await pause(SETTLE_MS);
        memory = residentMegabytes(warm.child.pid ?? 0);
      }
      await stop(warm);
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
