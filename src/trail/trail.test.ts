import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { record } from "./actions.ts";
import { type ChainHead, chainBeginning, entryHash } from "./model.ts";
import { compareWithAnchor, listTrail, verifyChain } from "./queries.ts";
import { readLinks } from "./store.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 10, 22, 9);

/** A community in which `count` things were done. */
async function livedIn(count: number): Promise<CommunityId> {
  const community = await emptyCommunity(databases);
  for (let n = 0; n < count; n++) {
    await record(databases, community, {
      at: START + n * 1000,
      actor: { kind: "person", id: newId(START), role: "admin" },
      operation: n % 2 === 0 ? "markMembers" : "renameSpace",
      target: newId(START + n),
      details: { count: n },
      requestId: `r${n}`,
      address: "192.0.2.1",
    });
  }
  return community;
}

/** Changes the tables as somebody could who owns the whole server: no trigger stands in the way. */
async function tamper(work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await databases.asOwner(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await work(tx);
  });
}

/** Makes every hash of the chain right again, as a thorough forger would. */
async function rehash(tx: Tx, community: CommunityId): Promise<void> {
  let head: ChainHead = chainBeginning(community);
  for (const link of await readLinks(tx, community, { after: 0, limit: 1000 })) {
    const hash = entryHash(community, head.hash, link);
    await sql`update trail set previous = ${head.hash}, hash = ${hash}
      where community_id = ${community} and seq = ${link.seq}`.execute(tx);
    head = { seq: link.seq, hash };
  }
  await sql`update trail_heads set seq = ${head.seq}, hash = ${head.hash} where community_id = ${community}`.execute(
    tx,
  );
}

const edits = [
  "at = at + interval '1 microsecond'",
  "actor_kind = 'machine'",
  "actor_id = gen_random_uuid()",
  "actor_id = null",
  "actor_role = 'owner'",
  "operation = 'signOut'",
  "target = null",
  `details = '{"count": 99}'`,
  "details = details || '{\"more\": true}'",
  "request_id = 'other'",
  "address = null",
  "hash = sha256('x')",
  "previous = sha256('x')",
] as const;

const ENTRIES = 8;
const place = fc.integer({ min: 1, max: ENTRIES });
const tampering = fc.oneof(
  fc.record({ kind: fc.constant("edit" as const), seq: place, edit: fc.constantFrom(...edits) }),
  fc.record({
    kind: fc.constant("edit-and-rehash" as const),
    seq: place,
    edit: fc.constantFrom(...edits.slice(0, 11)),
  }),
  fc.record({ kind: fc.constant("cut" as const), seq: place, rehash: fc.boolean() }),
  fc.record({ kind: fc.constant("cut-end" as const), seq: place, rehash: fc.boolean() }),
  fc.record({ kind: fc.constant("swap" as const), seq: place, by: fc.integer({ min: 1, max: ENTRIES - 1 }) }),
  fc.record({ kind: fc.constant("insert" as const), seq: place, rehash: fc.boolean() }),
);
type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

async function apply(tx: Tx, community: CommunityId, done: Tampering): Promise<void> {
  const mine = sql`community_id = ${community}`;
  const from = (seq: number) => sql`${mine} and seq >= ${seq}`;
  const move = async (seq: number, by: number): Promise<void> => {
    await sql`update trail set seq = -seq where ${from(seq)}`.execute(tx);
    await sql`update trail set seq = -seq + ${by} where ${mine} and seq < 0`.execute(tx);
  };
  switch (done.kind) {
    case "edit":
    case "edit-and-rehash":
      await sql`update trail set ${sql.raw(done.edit)} where ${mine} and seq = ${done.seq}`.execute(tx);
      if (done.kind === "edit-and-rehash") await rehash(tx, community);
      return;
    case "cut":
      await sql`delete from trail where ${mine} and seq = ${done.seq}`.execute(tx);
      if (!done.rehash) return;
      await move(done.seq + 1, -1);
      return rehash(tx, community);
    case "cut-end":
      await sql`delete from trail where ${from(done.seq)}`.execute(tx);
      return done.rehash ? rehash(tx, community) : undefined;
    case "swap": {
      const other = ((done.seq - 1 + done.by) % ENTRIES) + 1;
      await sql`update trail set seq = -seq where ${mine} and seq in (${done.seq}, ${other})`.execute(tx);
      await sql`update trail set seq = ${done.seq + other} + seq where ${mine} and seq < 0`.execute(tx);
      return;
    }
    case "insert":
      await move(done.seq, 1);
      await sql`
        insert into trail select community_id, ${done.seq}, at, actor_kind, actor_id, actor_role, 'forged', target, details,
          request_id, address, previous, hash from trail where ${mine} and seq > ${done.seq} order by seq limit 1`.execute(
        tx,
      );
      return done.rehash ? rehash(tx, community) : undefined;
  }
}

