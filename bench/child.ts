import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a finished program cost. */
export interface Cost {
  /** When it was started, in milliseconds since 1970 UTC. */
  readonly startedAt: number;
  readonly seconds: number;
  /** The largest resident memory of the program's first process; 0 where the system does not tell. */
  readonly peakMegabytes: number;
  readonly output: string;
}

const WATCH_MS = 50;

/** The high-water mark that Linux keeps for a process, in megabytes. */
export function peakMemory(pid: number): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return (Number(kilobytes ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}

/** Runs a program to its end; throws with the end of what it said when it fails. */
export async function costOf(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Cost> {
  const started = performance.now();
  const startedAt = Date.now();
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let said = "";
  let peakMegabytes = 0;
  child.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (said = (said + piece.toString()).slice(-2_000)));
  const watch = setInterval(() => (peakMegabytes = Math.max(peakMegabytes, peakMemory(child.pid ?? 0))), WATCH_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", reject);
  });
  clearInterval(watch);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}${output.slice(-500)}`);
  return { startedAt, seconds: (performance.now() - started) / 1000, peakMegabytes, output };
}
