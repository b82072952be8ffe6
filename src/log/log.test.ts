import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import type { NewFact } from "#src/events.ts";
import { append } from "./append.ts";
import { openChanges } from "./changes.ts";
import type { Consumer } from "./consumer.ts";
import { parkedFacts, readings, retryParked, settleParked } from "./parked.ts";
import { readLog, rebuild } from "./read.ts";
import { startReader } from "./reader.ts";
import { leaseStands, newHolder, takeLease } from "./store.ts";

const databases = await testDatabase();

const marked = (n: number): NewFact => ({
  kind: "member.marked",
  happenedAt: n,
  payload: { memberId: `m${n}`, isStaff: true, isBot: false },
});

const tell = (community: CommunityId, ...facts: NewFact[]) => databases.asOwner((tx) => append(tx, community, facts));

interface Seen {
  readonly consumer: Consumer;
  readonly facts: number[];
}

/** Writes down what it is given; refuses facts of which `bad` says so. */
function notebook(
  name: string,
  options: { batch?: number; only?: CommunityId; bad?: (n: number) => Error | undefined } = {},
): Seen {
  const facts: number[] = [];
  const consumer: Consumer = {
    name,
    kinds: ["member.marked"],
    batch: options.batch ?? 100,
    react: async (_tx, place, given) => {
      if (options.only !== undefined && place !== options.only) return;
      for (const { happenedAt } of given) {
        const failure = options.bad?.(happenedAt);
        if (failure) throw failure;
      }
      facts.push(...given.map((fact) => fact.happenedAt));
    },
    reset: async () => void facts.splice(0),
  };
  return { consumer, facts };
}

const read = (community: CommunityId, consumer: Consumer) =>
  readLog(databases, consumer, { community, holder: newHolder() });

test("facts told at the same time by many are numbered without gaps", async () => {
  const community = await emptyCommunity(databases);
  await Promise.all(Array.from({ length: 20 }, (_, i) => tell(community, marked(i * 2), marked(i * 2 + 1))));
  const { rows } = await sql<{ seq: number; at: number }>`
    select seq, (payload->>'memberId') as at from facts where community_id = ${community} order by seq`.execute(
    databases.owner,
  );
  expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});

test("a transaction that is undone leaves no fact and no hole", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, marked(1));
  const undone = databases.asOwner(async (tx) => {
    await append(tx, community, [marked(2)]);
    throw new Error("changed my mind");
  });
  await expect(undone).rejects.toThrow("changed my mind");
  expect(await tell(community, marked(3))).toBe(2);
});

test("a consumer reads every fact once and in order, whatever its batch size", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, ...Array.from({ length: 25 }, (_, i) => marked(i)));
  const { consumer, facts } = notebook("reads-in-order", { batch: 4 });
  expect(await read(community, consumer)).toBe(true);
  expect(await read(community, consumer)).toBe(true);
  expect(facts).toEqual(Array.from({ length: 25 }, (_, i) => i));
});

test("one fact that cannot be digested is put aside alone; its neighbours pass", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, ...Array.from({ length: 16 }, (_, i) => marked(i)));
  const { consumer, facts } = notebook("one-bad", {
    bad: (n) => (n === 11 ? new TypeError("text of a member") : undefined),
  });
  await read(community, consumer);
  expect(facts.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15]);
  const parked = await sql<{ seq: number; error: string }>`
    select seq, error from parked_facts where community_id = ${community}`.execute(databases.owner);
  expect(parked.rows).toEqual([{ seq: 12, error: "TypeError" }]);
});

test("a fact put aside is handed over once more when the cause is mended, or laid to rest", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, marked(1), marked(2), marked(3));
  let broken = true;
  const { consumer, facts } = notebook("mended", { bad: (n) => (broken && n !== 2 ? new TypeError() : undefined) });
  await read(community, consumer);
  const waiting = () => databases.asCommunity(community, (tx) => parkedFacts(tx, community, { limit: 10 }));
  expect((await waiting()).map((fact) => fact.seq)).toEqual([1, 3]);
  await expect(retryParked(databases, consumer, { community, seq: 1 })).rejects.toThrow(TypeError);
  broken = false;
  await retryParked(databases, consumer, { community, seq: 1 });
  await databases.asCommunity(community, (tx) => settleParked(tx, community, { consumer: "mended", seq: 3 }));
  expect(facts).toEqual([2, 1]);
  expect(await waiting()).toEqual([]);
  await expect(retryParked(databases, consumer, { community, seq: 1 })).rejects.toThrow("log.not-parked");
  const state = await databases.asCommunity(community, (tx) => readings(tx, community, ["mended"]));
  expect(state).toEqual([{ consumer: "mended", read: 3, head: 3 }]);
});

test("trouble of the moment puts nothing aside: the facts are read again later", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, marked(1), marked(2));
  let deadlocks = 1;
  const failure = Object.assign(new Error("deadlock detected"), { code: "40P01" });
  const { consumer, facts } = notebook("passing-trouble", { bad: () => (deadlocks-- > 0 ? failure : undefined) });
  await expect(read(community, consumer)).rejects.toThrow("deadlock");
  await read(community, consumer);
  expect(facts).toEqual([1, 2]);
});

test("while one process reads a community another one leaves it alone", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, marked(1));
  const { consumer, facts } = notebook("leased");
  await takeLease(databases.owner, community, { consumer: consumer.name, holder: newHolder() });
  expect(await read(community, consumer)).toBe(false);
  expect(facts).toEqual([]);
});

