import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { analyticsSheets } from "#src/analytics/reactions.ts";
import { sheetsInOrder } from "#src/analytics/testing/sheets-in-order.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { append } from "#src/log/append.ts";
import { readLog } from "#src/log/read.ts";
import { newHolder } from "#src/log/store.ts";
import { memberList, memberPresence } from "#src/members/reactions.ts";
import { openIntake } from "#src/platforms/intake.ts";
import type { IncomingMessage } from "#src/platforms/model.ts";
import { beginErasure } from "./actions.ts";
import { carryOn } from "./erasing/run.ts";
import { findErasure } from "./store/erasures.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 2, 1, 12);
const never = new AbortController().signal;

const heron = { externalId: "70001234567", name: "Пёстрая Цапля", username: "grey_heron_77", kind: "person" } as const;
const others = Array.from({ length: 4 }, (_, n) => ({
  externalId: `8000${n}`,
  name: `Otter ${n}`,
  username: `otter_${n}`,
  kind: "person" as const,
}));
const canary = /grey_heron_77|70001234567|пёстрая\s+цапля|heron-nest\.example/i;

function said(n: number): IncomingMessage {
  const author = n % 5 === 0 ? heron : others[n % others.length];
  const mine = author === heron;
  return {
    spaceExternalId: n % 2 === 0 ? "hall" : "den",
    externalId: String(n),
    sentAt: START + n * 3_600_000,
    author: author ?? heron,
    kind: "text",
    text: mine
      ? `Пёстрая Цапля here, see https://heron-nest.example/${n}`
      : n % 3 === 0
        ? "@grey_heron_77 thanks!"
        : "hi",
    isQuestion: false,
    links: mine ? [{ domain: "heron-nest.example", url: `https://heron-nest.example/${n}` }] : [],
    reactions: [{ emoji: "👍", count: 2 }],
    ...(n % 4 === 0 && n > 0 && { replyToExternalId: String(n - 2) }),
  };
}

async function settle(community: CommunityId): Promise<void> {
  const holder = newHolder();
  for (let round = 0; round < 3; round++)
    for (const consumer of [memberPresence, memberList, analyticsSheets])
      await readLog(databases, consumer, { community, holder });
}

async function livedIn(messages: number): Promise<CommunityId> {
  const community = await emptyCommunity(databases);
  const intake = openIntake({ databases, community, platform: "telegram", secrets: testSecrets, now: () => START });
  const spaces = [
    { externalId: "hall", name: "Hall", kind: "chat" as const },
    { externalId: "den", name: "Пёстрая Цапля & friends", kind: "chat" as const },
  ];
  await intake.store({ spaces, messages: Array.from({ length: messages }, (_, n) => said(n)), moves: [] });
  const payload = { importId: newId(START), messages, firstAt: START, lastAt: START + messages * 3_600_000 };
  await databases.asOwner((tx) => append(tx, community, [{ kind: "history.imported", happenedAt: START, payload }]));
  await sql`
    insert into imports (community_id, id, format, file_name, file_path, file_bytes, options, status, report, created_at)
    values (${community}, ${newId(START)}, 'jsonl', 'chat with grey_heron_77.jsonl', 'x', 1, '{}', 'done',
      ${JSON.stringify({ bots: ["70001234567"] })}::jsonb, now())`.execute(databases.owner);
  const pieces = [
    '{"from": "Пёстрая Цапля", "text',
    String.raw`{"from": "\u041f\u0451\u0441\u0442\u0440\u0430\u044f \u0426\u0430\u043f\u043b\u044f"`,
    "somebody else",
  ];
  for (const piece of pieces)
    await sql`
      insert into quarantine (community_id, id, source, position, reason, bytes, raw, quarantined_at)
      values (${community}, ${newId(START)}, 'x', 1, 'broken', 1, ${Buffer.from(piece)}, now())`.execute(
      databases.owner,
    );
  await settle(community);
  return community;
}

