import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Binaries } from "./binaries.ts";
import { explainServerLog, passingTrouble, type PassingTrouble } from "./server-log.ts";
import { serverArguments } from "./settings.ts";
import type { Runner } from "./system-user.ts";

/** A running server, as its `postmaster.pid` tells (the lines of that file are fixed in PostgreSQL's pidfile.h). */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

function pidFile(dir: string): string {
  return join(dir, "postmaster.pid");
}

function commandLine(pid: number): string {
  if (process.platform === "linux") {
    try {
      // Empty for a process that has ended and was not yet collected.
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }
  return spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/**
 * The server that runs on this folder. A file left behind by a server that is gone, or whose number now belongs to
 * another program, is removed.
 */
export function findPostmaster(dir: string): Postmaster | undefined {
  let text: string;
  try {
    text = readFileSync(pidFile(dir), "utf8");
  } catch {
    return undefined;
  }
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const command = commandLine(pid);
  if (!command.includes("postgres") || !command.includes(dir)) {
    rmSync(pidFile(dir), { force: true });
    return undefined;
  }
  return { pid, port: Number(lines[3]), ready: (lines[7] ?? "").trim() === "ready" };
}

/** What a start of the server needs. */
export interface ServerStart {
  readonly dir: string;
  readonly port: number;
  readonly logFile: string;
  readonly runner: Runner;
  readonly binaries: Binaries;
  readonly throwAway: boolean;
}

/** A log beyond this size begins anew at the next start. */
const LOG_LIMIT_BYTES = 10_000_000;
const POLL_MS = 10;

function openLog(file: string): { fd: number; from: number } {
  const size = existsSync(file) ? statSync(file).size : 0;
  const fresh = size > LOG_LIMIT_BYTES;
  return { fd: openSync(file, fresh ? "w" : "a", 0o600), from: fresh ? 0 : size };
}

function logSince(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString("utf8");
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C reaches the app alone and the app ends the server
 * when it has drained. Resolves to undefined when it takes connections, however long recovery lasts; to the trouble
 * when another try may help; throws a refusal otherwise.
 */
export async function startPostmaster(start: ServerStart): Promise<PassingTrouble | undefined> {
  const { dir, port, logFile, runner, binaries, throwAway } = start;
  const { fd, from } = openLog(logFile);
  const args = ["-D", dir, ...serverArguments(port, throwAway)];
  const child = runner.start(binaries.postgres, args, { detached: true, stdio: ["ignore", fd, fd], cwd: "/" });
  closeSync(fd);
  let broken: Error | undefined;
  child.once("error", (error) => (broken = error));
  child.unref();
  while (child.exitCode === null && child.signalCode === null) {
    if (findReady(dir, child.pid)) return undefined;
    await wait(POLL_MS);
  }
  if (broken !== undefined) throw broken;
  const said = logSince(logFile, from);
  const trouble = passingTrouble(said);
  if (trouble === undefined) throw explainServerLog(said, dir);
  return trouble;
}

function findReady(dir: string, pid: number | undefined): boolean {
  const found = existsSync(pidFile(dir)) ? readFileSync(pidFile(dir), "utf8").split("\n") : [];
  return Number(found[0]) === pid && (found[7] ?? "").trim() === "ready";
}

/** How long a server may take to end its sessions and write its checkpoint before it is told to drop everything. */
const FAST_STOP_MS = 60_000;

/** Ends the server: open sessions are cut off, what was committed is written. Resolves when it is gone. */
export async function stopPostmaster(dir: string): Promise<void> {
  const running = findPostmaster(dir);
  if (running === undefined) return;
  signal(running.pid, "SIGINT");
  const deadline = Date.now() + FAST_STOP_MS;
  while (findPostmaster(dir)?.pid === running.pid) {
    if (Date.now() > deadline) signal(running.pid, "SIGQUIT");
    await wait(POLL_MS);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}
