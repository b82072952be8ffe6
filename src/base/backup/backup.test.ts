import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, expect, inject, test } from "vitest";
import { openDatabases, type Databases } from "../database.ts";
import { newId } from "../ids.ts";
import { openSecrets } from "../secrets.ts";
import { emptyCommunity } from "../testing/community.ts";
import { testDatabase } from "../testing/database.ts";
import { createTestDatabase, databaseAddress, dropTestDatabase } from "../testing/databases.ts";
import { backup, type BackupOptions, type Manifest } from "./backup.ts";
import { currentHold } from "./hold.ts";
import { restore, type RestoreOptions } from "./restore.ts";

const databases = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "veche-backup-"));
const made: { name: string; databases: Databases }[] = [];
const ROOT = "a root secret that is long enough to be one";
let files = 0;
const newPath = (): string => join(folder, `${files++}.veche`);

const take = (options: Omit<BackupOptions, "roots">) => backup(databases, { roots: [ROOT], ...options });
const bring = (into: Databases, options: Partial<RestoreOptions> & { path: string }) =>
  restore(into, {
    appRole: inject("testServer").appRole,
    now: Date.now,
    takeSecrets: async () => undefined,
    ...options,
  });

/** A database without anything in it; `from` a template, one that was opened and not used. */
async function nothing(from?: string, name?: string): Promise<Databases> {
  const { url } = inject("testServer");
  const database = await createTestDatabase(url, from);
  const ownerUrl = databaseAddress(url, database);
  const empty = openDatabases({ ownerUrl, appUrl: ownerUrl, ownerConnections: 2, ...(name ? { name } : {}) });
  made.push({ name: database, databases: empty });
  return empty;
}

afterAll(async () => {
  for (const each of made) {
    await each.databases.close();
    await dropTestDatabase(inject("testServer").url, each.name);
  }
  await rm(folder, { recursive: true, force: true });
});

const community = await emptyCommunity(databases);
const strange = 'tab\t, line\n, \\N, \\., "quotes", Ёж 🦔';
await sql`
  insert into members (community_id, id, name, created_at)
  select ${community}, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${strange} || n, now() from generate_series(1, 500) n
`.execute(databases.owner);
const parent = newId(1);
await sql`
  insert into spaces (community_id, id, platform, external_id, name, kind, parent_id, created_at) values
  (${community}, ${parent}, 'file', 'hall', 'Hall', 'chat', null, now()),
  (${community}, ${newId(2)}, 'file', 'topic', 'Topic', 'topic', ${parent}, now())`.execute(databases.owner);

async function isEmpty(target: Databases): Promise<boolean> {
  const there = await sql<{ ok: boolean }>`select to_regclass('members') is not null as ok`.execute(target.owner);
  if (there.rows[0]?.ok !== true) return true;
  const found = await sql<{ n: number }>`select count(*) as n from members`.execute(target.owner);
  return found.rows[0]?.n === 0 && (await currentHold(target.owner)) === undefined;
}

test("a backup restored elsewhere holds the same rows in every table", async () => {
  const path = newPath();
  const taken = await take({ path });
  const elsewhere = await nothing();
  const restored = await bring(elsewhere, { path });
  expect(restored.checksums).toEqual(taken.checksums);
  expect(taken.checksums.find(({ table }) => table === "members")?.rows).toBe(500);
  const names = await sql<{ name: string }>`select name from members order by id limit 1`.execute(elsewhere.owner);
  expect(names.rows[0]?.name).toBe(`${strange}1`);
  // And a backup of what was restored says the same once more.
  const again = await backup(elsewhere, { path: newPath(), roots: [ROOT] });
  expect(again.checksums).toEqual(taken.checksums);
});

