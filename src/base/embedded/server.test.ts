import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { Refusal } from "#src/base/refusal.ts";
import { findPostmaster, stopPostmaster } from "./postmaster.ts";
import { startEmbedded, type EmbeddedServer } from "./server.ts";

const folders: string[] = [];
const apps: ChildProcess[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) app.kill("SIGKILL");
  for (const folder of folders.splice(0)) {
    await stopPostmaster(join(folder, "pg"));
    rmSync(folder, { recursive: true, force: true });
  }
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "veche-embedded-"));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

let seed: Promise<string> | undefined;

async function makeSeed(): Promise<string> {
  const folder = newFolder();
  await (await start(folder)).stop();
  const kept = mkdtempSync(join(tmpdir(), "veche-seed-"));
  execFileSync("cp", ["-a", join(folder, "pg"), kept]);
  return kept;
}

/** A folder in which the server has run before; copied, because making one takes a second. */
async function usedFolder(): Promise<string> {
  seed ??= makeSeed();
  const folder = newFolder();
  execFileSync("cp", ["-a", join(await seed, "pg"), folder]);
  return folder;
}

afterAll(async () => {
  if (seed !== undefined) rmSync(await seed, { recursive: true, force: true });
});

function start(dataDir: string): Promise<EmbeddedServer> {
  return startEmbedded({ dataDir, log: () => undefined });
}

interface App {
  readonly url: string;
  readonly adopted: boolean;
  readonly process: ChildProcess;
}

/** Another process that uses the server until it is killed. */
async function startApp(dataDir: string): Promise<App> {
  const code = `import { startEmbedded } from "#src/base/embedded/server.ts";
    const { url, adopted } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} });
    console.log(JSON.stringify({ url, adopted })); setInterval(() => {}, 1000);`;
  const app = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  apps.push(app);
  const lines = createInterface({ input: app.stdout });
  for await (const line of lines) return { ...(JSON.parse(line) as Omit<App, "process">), process: app };
  throw new Error("the app ended without a word");
}

async function kill(app: App): Promise<void> {
  const gone = new Promise((done) => app.process.once("exit", done));
  app.process.kill("SIGKILL");
  await gone;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 200; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await wait(50);
    }
  }
}

test("the first start makes the database, and stopping leaves nothing running", async () => {
  const folder = newFolder();
  const server = await start(folder);
  expect(await ask(server.url, "show server_encoding")).toEqual(["UTF8"]);
  expect(server.adopted).toBe(false);
  await server.stop();
  expect(findPostmaster(join(folder, "pg"))).toBeUndefined();
});

test("the second start finds what the first has stored, at the same address", async () => {
  const folder = newFolder();
  const first = await start(folder);
  await ask(first.url, "create table kept as select 7 as number");
  await first.stop();
  const second = await start(folder);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, "select number from kept")).toEqual([7]);
  await second.stop();
});

test("after the app is killed, the next start takes over the server that still runs", async () => {
  const folder = await usedFolder();
  const app = await startApp(folder);
  await kill(app);
  expect(findPostmaster(join(folder, "pg"))).toBeDefined();
  const next = await start(folder);
  expect(next.adopted).toBe(true);
  expect(next.url).toBe(app.url);
  await next.stop();
  expect(findPostmaster(join(folder, "pg"))).toBeUndefined();
});

test("the command line joins the running app and does not stop its database when it leaves", async () => {
  const folder = await usedFolder();
  const app = await startApp(folder);
  const commandLine = await start(folder);
  expect(commandLine.adopted).toBe(true);
  await commandLine.stop();
  expect(await ask(app.url, "select 1")).toEqual([1]);
});

test("two processes that begin at once with an empty folder end up on one server", async () => {
  const folder = newFolder();
  const [one, other] = await Promise.all([startApp(folder), startApp(folder)]);
  expect(one.url).toBe(other.url);
  expect([one.adopted, other.adopted].filter(Boolean)).toHaveLength(1);
});

test("a server that is killed under a running app comes back at the same address", async () => {
  const folder = await usedFolder();
  const app = await startApp(folder);
  process.kill(findPostmaster(join(folder, "pg"))?.pid ?? 0, "SIGKILL");
  expect(await eventually(() => ask(app.url, "select 1"))).toEqual([1]);
});

test("when app and server are both killed, the next start recovers what was committed", async () => {
  const folder = await usedFolder();
  const app = await startApp(folder);
  await ask(app.url, "create table kept as select generate_series(1, 1000) as number");
  const server = findPostmaster(join(folder, "pg"))?.pid ?? 0;
  await kill(app);
  process.kill(server, "SIGKILL");
  const next = await start(folder);
  expect(await ask(next.url, "select count(*)::int from kept")).toEqual([1000]);
  await next.stop();
});

test("a stale pid file whose number now belongs to another program does not stop the start", async () => {
  const folder = await usedFolder();
  await (await start(folder)).stop();
  writeFileSync(
    join(folder, "pg", "postmaster.pid"),
    `${process.pid}\n${join(folder, "pg")}\n1\n5432\n\n127.0.0.1\n\nready\n`,
  );
  const server = await start(folder);
  expect(server.adopted).toBe(false);
  await server.stop();
});

test("a taken port is no obstacle: the server takes another and remembers it", async () => {
  const folder = await usedFolder();
  await (await start(folder)).stop();
  const { port } = JSON.parse(readFileSync(join(folder, "pg", "veche.json"), "utf8")) as { port: number };
  const squatter = (await import("node:net")).createServer().listen(port, "127.0.0.1");
  const server = await start(folder);
  expect(new URL(server.url).port).not.toBe(String(port));
  await server.stop();
  squatter.close();
});

test.skipIf(process.getuid?.() !== 0)(
  "root may keep the data in a folder that is closed to everybody else",
  async () => {
    const folder = await usedFolder();
    chmodSync(folder, 0o700);
    const server = await start(folder);
    expect(await ask(server.url, "select 1")).toEqual([1]);
    await server.stop();
  },
);

test("data of another PostgreSQL version, or a folder that is not ours, is refused and not touched", async () => {
  const folder = newFolder();
  mkdirSync(join(folder, "pg"));
  writeFileSync(join(folder, "pg", "holiday.jpg"), "");
  await expect(start(folder)).rejects.toMatchObject({ code: "base.foreign-cluster" });
  writeFileSync(join(folder, "pg", "PG_VERSION"), "16\n");
  const refused = await start(folder).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({ code: "base.other-major", details: { found: 16, needed: 18 } });
});
