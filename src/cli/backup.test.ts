import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, test, vi } from "vitest";
import { freePort } from "#src/base/embedded/free-port.ts";
import { stopPostmaster } from "#src/base/embedded/postmaster.ts";

const folder = mkdtempSync(join(tmpdir(), "veche-keep-"));
chmodSync(folder, 0o711);
const [first, second] = [join(folder, "first"), join(folder, "second")];
const MAIN = join(import.meta.dirname, "main.ts");
const running: ChildProcess[] = [];
// Each test starts several processes and databases, on two cores perhaps with much else to do.
vi.setConfig({ testTimeout: 240_000 });

afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  for (const data of [first, second]) await stopPostmaster(join(data, "pg"));
  rmSync(folder, { recursive: true, force: true });
});

function spawnVeche(dataDir: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const own = { VECHE_DATA_DIR: dataDir, LOG_LEVEL: "fatal", LANG: "C", LC_ALL: "", NODE_ENV: "production", ...env };
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...own },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

async function veche(dataDir: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawnVeche(dataDir, args, env);
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, out, err };
}

async function startApp(dataDir: string) {
  const child = spawnVeche(dataDir, ["start", "--json"], { PORT: String(await freePort()) });
  if (child.stdout === null) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    // What `start --json` prints.
    return { child, ...(JSON.parse(line) as { address: string; held: number | null }) };
  }
  throw new Error("the app ended before it was up");
}

async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGINT");
  await once(child, "exit");
}

const file = join(folder, "whole.veche");
const sealed = { VECHE_PASSPHRASE: "вече на площади" };

test("a running install is written into one sealed file, and another one made of it holds the same", async () => {
  const history = join(folder, "history.jsonl");
  const row = { space: "room", sentAt: "2016-03-01T12:00:00Z", authorId: "a", authorName: "Ёж", text: "Hm?" };
  writeFileSync(history, ["1", "2", "3"].map((id) => JSON.stringify({ ...row, id })).join("\n"));
  const app = await startApp(first);
  expect(app.held).toBeNull();
  expect((await veche(first, ["import", history, "--community", "camp", "--create"])).code).toBe(0);
  const taken = await veche(first, ["backup", file, "--json"], sealed);
  expect(taken).toMatchObject({ code: 0, err: "" });
  await end(app.child);

  const restored = await veche(second, ["restore", file, "--json"], sealed);
  expect(restored).toMatchObject({ code: 0, err: "" });
  // What both print with `--json`.
  const [before, after] = [taken.out, restored.out].map((out) => JSON.parse(out) as { checksums: unknown[] });
  expect(after?.checksums).toEqual(before?.checksums);
  expect(after).toMatchObject({ secrets: "taken" });
  const [own, taken1] = [first, second].map((data) => readFileSync(join(data, "secrets"), "utf8").split("\n"));
  expect(taken1?.[0]).toBe(own?.[0]);
  expect((await veche(second, ["audit", "--community", "camp", "--json"])).out).toContain('"messages":3');
});

test("an install that was restored starts held and says so", async () => {
  const app = await startApp(second);
  expect(app.held).toBe(0);
  await end(app.child);
  const said = await veche(second, ["restore", file], sealed);
  expect(said).toMatchObject({ code: 3, out: "" });
  expect(said.err).toMatch(/^This install holds data already\. .+\n$/);
});

test("the sample community is made and removed at the command line, and every command says that it is made up", async () => {
  const made = await veche(second, ["sample", "--json"]);
  expect(made.code).toBe(0);
  expect(JSON.parse(made.out)).toEqual({ community: "verdolka" });
  const audit = await veche(second, ["audit", "--community", "verdolka", "--json"]);
  expect(audit.out).toMatch(/"messages":1\d{4}/);
  expect(audit.err).toContain("its people and numbers are made up");
  expect((await veche(second, ["sample", "--remove"])).code).toBe(0);
  expect((await veche(second, ["audit", "--community", "verdolka"])).code).toBe(3);
});

test("each thing that can be wrong with a file gets one sentence and changes nothing", async () => {
  const third = join(folder, "third");
  const whole = readFileSync(file);
  const [cut, changed, other] = ["cut", "changed", "other"].map((name) => join(folder, `${name}.veche`));
  writeFileSync(cut ?? "", whole.subarray(0, whole.length - 100));
  writeFileSync(changed ?? "", Buffer.from(whole.map((byte, i) => (i === whole.length - 50 ? byte ^ 1 : byte))));
  writeFileSync(other ?? "", "{}");
  const sentences: [string, Record<string, string>, RegExp][] = [
    [file, {}, /^This backup is sealed\./],
    [file, { VECHE_PASSPHRASE: "guess" }, /^The backup does not open:/],
    [cut ?? "", sealed, /^The backup ends too early:/],
    [changed ?? "", sealed, /^The backup (?:is damaged|does not open)/],
    [other ?? "", sealed, /^This file is not a backup/],
    [join(folder, "missing"), sealed, /^There is no file/],
  ];
  for (const [path, env, sentence] of sentences) {
    const { code, out, err } = await veche(third, ["restore", path], env);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n").length).toBe(1);
  }
  expect((await veche(third, ["restore", file], { ...sealed, LANG: "ru_RU.UTF-8" })).out).toMatch(
    /^Восстановлен.+\nРабота приостановлена/,
  );
  await stopPostmaster(join(third, "pg"));
});

test("a backup never writes over a file, and leaves nothing when its disk is full", async () => {
  const again = await veche(first, ["backup", file]);
  expect(again).toMatchObject({ code: 3, out: "" });
  expect(again.err).toMatch(/^There is a file .+ already/);
  expect(readFileSync(file).length).toBeGreaterThan(1000);
  if (!existsSync("/dev/full")) return;
  const full = await veche(first, ["backup", "/dev/full"]);
  expect(full.code).toBe(3);
  expect(full.err).toMatch(/^The disk is full: .+\n$/);
});
