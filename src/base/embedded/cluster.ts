import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { refuse } from "#src/base/refusal.ts";
import { EMBEDDED_MAJOR, type Binaries } from "./binaries.ts";
import { freePort } from "./free-port.ts";
import { explainServerLog } from "./server-log.ts";
import type { Runner } from "./system-user.ts";

/** The name of the server's owner and of the database that Veche keeps in it. */
export const OWNER = "veche";

/** A folder with the embedded server's data, and how to get in. */
export interface Cluster {
  readonly dir: string;
  /** The port it asks for; the next free one is taken when somebody else has it. */
  readonly port: number;
  readonly password: string;
}

/** What it takes to make or open a cluster. */
export interface ClusterTools {
  readonly dataDir: string;
  readonly runner: Runner;
  readonly binaries: Binaries;
  /** Nothing need survive a power cut. */
  readonly throwAway: boolean;
}

/** The data folder's own folder of PostgreSQL. */
export function clusterDir(dataDir: string): string {
  return join(dataDir, "pg");
}

const KEYS = "veche.json";

function writeKeys(dir: string, keys: { port: number; password: string }): void {
  writeFileSync(join(dir, KEYS), `${JSON.stringify(keys)}\n`, { mode: 0o600 });
}

/** Remembers the port for the next start. */
export function rememberPort(cluster: Cluster, port: number): void {
  if (port !== cluster.port) writeKeys(cluster.dir, { port, password: cluster.password });
}

function readCluster(dir: string): Cluster {
  const major = Number(readFileSync(join(dir, "PG_VERSION"), "utf8").trim());
  if (major !== EMBEDDED_MAJOR)
    refuse("unavailable", "base.other-major", { found: major, needed: EMBEDDED_MAJOR, folder: dir });
  if (!existsSync(join(dir, KEYS))) refuse("unavailable", "base.foreign-cluster", { folder: dir });
  // Written by `writeKeys` only.
  const keys = JSON.parse(readFileSync(join(dir, KEYS), "utf8")) as { port: number; password: string };
  return { dir, ...keys };
}

/** Folders that a process which no longer lives began to fill. */
function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = Number(/^pg-new-(\d+)$/.exec(name)?.[1] ?? 0);
    if (pid > 0 && (pid === process.pid || !isAlive(pid)))
      rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function initdb({ runner, binaries, throwAway }: ClusterTools, dir: string, passwordFile: string): Promise<void> {
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = ["--username", OWNER, "--auth=scram-sha-256", "--pwfile", passwordFile];
  const args = ["--pgdata", dir, ...locale, ...access, ...(throwAway ? ["--no-sync"] : []), "--no-instructions"];
  const child = runner.start(binaries.initdb, args, { stdio: ["ignore", "pipe", "pipe"], cwd: "/" });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done() : fail(explainServerLog(output, dir))));
  });
}

/**
 * Makes the cluster in a folder beside its place and moves it there whole, so that a kill in the middle leaves nothing
 * half made, and of two processes that do this at once the second takes what the first has made.
 */
async function createCluster(tools: ClusterTools, dir: string): Promise<void> {
  removeUnfinished(tools.dataDir);
  const draft = join(tools.dataDir, `pg-new-${process.pid}`);
  const made = join(draft, "pg");
  const passwordFile = join(draft, "password");
  const password = randomBytes(24).toString("base64url");
  mkdirSync(draft, { mode: 0o700 });
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    const { user } = tools.runner;
    if (user !== undefined) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
    await initdb(tools, made, passwordFile);
    writeKeys(made, { port: await freePort(), password });
    renameSync(made, dir);
  } catch (error) {
    if (!existsSync(join(dir, "PG_VERSION"))) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Opens the cluster of this data folder and makes it first if there is none; refuses one it cannot use. */
export async function openCluster(tools: ClusterTools): Promise<Cluster> {
  const dir = clusterDir(tools.dataDir);
  if (!existsSync(join(dir, "PG_VERSION"))) {
    if (existsSync(dir) && readdirSync(dir).length > 0) refuse("unavailable", "base.foreign-cluster", { folder: dir });
    await createCluster(tools, dir);
  }
  return readCluster(dir);
}
