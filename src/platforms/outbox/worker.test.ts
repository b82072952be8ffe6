import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { newId } from "#src/base/ids.ts";
import { ensureConnection } from "../connections.ts";
import { sendWaiting } from "../jobs.ts";
import { openPostOffice } from "../testing/post-office.ts";
import type { NewOutboxRow } from "./model.ts";
import { enqueue } from "./outbox.ts";
import { type OutboxWorker, startOutbox } from "./worker.ts";

const databases = await testDatabase();
const office = await openPostOffice();
const tools = { databases, secrets: testSecrets, adapters: [office.adapter], now: () => Date.now() };
const worker = await startOutbox(tools);
afterAll(async () => {
  await worker.stop(1000);
  office.stop();
});

beforeEach(() => void office.taken.splice(0));

async function counter() {
  const community = await emptyCommunity(databases);
  const wish = { platform: "post", externalId: newId(0), name: "Counter", now: Date.now() };
  const connectionId = await databases.asOwner((tx) => ensureConnection(tx, community, wish));
  const write = (...texts: string[]) => writeWith({}, ...texts);
  const writeWith = (more: Partial<NewOutboxRow>, ...texts: string[]): Promise<void> => {
    const rows = texts.map((text): NewOutboxRow => {
      const action = { kind: "send", space: "counter", text };
      return { connectionId, target: text, priority: "single", key: text, action, ...more };
    });
    return databases.asOwner((tx) => enqueue(tx, community, { rows, now: Date.now() }));
  };
  return { community, connectionId, write, writeWith };
}

const arrived = (): string[] => office.taken.flatMap((action) => ("text" in action ? [action.text] : []));

async function statuses(community: CommunityId): Promise<Record<string, string>> {
  const found = await sql<{ key: string; status: string }>`
    select key, status from outbox where community_id = ${community} order by position`.execute(databases.owner);
  return Object.fromEntries(found.rows.map((row) => [row.key, row.status]));
}

test("what is decided goes out by itself, and what is for later as soon as it is due", async () => {
  const { write, writeWith } = await counter();
  await write("now");
  await expect.poll(arrived).toEqual(["now"]);
  const soon = Date.now() + 300;
  await writeWith({ dueAt: soon }, "later");
  await expect.poll(arrived, { interval: 20 }).toEqual(["now", "later"]);
  expect(Date.now()).toBeGreaterThanOrEqual(soon);
});

test("two processes share the work, and everything goes out once", async () => {
  const other: OutboxWorker = await startOutbox(tools);
  const { community, write } = await counter();
  const texts = Array.from({ length: 60 }, (_, n) => `letter ${n}`);
  await write(...texts);
  await Promise.all([worker.settled(), other.settled()]);
  await other.stop(1000);
  expect(arrived().toSorted()).toEqual(texts.toSorted());
  expect(new Set(Object.values(await statuses(community)))).toEqual(new Set(["sent"]));
});

test("a platform that is asked for too much is left alone with everything, for as long as it says", async () => {
  const { community, connectionId, write } = await counter();
  office.mood = "busy";
  await write("first", "second");
  await worker.settled();
  expect(arrived()).toEqual([]);
  expect(await statuses(community)).toEqual({ first: "waiting", second: "waiting" });
  await sql`update connections set paused_until = now() - interval '1 second' where id = ${connectionId}`.execute(
    databases.owner,
  );
  await sql`update outbox set due_at = now() - interval '1 second' where connection_id = ${connectionId}`.execute(
    databases.owner,
  );
  await worker.settled();
  expect(arrived()).toEqual(["first", "second"]);
});

test("nothing goes out of a community that is deleted, nor by a connection that is switched off", async () => {
  const [deleted, off] = [await counter(), await counter()];
  await sql`update communities set deleted_at = now() where id = ${deleted.community}`.execute(databases.owner);
  await sql`update connections set is_on = false where id = ${off.connectionId}`.execute(databases.owner);
  await deleted.write("of the deleted");
  await off.write("by what is off");
  await worker.settled();
  expect(arrived()).toEqual([]);
});

test("after a restore each thing that had not gone out is put to a person, and what they drop stays here", async () => {
  const { community, write } = await counter();
  await sql`insert into install_hold (taken_at, held_since) values (now(), now())`.execute(databases.owner);
  await write("welcome", "news");
  await worker.settled();
  const waiting = (await sendWaiting.overdue?.list(databases.owner, Date.now()))?.filter(
    ({ content }) => content["community"] === community,
  );
  expect(waiting).toHaveLength(2);
  const [first] = waiting ?? [];
  await databases.asOwner(async (tx) => sendWaiting.overdue?.skip(tx, first?.id ?? "", Date.now()));
  await sql`delete from install_hold`.execute(databases.owner);
  await worker.settled();
  expect(Object.values(await statuses(community)).toSorted()).toEqual(["dropped", "sent"]);
  expect(arrived()).toHaveLength(1);
});

test("a process that stops lets what is being sent arrive, and begins nothing new", async () => {
  const third = await startOutbox(tools);
  await worker.stop(1000);
  const { community, write } = await counter();
  const texts = Array.from({ length: 200 }, (_, n) => `letter ${n}`);
  await write(...texts);
  await expect.poll(() => arrived().length, { interval: 1 }).toBeGreaterThan(0);
  await third.stop(5000);
  const [there, ended] = [arrived().length, Object.values(await statuses(community))];
  await pause(50);
  expect(there).toBeLessThan(texts.length);
  expect(arrived()).toHaveLength(there);
  expect(ended.filter((status) => status === "sent")).toHaveLength(there);
  expect(ended.filter((status) => status === "waiting")).toHaveLength(texts.length - there);
});