test("what is to be sent after a restore comes behind what already waited", async () => {
  const [connection, first, second] = [newId(3), newId(4), newId(5)];
  const wait = (at: Databases, id: string) =>
    sql<{ position: string }>`
      insert into outbox (community_id, id, connection_id, target, priority, key, action, due_at, created_at)
      values (${community}, ${id}, ${connection}, 'hall', 1, ${id}, '{}', now(), now()) returning position`.execute(
      at.owner,
    );
  await sql`insert into connections (community_id, id, platform, external_id, name, created_at)
    values (${community}, ${connection}, 'hub', 'camp', 'Hub', now())`.execute(databases.owner);
  const before = await wait(databases, first);
  const path = newPath();
  await take({ path });
  const elsewhere = await nothing();
  await bring(elsewhere, { path });
  const after = await wait(elsewhere, second);
  expect(Number(after.rows[0]?.position)).toBeGreaterThan(Number(before.rows[0]?.position));
});

test("a sealed backup opens with its passphrase and with no other", async () => {
  const path = newPath();
  await take({ path, passphrase: "вече на площади" });
  expect((await readFile(path)).includes("Ёж")).toBe(false);
  await expect(bring(await nothing(), { path })).rejects.toThrow("backup.passphrase-needed");
  await expect(bring(await nothing(), { path, passphrase: "guess" })).rejects.toThrow("backup.wrong-passphrase");
  const restored = await bring(await nothing(), { path, passphrase: "вече на площади" });
  expect(restored.checksums.find(({ table }) => table === "members")?.rows).toBe(500);
});

test("a sealed backup carries the secrets of the install, and an open one does not", async () => {
  const [sealed, open] = [newPath(), newPath()];
  await take({ path: sealed, passphrase: "p" });
  await take({ path: open });
  let found: Pick<Manifest, "roots" | "rootIds"> = { rootIds: [] };
  const takeSecrets = async (secrets: typeof found): Promise<void> => void (found = secrets);
  await bring(await nothing(), { path: sealed, passphrase: "p", takeSecrets });
  expect(found.roots).toEqual([ROOT]);
  const letter = openSecrets([ROOT]).seal("the letter", "here");
  expect(openSecrets(found.roots ?? []).open(letter, "here")).toBe("the letter");
  await bring(await nothing(), { path: open, takeSecrets });
  expect(found.roots).toBeUndefined();
  expect(found.rootIds).toEqual([letter.split(".")[1]]);
});

test("secrets that cannot be kept undo the whole restore", async () => {
  const path = newPath();
  await take({ path });
  const target = await nothing();
  const takeSecrets = async (): Promise<void> => Promise.reject(new Error("no room for secrets"));
  await expect(bring(target, { path, takeSecrets })).rejects.toThrow("no room for secrets");
  expect(await isEmpty(target)).toBe(true);
});

test("a file that is cut off anywhere is refused, and leaves nothing in the way of a whole one", async () => {
  const target = await nothing();
  for (const passphrase of [undefined, "p"]) {
    const path = newPath();
    const sealing = passphrase === undefined ? {} : { passphrase };
    const taken = await take({ path, ...sealing });
    const whole = await readFile(path);
    for (const share of [0, 0.01, 0.3, 0.7, 0.99, 1]) {
      const cut = join(folder, "cut");
      await writeFile(cut, whole.subarray(0, Math.min(whole.length - 1, Math.round(whole.length * share))));
      await expect(bring(target, { path: cut, ...sealing })).rejects.toThrow(/^backup\.(?:cut-off|not-a-backup)/);
      expect(await isEmpty(target)).toBe(true);
    }
    const restored = await bring(await nothing(), { path, ...sealing });
    expect(restored.checksums).toEqual(taken.checksums);
  }
});

test("one changed byte anywhere in a sealed file is noticed", async () => {
  const path = newPath();
  await take({ path, passphrase: "p" });
  const whole = await readFile(path);
  const target = await nothing();
  for (let n = 0; n < 24; n++) {
    const place = Math.floor(((n + 0.5) * whole.length) / 24);
    const changed = join(folder, "changed");
    await writeFile(changed, Buffer.from(whole.map((byte, i) => (i === place ? byte ^ 4 : byte))));
    await expect(bring(target, { path: changed, passphrase: "p" })).rejects.toThrow(/^backup\./);
    expect(await isEmpty(target)).toBe(true);
  }
});