/** Has the log read while something else goes on, as it is in every install, and nobody read it any more when that is over. */
async function whileRead<T>(community: CommunityId, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const reading = (async () => {
    while (!over.signal.aborted) {
      await settle(community).catch(() => undefined);
      await setTimeout(50);
    }
  })();
  try {
    return await work;
  } finally {
    over.abort();
    await reading;
  }
}

/** Every row of every table of a community, by table, as text. */
async function dump(community: CommunityId): Promise<Map<string, string>> {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace`.execute(
    databases.owner,
  );
  const dumped = new Map<string, string>();
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`
      select t::text as row from ${sql.table(name)} t where community_id = ${community} order by 1`.execute(
      databases.owner,
    );
    dumped.set(name, rows.rows.map(({ row }) => row).join("\n"));
  }
  // The order in which a day's messages were read means nothing, and changes with the database's plans.
  dumped.set("sheets in order", await sheetsInOrder(databases, community));
  return dumped;
}

async function idOf(community: CommunityId): Promise<string> {
  const found = await sql<{ id: string }>`
    select member_id as id from identities where community_id = ${community} and username = ${heron.username}`.execute(
    databases.owner,
  );
  return found.rows[0]?.id ?? newId(0);
}

/** What is written about somebody beside what they wrote: notes, tags, other editions of their messages, pairs. */
async function writeAbout(community: CommunityId, member: string): Promise<void> {
  const [tag, other] = [newId(START), newId(START)];
  const written = sql`now(), null, 'staff'`;
  const rows = [
    sql`insert into member_notes (community_id, id, member_id, text, written_at, written_by, written_by_name)
      values (${community}, ${newId(START)}, ${member}, 'prefers mornings', ${written})`,
    sql`insert into member_notes (community_id, id, member_id, text, written_at, written_by, written_by_name)
      values (${community}, ${newId(START)}, ${other}, 'a friend of @grey_heron_77', ${written})`,
    sql`insert into member_tags (community_id, id, name, made_at) values (${community}, ${tag}, 'helper', now())`,
    sql`insert into tagged_members (community_id, tag_id, member_id, tagged_at, tagged_by, tagged_by_name)
      values (${community}, ${tag}, ${member}, ${written})`,
    sql`insert into member_suggestions (community_id, id, member_id, other_id, score, reasons, found_at)
      values (${community}, ${newId(START)}, ${other}, ${member}, 1, '{}', now())`,
    sql`insert into import_overlaps (community_id, item_id, import_id, edition)
      select community_id, id, ${other}, jsonb_build_object('text', text) from messages
      where community_id = ${community} and member_id = ${member}`,
  ];
  for (const row of rows) await row.execute(databases.owner);
}

const tools = (community: CommunityId, id: string) => ({
  databases,
  secrets: testSecrets,
  community,
  id,
  signal: never,
  now: () => Date.now(),
});

async function erase(community: CommunityId): Promise<string> {
  const wish = { memberId: await idOf(community), secrets: testSecrets, askedBy: undefined, now: Date.now() };
  const { id } = await beginErasure(databases, community, wish);
  expect(await whileRead(community, carryOn(tools(community, id)))).toBe(true);
  return id;
}

const COUNTED = [
  "member_days",
  "member_totals",
  "arrivals",
  "sheets in order",
  "member_numbers",
  "member_spaces",
  "member_answers",
];

test("after an erasure nothing of the person is left in any table, and every figure of people stands as it did", async () => {
  const community = await livedIn(60);
  await writeAbout(community, await idOf(community));
  const before = await dump(community);
  const places = [...before].filter(([, rows]) => canary.test(rows)).map(([table]) => table);
  expect(places).toEqual(expect.arrayContaining(["messages", "member_cards", "member_words", "day_counts", "imports"]));
  const id = await erase(community);
  const row = await findErasure(databases.owner, community, id);
  expect(row).toMatchObject({ state: "done", sealed: null, failure: null });
  expect(row?.report).toMatchObject({ total: 60, seen: 60, own: 12, links: 12 });
  const after = await dump(community);
  expect([...after].filter(([, rows]) => canary.test(rows)).map(([table]) => table)).toEqual([]);
  for (const table of COUNTED) expect(`${table} ${after.get(table)}`).toBe(`${table} ${before.get(table)}`);
  expect(before.get("quarantine")?.split("\n")).toHaveLength(3);
  expect(after.get("quarantine")?.split("\n")).toHaveLength(1);
  expect(after.get("quarantine")).toContain(Buffer.from("somebody else").toString("hex"));
  expect(after.get("member_notes")).toContain("a friend of […]");
  for (const gone of ["prefers mornings", "Цапля here"]) expect([...after.values()].join()).not.toContain(gone);
  expect([after.get("tagged_members"), after.get("member_suggestions")]).toEqual(["", ""]);
  expect(after.get("trail")).toContain("finishErasure");
}, 60_000);

test("an erasure that is stopped goes on where it stood, and asked for twice it is the same one", async () => {
  const community = await livedIn(30);
  const wish = { memberId: await idOf(community), secrets: testSecrets, askedBy: undefined, now: Date.now() };
  const { id } = await beginErasure(databases, community, wish);
  const stopped = new AbortController();
  stopped.abort();
  expect(await carryOn({ ...tools(community, id), signal: stopped.signal })).toBe(false);
  expect((await beginErasure(databases, community, wish)).id).toBe(id);
  const both = Promise.all([carryOn(tools(community, id)), carryOn(tools(community, id))]);
  expect(await whileRead(community, both)).toEqual([true, true]);
  expect(await findErasure(databases.owner, community, id)).toMatchObject({
    state: "done",
    report: { seen: 30, own: 6 },
  });
}, 60_000);

test("what an erasure could not reach is named and not passed over", async () => {
  const community = await livedIn(10);
  const wish = { memberId: await idOf(community), secrets: testSecrets, askedBy: undefined, now: Date.now() };
  const { id } = await beginErasure(databases, community, wish);
  await sql`
    insert into day_counts (community_id, day, topic, space, key, count)
    values (${community}, 1, 'domain', 0, 'grey_heron_77', 1)`.execute(databases.owner);
  await whileRead(community, carryOn(tools(community, id)));
  expect(await findErasure(databases.owner, community, id)).toMatchObject({
    state: "failed",
    failure: "day_counts.key: 1",
  });
}, 60_000);

test("a consumer that an older version left behind does not hold an erasure up for ever", async () => {
  const community = await livedIn(5);
  const wish = { memberId: await idOf(community), secrets: testSecrets, askedBy: undefined, now: Date.now() };
  const { id } = await beginErasure(databases, community, wish);
  await sql`insert into cursors (community_id, consumer, seq) values (${community}, 'gone', 0)`.execute(
    databases.owner,
  );
  let at = Date.now();
  // Each look at the clock is a minute later.
  const waiting = carryOn({ ...tools(community, id), now: () => (at += 60_000) });
  expect(await whileRead(community, waiting)).toBe(true);
  await settle(community);
  if ((await findErasure(databases.owner, community, id))?.state === "failed")
    await carryOn({
      ...tools(community, (await beginErasure(databases, community, wish)).id),
      now: () => (at += 60_000),
    });
  expect(await findErasure(databases.owner, community, id)).toMatchObject({ state: "done" });
}, 60_000);

test("whom nobody knows cannot be erased", async () => {
  const community = await emptyCommunity(databases);
  const wish = { memberId: newId(0), secrets: testSecrets, askedBy: undefined, now: Date.now() };
  await expect(beginErasure(databases, community, wish)).rejects.toMatchObject({ code: "rights.no-such-member" });
});
