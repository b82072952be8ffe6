import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, test } from "vitest";
import { stopPostmaster } from "#src/base/embedded/postmaster.ts";
import { freePort } from "#src/base/embedded/free-port.ts";

const folder = mkdtempSync(join(tmpdir(), "veche-cli-"));
chmodSync(folder, 0o711);
const dataDir = join(folder, "data");
const MAIN = join(import.meta.dirname, "main.ts");
const running: ChildProcess[] = [];

afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await stopPostmaster(join(dataDir, "pg"));
  rmSync(folder, { recursive: true, force: true });
});

function spawnVeche(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: {
      ...process.env,
      VECHE_DATA_DIR: dataDir,
      LOG_LEVEL: "fatal",
      LANG: "C",
      LC_ALL: "",
      NODE_ENV: "production",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

/** Runs the command line to its end. */
async function veche(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawnVeche(args, env);
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, out, err };
}

/** Starts the app and waits for the line that names its address. */
async function startApp(port: number) {
  const child = spawnVeche(["start", "--json"], { PORT: String(port) });
  for await (const line of createInterface({ input: child.stdout })) {
    // What `start --json` prints.
    return { child, ...(JSON.parse(line) as { address: string; firstOwnerLink?: string }) };
  }
  throw new Error("the app ended before it was up");
}

const HISTORY = [
  {
    id: "1",
    space: "room",
    sentAt: "2016-03-01T12:00:00Z",
    authorId: "a",
    authorName: "Anna",
    text: "Is anybody here?",
  },
  {
    id: "2",
    space: "room",
    sentAt: "2016-03-01T12:05:00Z",
    authorId: "b",
    authorName: "Boris",
    text: "Yes",
    replyTo: "1",
  },
  { id: "3", space: "room", sentAt: "2016-04-02T09:00:00Z", authorId: "a", authorName: "Anna", text: "Good morning" },
];

test("history is imported into a new community, and a second time nothing changes", async () => {
  const file = join(folder, "history.jsonl");
  writeFileSync(file, HISTORY.map((row) => JSON.stringify(row)).join("\n"));
  const args = ["import", file, "--community", "camp", "--create", "--json"];
  const first = await veche(args);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(first.out)).toMatchObject({ status: "done", auditReady: true, counts: { stored: 3 } });
  const second = await veche(args);
  expect(JSON.parse(second.out)).toMatchObject({ counts: { stored: 0, repeated: 3 } });
});

test("numbers are computed anew from the log", async () => {
  const { code, out } = await veche(["rebuild", "members", "--community", "camp"]);
  expect(code).toBe(0);
  expect(out).toContain("computed anew");
});

test("a key for programs is printed once, as JSON if asked", async () => {
  const { code, out } = await veche(["api-key", "create", "--community", "camp", "--role", "analyst", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ key: expect.stringMatching(/^\w+_/) });
});

test("exit codes say what kind of trouble it was", async () => {
  expect((await veche(["api-key", "create", "--community", "nowhere", "--role", "analyst"])).code).toBe(3);
  expect((await veche(["import", "missing.json", "--community", "camp"])).code).toBe(3);
  expect((await veche(["no-such-command"])).code).toBe(2);
  expect((await veche(["api-key", "create", "--community", "camp", "--role", "king"])).code).toBe(2);
  expect((await veche(["migrate", "--help"])).code).toBe(0);
});

test("a database that does not answer, a wrong address and a wrong port each get one sentence", async () => {
  const port = await freePort();
  const silent = await veche(["migrate"], { DATABASE_URL: `postgres://anna:secret@127.0.0.1:${port}/camp` });
  expect(silent).toMatchObject({
    code: 1,
    err: `No database answers at 127.0.0.1:${port}: check DATABASE_URL and that PostgreSQL runs there.\n`,
  });
  const wrong = await veche(["migrate"], { DATABASE_URL: "mysql//localhost", LANG: "ru_RU.UTF-8" });
  expect(wrong.code).toBe(1);
  expect(wrong.err).toMatch(/^В DATABASE_URL не адрес базы PostgreSQL.*\n$/);
  expect((await veche(["start"], { PORT: "many" })).err.trim()).toBe("PORT must be a number from 0 to 65535.");
});

test("the app serves while the command line works beside it, and Ctrl-C ends it well", async () => {
  const { child, address, firstOwnerLink } = await startApp(await freePort());
  expect(firstOwnerLink).toContain(`${address}/start/`);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await veche(["doctor"], { PORT: new URL(address).port })).out).toContain("Veche answers");
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  child.kill("SIGINT");
  await once(child, "exit");
  expect(child.exitCode).toBe(0);
});

test("after the app is killed it starts again by itself", async () => {
  const first = await startApp(await freePort());
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const second = await startApp(await freePort());
  expect((await fetch(`${second.address}/readyz`)).status).toBe(200);
  second.child.kill("SIGTERM");
  await once(second.child, "exit");
  expect(second.child.exitCode).toBe(0);
});

test("a taken port gets one sentence, and nothing stays running", async () => {
  const squatter = createServer().listen(0, "127.0.0.1");
  await once(squatter, "listening");
  const address = squatter.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  const { code, err } = await veche(["start"], { PORT: port });
  squatter.close();
  expect(code).toBe(1);
  expect(err).toBe(
    `Another program listens on port ${port}: end it, or choose another port with \`PORT=3001 npm start\`.\n`,
  );
});