test("one changed byte in the rows of an open file is noticed", async () => {
  const path = newPath();
  await take({ path });
  const whole = await readFile(path);
  const target = await nothing();
  // Before that stand the signature and the ten bytes in which gzip tells of its time and system.
  for (let n = 1; n < 24; n++) {
    const place = Math.floor(60 + ((n + 0.5) * (whole.length - 60)) / 24);
    const changed = join(folder, "changed-open");
    await writeFile(changed, Buffer.from(whole.map((byte, i) => (i === place ? byte ^ 4 : byte))));
    await expect(bring(target, { path: changed })).rejects.toThrow(/^backup\./);
    expect(await isEmpty(target)).toBe(true);
  }
});

test("a disk that is full ends the backup with a sentence", async () => {
  if (!existsSync("/dev/full")) return;
  await expect(take({ path: "/dev/full" })).rejects.toThrow("backup.disk-full");
});

test("a backup that fails or is stopped leaves no file behind", async () => {
  const place = mkdtempSync(join(folder, "stopped-"));
  const stop = new AbortController();
  const stopping = take({ path: join(place, "a.veche"), signal: stop.signal, progress: () => stop.abort() });
  await expect(stopping).rejects.toThrow("backup.interrupted");
  const failing = take({ path: join(place, "b.veche"), progress: () => expect.fail("in between") });
  await expect(failing).rejects.toThrow("in between");
  expect(readdirSync(place)).toEqual([]);
  await expect(take({ path: join(place, "no", "c.veche") })).rejects.toThrow("backup.no-such-folder");
});

test("a stopped restore restores nothing", async () => {
  const path = newPath();
  await take({ path });
  const [target, stop] = [await nothing(), new AbortController()];
  await expect(bring(target, { path, signal: stop.signal, progress: () => stop.abort() })).rejects.toThrow(
    "backup.interrupted",
  );
  expect(await isEmpty(target)).toBe(true);
});

test("nothing is restored over an install that is used, and no file is written over", async () => {
  const path = newPath();
  await take({ path });
  const before = (await stat(path)).mtimeMs;
  await expect(bring(databases, { path })).rejects.toThrow("backup.database-not-empty");
  await expect(take({ path })).rejects.toThrow("backup.file-exists");
  expect((await stat(path)).mtimeMs).toBe(before);
});

test("an install that was only started once takes a backup, and one that runs does not", async () => {
  const path = newPath();
  const taken = await take({ path });
  const started = await nothing(inject("testServer").template);
  await sql`insert into start_links (token_hash, made_at, expires_at) values ('\\x01', now(), now())`.execute(
    started.owner,
  );
  expect((await bring(started, { path })).checksums).toEqual(taken.checksums);
  const runs = await nothing(inject("testServer").template, "veche app");
  await sql`select 1`.execute(runs.owner);
  await expect(bring(runs, { path })).rejects.toThrow("backup.app-runs");
});

test("some other file, a folder and no file at all are not taken for a backup", async () => {
  const path = newPath();
  await writeFile(path, '{"name": "chat", "messages": []}');
  await expect(bring(await nothing(), { path })).rejects.toThrow("backup.not-a-backup");
  await expect(bring(await nothing(), { path: folder })).rejects.toThrow("backup.not-a-backup");
  await expect(bring(await nothing(), { path: newPath() })).rejects.toThrow("backup.no-such-file");
});

test("what is written while a backup is taken is not in it", async () => {
  const path = newPath();
  let late = false;
  const taken = await take({
    path,
    progress: () => {
      if (late) return;
      late = true;
      void sql`insert into members (community_id, id, name, created_at) values (${community}, ${newId(9)}, 'Late', now())`.execute(
        databases.owner,
      );
    },
  });
  expect(taken.checksums.find(({ table }) => table === "members")?.rows).toBe(500);
  await sql`delete from members where name = 'Late'`.execute(databases.owner);
});
