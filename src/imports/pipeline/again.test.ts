import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { importHistory, runImports, tryAgain } from "../actions.ts";
import { importById } from "../queries.ts";
import { filesInNeed, listPieces } from "../store.ts";
import { folder } from "./sample-history.ts";

const databases = await testDatabase();
const never = new AbortController().signal;
const now = () => Date.now();
const viewOf = (community: CommunityId) => ({ tx: databases.owner, community, consumers: [] });

function row(n: number): string {
  return JSON.stringify({
    id: String(n),
    sentAt: `2026-03-01T10:0${n}:00Z`,
    authorId: "7",
    authorName: "Bramble",
    text: "hi",
  });
}

/** A file of which one line is put aside, as long as it will be when that line can be read. */
function brokenFile(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, [row(1), row(2).replace('{"id"', '["id"'), row(3)].join("\n"));
  return file;
}

/** What a newer version would make of the file: the line it could not read, readable. */
function understood(file: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replace('["id"', '{"id"'));
}

async function bring(community: CommunityId, file: string) {
  return importHistory({ databases, community, file, timeZone: "UTC", signal: never });
}

async function messagesIn(community: CommunityId): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from messages where community_id = ${community}`.execute(databases.owner);
  return found.rows[0]?.count ?? 0;
}

test("what was put aside goes in when it is understood at last, and nothing is stored twice", async () => {
  const community = await emptyCommunity(databases);
  const file = brokenFile("again.jsonl");
  const first = await bring(community, file);
  expect(first).toMatchObject({ status: "done", mayTryAgain: true, counts: { stored: 2, skipped: 1 } });
  expect(await filesInNeed(databases.owner, now())).toContain(file);
  understood(file);
  expect(await tryAgain(viewOf(community), { id: first.id, now: now() })).toMatchObject({ status: "waiting" });
  await runImports({ databases, community, signal: never, now });
  const second = await importById(viewOf(community), first.id);
  expect(second).toMatchObject({ status: "done", mayTryAgain: false, skipped: [] });
  expect(second.counts).toMatchObject({ stored: 3, repeated: 0, updated: 0, newMembers: 1, skipped: 0 });
  expect(await messagesIn(community)).toBe(3);
  const ask = { importId: first.id, reason: undefined, after: undefined, limit: 10 };
  expect(await listPieces(databases.owner, community, ask)).toEqual([]);
});

test("what is still not understood is put aside once more, and once only", async () => {
  const community = await emptyCommunity(databases);
  const file = brokenFile("still.jsonl");
  const { id } = await bring(community, file);
  for (let n = 0; n < 2; n += 1) {
    await tryAgain(viewOf(community), { id, now: now() });
    await runImports({ databases, community, signal: never, now });
  }
  expect((await importById(viewOf(community), id)).counts).toMatchObject({ stored: 2, repeated: 0, skipped: 1 });
  const ask = { importId: id, reason: undefined, after: undefined, limit: 10 };
  expect(await listPieces(databases.owner, community, ask)).toHaveLength(1);
});

test("a file that is gone, changed, or of which nothing was put aside is not tried again", async () => {
  const community = await emptyCommunity(databases);
  const file = brokenFile("gone.jsonl");
  const { id } = await bring(community, file);
  rmSync(file);
  await expect(tryAgain(viewOf(community), { id, now: now() })).rejects.toMatchObject({ code: "imports.file-gone" });
  expect(await importById(viewOf(community), id)).toMatchObject({ mayTryAgain: false });
  writeFileSync(file, row(1));
  await expect(tryAgain(viewOf(community), { id, now: now() })).rejects.toMatchObject({ code: "imports.file-gone" });
  const whole = join(folder, "whole.jsonl");
  writeFileSync(whole, [row(4), row(5)].join("\n"));
  const { id: other } = await bring(community, whole);
  await expect(tryAgain(viewOf(community), { id: other, now: now() })).rejects.toMatchObject({
    code: "imports.nothing-skipped",
  });
});
