import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { ensureConnection } from "../connections.ts";
import type { Attempt, NewOutboxRow, Sender, Settlement } from "./model.ts";
import { enqueue, MOST_ATTEMPTS, pauseAfter, sendNext, settle } from "./outbox.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 0, 10, 12);

async function outbox() {
  const community = await emptyCommunity(databases);
  const connectionId = await databases.asOwner((tx) =>
    ensureConnection(tx, community, { platform: "hub", externalId: "hub", name: "Hub", now: START }),
  );
  const state = { now: START };
  const write = (key: string, more: Partial<NewOutboxRow> = {}): Promise<void> => {
    const row: NewOutboxRow = {
      connectionId,
      target: "hall",
      priority: "single",
      key,
      action: { kind: "send" },
      ...more,
    };
    return databases.asOwner((tx) => enqueue(tx, community, { rows: [row], now: state.now }));
  };
  const send = (answer: (key: string) => Attempt) => {
    const sender: Sender = { isIdempotent: false, send: async ({ key }) => answer(key) };
    return sendNext({ databases, community, connectionId, sender, clock: () => state.now, chance: () => 0.5 });
  };
  const sendAll = async (): Promise<string[]> => {
    const sent: string[] = [];
    const note = (key: string): Attempt => {
      sent.push(key);
      return { outcome: "sent" };
    };
    while (await send(note));
    return sent;
  };
  return { community, connectionId, state, write, send, sendAll };
}

async function statuses(community: CommunityId): Promise<Record<string, string>> {
  const found = await sql<{ key: string; status: string }>`
    select key, status from outbox where community_id = ${community} order by position`.execute(databases.owner);
  return Object.fromEntries(found.rows.map((row) => [row.key, row.status]));
}

async function settleAs(community: CommunityId, key: string, settlement: Settlement): Promise<void> {
  await databases.asOwner(async (tx) => {
    const found = await sql<{ id: string }>`
      select id from outbox where community_id = ${community} and key = ${key}`.execute(tx);
    await settle(tx, community, { id: found.rows[0]?.id ?? community, settlement, now: START });
  });
}

test("moderation overtakes mass sends, and in one chat the older goes first", async () => {
  const { write, sendAll } = await outbox();
  await write("news 1", { priority: "mass" });
  await write("news 2", { priority: "mass" });
  await write("answer");
  await write("delete spam", { priority: "moderation" });
  expect(await sendAll()).toEqual(["delete spam", "answer", "news 1", "news 2"]);
});

test("the same decision written twice is sent once", async () => {
  const { write, sendAll } = await outbox();
  await write("welcome");
  await write("welcome");
  expect(await sendAll()).toEqual(["welcome"]);
});

test("a platform that asks for patience is asked again when it said, and nothing of that chat goes before", async () => {
  const { community, write, send, sendAll, state } = await outbox();
  await write("first");
  await write("second");
  expect(await send(() => ({ outcome: "later", afterMs: 5000 }))).toBe(true);
  expect(await sendAll()).toEqual([]);
  state.now += 5000;
  expect(await sendAll()).toEqual(["first", "second"]);
  expect(await statuses(community)).toEqual({ first: "sent", second: "sent" });
});

test("what may have been done is never sent again by itself where the platform cannot tell", async () => {
  const { community, write, send, sendAll } = await outbox();
  await write("post");
  await write("next");
  await send(() => {
    throw new Error("no answer");
  });
  expect(await sendAll()).toEqual([]);
  expect(await statuses(community)).toEqual({ post: "unknown", next: "waiting" });
  await settleAs(community, "post", "sent");
  expect(await sendAll()).toEqual(["next"]);
  await expect(settleAs(community, "next", "again")).rejects.toMatchObject({ code: "platforms.nothing-to-settle" });
});

test("what fails is tried again ever more seldom, then waits for a person", async () => {
  const { community, write, send, sendAll, state } = await outbox();
  await write("post");
  for (let n = 1; n <= MOST_ATTEMPTS; n++) {
    expect(await send(() => ({ outcome: "failed", error: "500" }))).toBe(true);
    state.now += pauseAfter(n, 0.5);
  }
  expect(await statuses(community)).toEqual({ post: "dead" });
  await settleAs(community, "post", "again");
  expect(await sendAll()).toEqual(["post"]);
});

test("while the install is held after a restore nothing is sent", async () => {
  const { write, sendAll } = await outbox();
  await write("post");
  await sql`insert into install_hold (taken_at, held_since) values (now(), now())`.execute(databases.owner);
  try {
    expect(await sendAll()).toEqual([]);
  } finally {
    await sql`delete from install_hold`.execute(databases.owner);
  }
  expect(await sendAll()).toEqual(["post"]);
});

const script = fileURLToPath(new URL("testing/worker.ts", import.meta.url));
const ROWS = 60;
const KILLS = 8;

/** A platform on loopback that answers slowly and counts what arrives; with idempotency it does each key once. */
async function platform() {
  const arrived: string[] = [];
  const server = createServer((request, response) => {
    arrived.push(String(request.headers["idempotency-key"]));
    setTimeout(() => response.end(), 15);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // An address of a server that listens on a port is an object.
  const { port } = server.address() as AddressInfo;
  return { arrived, address: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}

/** Sends sixty posts by processes that are killed eight times, and says what arrived and how the rows ended. */
async function killStorm(isIdempotent: boolean) {
  const { community, connectionId, write } = await outbox();
  const double = await platform();
  for (let n = 0; n < ROWS; n++) await write(`post ${n}`, { target: `chat ${n}`, dueAt: START });
  const given = [databases.ownerUrl, community, connectionId, double.address, isIdempotent ? "yes" : "no"];
  const run = (): ChildProcess => spawn(process.execPath, [script, ...given]);
  const unfinished = async (): Promise<boolean> =>
    Object.values(await statuses(community)).some((status) => status === "waiting" || status === "sending");
  let child = run();
  for (let kills = 0; await unfinished(); kills++) {
    await pause(kills < KILLS ? 500 + kills * 40 : 1000);
    if (kills >= KILLS) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
    child = run();
  }
  child.kill("SIGKILL");
  double.stop();
  return { arrived: double.arrived, ended: Object.entries(await statuses(community)) };
}

test(
  "killed again and again, everything reaches a platform that knows idempotency, and counts there once",
  { timeout: 90_000 },
  async () => {
    const { arrived, ended } = await killStorm(true);
    expect(new Set(arrived).size).toBe(ROWS);
    expect(new Set(ended.map(([, status]) => status))).toEqual(new Set(["sent"]));
  },
);

test(
  "killed again and again, nothing is sent twice to a platform that cannot tell: a person settles what is unknown",
  { timeout: 90_000 },
  async () => {
    const { arrived, ended } = await killStorm(false);
    const known = new Set(arrived);
    expect(arrived).toHaveLength(known.size);
    expect(ended.filter(([key, status]) => status !== "unknown" && !known.has(key))).toEqual([]);
    expect(ended.filter(([, status]) => status === "unknown").length).toBeLessThanOrEqual(KILLS);
  },
);
