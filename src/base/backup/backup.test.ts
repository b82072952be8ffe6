import { mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, expect, inject, test } from "vitest";
import { openDatabases, type Databases } from "../database.ts";
import { newId } from "../ids.ts";
import { emptyCommunity } from "../testing/community.ts";
import { testDatabase } from "../testing/database.ts";
import { createTestDatabase, databaseAddress, dropTestDatabase } from "../testing/databases.ts";
import { backup, restore } from "./backup.ts";

const databases = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "veche-backup-"));
const made: { name: string; databases: Databases }[] = [];
let files = 0;
const newPath = (): string => join(folder, `${files++}.veche`);

/** A database without anything in it. */
async function nothing(): Promise<Databases> {
  const { url } = inject("testServer");
  const name = await createTestDatabase(url, undefined);
  const ownerUrl = databaseAddress(url, name);
  const empty = openDatabases({ ownerUrl, appUrl: ownerUrl, ownerConnections: 2 });
  made.push({ name, databases: empty });
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

test("a backup restored elsewhere holds the same rows in every table", async () => {
  const path = newPath();
  const taken = await backup(databases, { path });
  const elsewhere = await nothing();
  const restored = await restore(elsewhere, { path });
  expect(restored.checksums).toEqual(taken.checksums);
  expect(taken.checksums.find(({ table }) => table === "members")?.rows).toBe(500);
  const names = await sql<{ name: string }>`select name from members order by id limit 1`.execute(elsewhere.owner);
  expect(names.rows[0]?.name).toBe(`${strange}1`);
});

test("a sealed backup opens with its passphrase and with no other", async () => {
  const path = newPath();
  await backup(databases, { path, passphrase: "вече на площади" });
  expect((await readFile(path)).includes("Ёж")).toBe(false);
  await expect(restore(await nothing(), { path })).rejects.toThrow("backup.passphrase-needed");
  await expect(restore(await nothing(), { path, passphrase: "guess" })).rejects.toThrow(
    "backup.wrong-passphrase-or-damaged",
  );
  const restored = await restore(await nothing(), { path, passphrase: "вече на площади" });
  expect(restored.checksums.find(({ table }) => table === "members")?.rows).toBe(500);
});

test("a file that is cut off or changed is refused, and leaves nothing in the way of a whole one", async () => {
  const path = newPath();
  const taken = await backup(databases, { path, passphrase: "p" });
  const whole = await readFile(path);
  for (const [name, bytes] of [
    ["cut", whole.subarray(0, whole.length - 40)],
    ["changed", Buffer.from(whole.map((byte, i) => (i === whole.length - 60 ? byte ^ 1 : byte)))],
  ] as const) {
    const spoiled = join(folder, name);
    await writeFile(spoiled, bytes);
    const target = await nothing();
    await expect(restore(target, { path: spoiled, passphrase: "p" })).rejects.toThrow(/^backup\./);
    const restored = await restore(target, { path, passphrase: "p" });
    expect(restored.checksums).toEqual(taken.checksums);
  }
});

test("nothing is restored over a database that is in use, and no file is written over", async () => {
  const path = newPath();
  await backup(databases, { path });
  await expect(restore(databases, { path })).rejects.toThrow("backup.database-not-empty");
  await expect(backup(databases, { path })).rejects.toThrow("EEXIST");
});

test("some other file is not taken for a backup", async () => {
  const path = newPath();
  await writeFile(path, '{"name": "chat", "messages": []}');
  await expect(restore(await nothing(), { path })).rejects.toThrow("backup.");
});

test("what is written while a backup is taken is not in it", async () => {
  const path = newPath();
  let late = false;
  const taken = await backup(databases, {
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