test("a hundred of a hundred edits, cuts, swaps and insertions in the record are found", async () => {
  await fc.assert(
    fc.asyncProperty(tampering, async (done) => {
      const community = await livedIn(ENTRIES);
      const { head, fault: before } = await verifyChain(databases, community);
      expect(before).toBeUndefined();
      const anchor = { seq: head.seq, hash: head.hash.toString("hex") };
      expect(await compareWithAnchor(databases, community, anchor)).toBeUndefined();
      await tamper((tx) => apply(tx, community, done));
      const state = await verifyChain(databases, community);
      const found = state.fault ?? (await compareWithAnchor(databases, community, anchor));
      expect(found).toBeDefined();
    }),
    { numRuns: 100 },
  );
}, 120_000);

test("an end that is cut off together with its memory is found by the anchor kept elsewhere", async () => {
  const community = await livedIn(5);
  const { head } = await verifyChain(databases, community);
  await tamper((tx) => apply(tx, community, { kind: "cut-end", seq: 4, rehash: true }));
  expect((await verifyChain(databases, community)).fault).toBeUndefined();
  const anchor = { seq: head.seq, hash: head.hash.toString("hex") };
  expect(await compareWithAnchor(databases, community, anchor)).toEqual({ kind: "end-missing", seq: 5 });
});

test("the record goes on where an anchor was made, and the anchor still fits", async () => {
  const community = await livedIn(3);
  const { head } = await verifyChain(databases, community);
  await record(databases, community, { at: START, actor: { kind: "machine" }, operation: "rebuild" });
  const anchor = { seq: head.seq, hash: head.hash.toString("hex") };
  expect(await compareWithAnchor(databases, community, anchor)).toBeUndefined();
});

test("twenty who act at once make one chain without gaps or forks", async () => {
  const community = await emptyCommunity(databases);
  const act = (n: number) =>
    record(databases, community, { at: START + n, actor: { kind: "machine" }, operation: "rebuild", details: { n } });
  await Promise.all(Array.from({ length: 60 }, (_, n) => act(n)));
  const { head, fault } = await verifyChain(databases, community);
  expect({ seq: head.seq, fault }).toEqual({ seq: 60, fault: undefined });
});

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  );
}

const NOT_ALLOWED = "42501";

test("neither a procedure nor Veche itself can change, take out or empty the record", async () => {
  const community = await livedIn(2);
  const changes = [
    sql`update trail set operation = 'nothing' where community_id = ${community}`,
    sql`delete from trail where community_id = ${community}`,
    sql`truncate trail`,
  ];
  for (const change of changes) {
    expect(await failure(databases.asCommunity(community, (tx) => change.execute(tx)))).toBe(NOT_ALLOWED);
    expect(await failure(databases.asOwner((tx) => change.execute(tx)))).toBe(NOT_ALLOWED);
  }
  const added = sql`insert into trail_heads select community_id, 99, hash from trail_heads`;
  expect(await failure(databases.asCommunity(community, (tx) => added.execute(tx)))).toBe(NOT_ALLOWED);
  expect((await verifyChain(databases, community)).fault).toBeUndefined();
});

test("the record is narrowed by who, what, to what and when", async () => {
  const community = await livedIn(6);
  const all = await databases.asCommunity(community, (tx) =>
    listTrail(tx, community, { filter: {}, before: undefined, limit: 10 }),
  );
  expect(all.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
  const third = all[3];
  const narrowed = async (filter: object) => {
    const found = await databases.asCommunity(community, (tx) =>
      listTrail(tx, community, { filter, before: undefined, limit: 10 }),
    );
    return found.map(({ seq }) => seq);
  };
  expect(await narrowed({ operation: "markMembers" })).toEqual([5, 3, 1]);
  expect(await narrowed({ actorId: third?.actorId })).toEqual([3]);
  expect(await narrowed({ target: third?.target })).toEqual([3]);
  expect(await narrowed({ from: START + 1000, to: START + 3000 })).toEqual([3, 2]);
});
