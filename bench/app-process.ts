import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** Pages that have changed are built first. */
const GIVE_UP_MS = 180_000;

/** The product in a process of its own, as `npm start` starts it. */
export interface AppProcess {
  readonly address: string;
  readonly pid: number;
  /** From the command to the first page. */
  readonly seconds: number;
  /** Resident memory of the app, without its database, in megabytes. */
  memory(): number;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
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

/** Waits. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGINT");
  await ended;
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1.024e-3;
}

/** Starts the product as a person does and waits for the first page. `folder` is its data folder. */
export async function startAppProcess(folder: string, flags: readonly string[] = []): Promise<AppProcess> {
  const port = await freePort();
  const env = { ...process.env, VECHE_DATA_DIR: folder, PORT: String(port), LOG_LEVEL: "error" };
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, join(ROOT, "scripts/run.mjs"), "start"], { env, stdio: "ignore" });
  const address = `http://127.0.0.1:${port}`;
  while (performance.now() - started < GIVE_UP_MS) {
    const page = await fetch(`${address}/`).catch(() => undefined);
    const { pid = 0 } = child;
    const seconds = (performance.now() - started) / 1000;
    if (page?.ok) return { address, pid, seconds, memory: () => residentMegabytes(pid), stop: () => stop(child) };
    if (child.exitCode !== null) throw new Error(`the start ended with ${child.exitCode}`);
    await pause(10);
  }
  await stop(child);
  throw new Error("no page within three minutes");
}
