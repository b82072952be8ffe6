import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#src/base/embedded/free-port.ts";

/** Veche as a person would start it: a process of its own, on an empty data folder. */
export interface RunningVeche {
  /** `http://localhost:4401` */
  readonly address: string;
  /** The one-time link that makes the owner; empty when there is one already. */
  readonly ownerLink: string;
  /** Its data. */
  readonly folder: string;
  /** Ends the process and leaves its data. */
  end(): Promise<void>;
  /** Ends the process and forgets its data. */
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "..");

/** How long a start on an empty folder may take, with the database made anew. In milliseconds. */
const START_MS = 60_000;

/** An empty data folder, which the database's own user may enter. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "veche-browser-"));
}

/** Starts Veche on a free port, with an empty data folder unless one is given; `settings` are further variables of its environment. */
export async function startVeche(
  folder = emptyFolder(),
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningVeche> {
  const own = { VECHE_DATA_DIR: folder, PORT: String(await freePort()), NODE_ENV: "production" };
  const env = { ...process.env, ...settings, ...own };
  const child = spawn(process.execPath, ["src/cli/main.ts", "start", "--json"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const told: string[] = [];
  let isAsked = false;
  const over = new Promise<void>((done) =>
    child.once("exit", (code, signal) => {
      // Tests that follow only see that nobody answers; this says why.
      if (!isAsked) process.stderr.write(`Veche ended by itself (${code ?? signal}).\n${told.join("").slice(-4000)}\n`);
      done();
    }),
  );
  child.stderr.on("data", (piece: Buffer) => told.push(String(piece)));
  const end = async () => {
    isAsked = true;
    child.kill("SIGTERM");
    await over;
  };
  const stop = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  const started = new Promise<{ address: string; firstOwnerLink?: string }>((done) => {
    let text = "";
    child.stdout.on("data", (piece: Buffer) => {
      text += String(piece);
      const line = text.split("\n").find((one) => one.includes('"address"'));
      // What `./veche start --json` prints; see its documentation.
      if (line !== undefined) done(JSON.parse(line) as { address: string; firstOwnerLink?: string });
    });
  });
  const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), START_MS).unref());
  const answer = await Promise.race([started, over.then(() => undefined), late]);
  if (answer === undefined) {
    await stop();
    throw new Error(`Veche did not start.\n${told.join("").slice(-4000)}`);
  }
  return { address: answer.address, ownerLink: answer.firstOwnerLink ?? "", folder, end, stop };
}
