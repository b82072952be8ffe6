import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import type { Role } from "#src/accounts/model.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import type { Adapter } from "#src/platforms/adapter.ts";
import { ensureConnection, ensureOwnConnections } from "#src/platforms/connections.ts";
import { tendConnections } from "#src/platforms/health.ts";
import { bring } from "#src/platforms/live/bring.ts";
import type { NewOutboxRow } from "#src/platforms/outbox/model.ts";
import { enqueue } from "#src/platforms/outbox/outbox.ts";
import { startOutbox } from "#src/platforms/outbox/worker.ts";
import { openPostOffice } from "#src/platforms/testing/post-office.ts";
import { connectionsApi } from "./api.ts";
import { stateOf } from "./model.ts";

const databases = await testDatabase();
const office = await openPostOffice();
const time = { now: Date.now() };
const tools = { databases, secrets: testSecrets, adapters: [office.adapter], now: () => time.now };
const worker = await startOutbox(tools);
afterAll(async () => {
  await worker.stop(1000);
  office.stop();
});
const community = await emptyCommunity(databases);
const slug = `camp-${community.slice(-12)}`;
const facts = { id: community, slug, name: "Camp", language: "en", timeZone: "UTC" } as const;
await databases.asOwner((tx) => ensureOwnConnections(tx, community, { name: "Camp", now: time.now }));
const connectionId = await databases.asOwner((tx) =>
  ensureConnection(tx, community, { platform: "post", externalId: "post", name: "Counter", now: time.now + 1 }),
);
const at = { community: facts.slug };

function as(role: Role) {
  const caller = keyIn(facts, role);
  const call = testCall({ databases, caller, communities: [facts] }, { now: () => time.now });
  return createRouterClient(connectionsApi, { context: call });
}
const admin = as("admin");

async function write(...texts: string[]): Promise<void> {
  const rows = texts.map((text): NewOutboxRow => {
    const action = { kind: "send", space: "counter", text };
    return { connectionId, target: text, priority: "single", key: `${text} ${time.now}`, action };
  });
  await databases.asOwner((tx) => enqueue(tx, community, { rows, now: time.now }));
}

async function counterNow() {
  return (await admin.list(at)).items.find(({ platform }) => platform === "post");
}

test("a community has its own hub as a connection from its first day, and it does well", async () => {
  const [hub] = (await admin.list(at)).items;
  expect(hub).toMatchObject({ platform: "hub", isOurs: true, state: "well", waiting: 0, lastEventAt: null });
});

test("what was given up or what nobody knows of waits for a person, who tries again, says it was sent, or drops it", async () => {
  for (const mood of ["forbids", "hangs-up", "forbids"] as const) {
    office.mood = mood;
    await write(mood === "forbids" ? `refused ${office.taken.length}` : "unanswered");
    await worker.settled();
  }
  const { items, person } = await admin.outbox.list({ ...at, view: "person" });
  expect(items.map(({ status, error }) => [status, error])).toEqual([
    ["dead", "http-403"],
    ["unknown", "UND_ERR_SOCKET"],
    ["dead", "http-403"],
  ]);
  expect(person).toBe(3);
  expect(await counterNow()).toMatchObject({ state: "attention", unknown: 1, dead: 2 });
  const [drop, unknown, again] = items.map(({ id }) => id);
  await expect(as("moderator").outbox.settle({ ...at, line: again ?? "", settlement: "again" })).rejects.toMatchObject({
    code: "accounts.not-allowed",
  });
  await admin.outbox.settle({ ...at, line: again ?? "", settlement: "again" });
  await admin.outbox.settle({ ...at, line: unknown ?? "", settlement: "sent" });
  await admin.outbox.settle({ ...at, line: drop ?? "", settlement: "drop" });
  await worker.settled();
  const over = await admin.outbox.list({ ...at, view: "over" });
  expect(over.items.map(({ status }) => status)).toEqual(["dropped", "sent", "sent"]);
  expect(await counterNow()).toMatchObject({ state: "well", unknown: 0, dead: 0 });
});

test("the outbox is read in pages and searched by words and signs", async () => {
  await sql`update connections set is_on = false where id = ${connectionId}`.execute(databases.owner);
  await write(...Array.from({ length: 5 }, (_, n) => `Camp news ${n}`), "100 % of tents");
  const first = await admin.outbox.list({ ...at, limit: 4 });
  const second = await admin.outbox.list({ ...at, limit: 4, after: first.next ?? "" });
  expect([...first.items, ...second.items].map(({ text }) => text)).toEqual([
    "100 % of tents",
    ...[4, 3, 2, 1, 0].map((n) => `Camp news ${n}`),
  ]);
  expect([first.waiting, second.next]).toEqual([6, null]);
  expect((await admin.outbox.list({ ...at, search: "CAMP" })).items).toHaveLength(5);
  expect((await admin.outbox.list({ ...at, search: "0 %" })).items.map(({ text }) => text)).toEqual(["100 % of tents"]);
  expect((await admin.outbox.list({ ...at, search: "Camp_news" })).items).toEqual([]);
  expect((await counterNow())?.state).toBe("off");
  // What waits can be dropped before it goes out.
  await admin.outbox.settle({ ...at, line: first.items[0]?.id ?? "", settlement: "drop" });
  expect((await admin.outbox.list(at)).items).toHaveLength(5);
  await sql`update connections set is_on = true where id = ${connectionId}`.execute(databases.owner);
});

test("what comes in, what is set aside, what is withheld and when nothing came through is told of a connection", async () => {
  const { reading } = office.adapter;
  const translate = reading.kind === "translated" ? reading.translate : () => [];
  const options = { ...tools, community, platform: "post", connectionId, translate };
  await bring(options, [
    { raw: JSON.stringify({ id: 1, at: time.now, who: "otter", said: "Good day" }) },
    { raw: "poison" },
  ]);
  expect(await counterNow()).toMatchObject({ receivedToday: 1, setAside: 1, state: "attention" });
  expect((await counterNow())?.lastEventAt).toBe(new Date(time.now).toISOString());
  const found: { answer: Awaited<ReturnType<Adapter["check"]>> } = { answer: { missing: ["ban"], failure: undefined } };
  const adapters: Adapter[] = [{ ...office.adapter, check: async () => found.answer }];
  const look = async () => {
    time.now += 3_600_000;
    await tendConnections({ ...tools, adapters, signal: new AbortController().signal });
    return counterNow();
  };
  expect(await look()).toMatchObject({ missing: ["ban"], failure: null });
  found.answer = { missing: [], failure: "Unauthorized" };
  const away = await look();
  expect(away).toMatchObject({ state: "failing", failure: "Unauthorized" });
  found.answer = { missing: [], failure: undefined };
  const back = await look();
  expect(back).toMatchObject({ failure: null, failingSince: null });
  expect(back?.gaps).toEqual([
    { from: away?.failingSince, until: new Date(time.now).toISOString(), reason: "was-away" },
  ]);
});

test("a pause that a platform asked for is no reason to worry; what is due for long without going out is", () => {
  const well = { isOn: true, failure: null, missing: [], setAside: 0, unknown: 0, dead: 0, pausedUntil: null };
  const [now, hourAgo] = [7_200_000, 3_600_000];
  expect(stateOf({ ...well, oldestWaitingAt: null }, now)).toBe("well");
  expect(stateOf({ ...well, oldestWaitingAt: hourAgo }, now)).toBe("attention");
  expect(stateOf({ ...well, oldestWaitingAt: hourAgo, pausedUntil: now + 1 }, now)).toBe("well");
});