test("a process that was asleep while another took over cannot commit what it did", async () => {
  const community = await emptyCommunity(databases);
  const ask = (holder: string) => takeLease(databases.owner, community, { consumer: "fenced", holder });
  const sleeper = await ask(newHolder());
  await sql`update consumer_leases set held_until = now() - interval '1 second' where community_id = ${community}`.execute(
    databases.owner,
  );
  const heir = await ask(newHolder());
  if (sleeper === undefined || heir === undefined) throw new Error("both should have got the lease in turn");
  expect(heir.fence).toBeGreaterThan(sleeper.fence);
  expect(await databases.asOwner((tx) => leaseStands(tx, sleeper))).toBe(false);
  expect(await databases.asOwner((tx) => leaseStands(tx, heir))).toBe(true);
});

test("what was read is not digested by a process from which another has taken over just then", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, marked(1));
  const { consumer, facts } = notebook("overtaken");
  const overtaken: Databases = {
    ...databases,
    asOwner: async (work) => {
      await sql`update consumer_leases set held_until = now() - interval '1 second' where community_id = ${community}`.execute(
        databases.owner,
      );
      await takeLease(databases.owner, community, { consumer: consumer.name, holder: newHolder() });
      return databases.asOwner(work);
    },
  };
  await expect(readLog(overtaken, consumer, { community, holder: newHolder() })).rejects.toBeInstanceOf(Error);
  expect(facts).toEqual([]);
});

test("facts that are none of a consumer's are behind it as well once it has read", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, marked(1), { kind: "segment.changed", happenedAt: 2, payload: { segmentId: "s" } });
  const { consumer, facts } = notebook("passes-over");
  await read(community, consumer);
  await tell(community, { kind: "segment.changed", happenedAt: 3, payload: { segmentId: "s" } });
  await read(community, consumer);
  const state = await databases.asCommunity(community, (tx) => readings(tx, community, ["passes-over"]));
  expect([facts, state]).toEqual([[1], [{ consumer: "passes-over", read: 3, head: 3 }]]);
});

test("a rebuild forgets what was derived and reads the whole log again", async () => {
  const community = await emptyCommunity(databases);
  await tell(community, marked(1), marked(2));
  const { consumer, facts } = notebook("rebuilt");
  await read(community, consumer);
  facts.push(99);
  await rebuild(databases, consumer, { community, holder: newHolder() });
  expect(facts).toEqual([1, 2]);
});

test("readers hear of new facts without being asked, and have jobs woken when they have read them", async () => {
  const community = await emptyCommunity(databases);
  const { consumer, facts } = notebook("hears", { only: community });
  const woken: (readonly number[])[] = [];
  const wakes: Consumer["wakes"] = async (_, place) => {
    if (place === community) woken.push([...facts]);
    throw new Error("whatever a woken job does holds no reader up");
  };
  const waking = { jobs: { send: async () => true }, now: Date.now };
  const reader = await startReader(databases, [{ ...consumer, wakes }], waking);
  await tell(community, marked(7));
  await expect.poll(() => woken.at(-1)).toEqual([7]);
  await tell(community, marked(8));
  await expect.poll(() => woken.at(-1)).toEqual([7, 8]);
  await reader.stop();
});

test("whoever watches a community hears when a reader has counted what was new in it", async () => {
  const [community, other] = [await emptyCommunity(databases), await emptyCommunity(databases)];
  const feed = await openChanges(databases.ownerUrl);
  const heard: string[] = [];
  const first = new Promise<void>((done) => {
    feed.watch(community, ({ topic }) => {
      if (topic !== "log") heard.push(topic);
      if (topic === "diligent") done();
    });
  });
  for (const place of [other, community]) {
    await tell(place, marked(1));
    await readLog(databases, notebook("diligent").consumer, { community: place, holder: newHolder() });
    await readLog(databases, notebook("diligent").consumer, { community: place, holder: newHolder() });
  }
  await first;
  await feed.stop();
  expect(heard).toEqual(["diligent"]);
});

/** Reads live facts at most once in so many milliseconds, and tells how many it was handed each time. */
function gatherer(ms: number, community: CommunityId) {
  const { consumer, facts } = notebook(`gatherer ${ms}`, { only: community });
  const batches: number[] = [];
  const patient: Consumer = {
    ...consumer,
    kinds: ["member.marked", "segment.changed"],
    gathers: { kinds: ["member.marked"], ms },
    react: async (tx, place, given) => {
      if (place === community) batches.push(given.length);
      return consumer.react(tx, place, given);
    },
  };
  return { patient, facts, batches };
}

test("facts that may wait are read together when their time has come, and one that may not takes them along", async () => {
  const community = await emptyCommunity(databases);
  const [soon, late] = [gatherer(300, community), gatherer(3_600_000, community)];
  const reader = await startReader(databases, [soon.patient, late.patient]);
  try {
    await tell(community, marked(1));
    await expect.poll(() => [...soon.facts, ...late.facts]).toEqual([1, 1]);
    for (const n of [2, 3, 4]) await tell(community, marked(n));
    await expect.poll(() => soon.facts).toEqual([1, 2, 3, 4]);
    expect(late.batches).toEqual([1]);
    await tell(community, { kind: "segment.changed", happenedAt: 5, payload: { segmentId: "s" } });
    await expect.poll(() => late.facts).toEqual([1, 2, 3, 4, 5]);
    expect(late.batches).toEqual([1, 4]);
  } finally {
    await reader.stop();
  }
});
