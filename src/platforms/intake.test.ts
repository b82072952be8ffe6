import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { openIntake, type Intake } from "./intake.ts";
import type { IncomingBatch, IncomingMessage } from "./model.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 0, 10, 12);

function message(n: number, more: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    spaceExternalId: "hall",
    externalId: String(n),
    sentAt: START + n * 60_000,
    author: { externalId: `person-${n % 3}`, name: `Person ${n % 3}`, kind: "person" },
    kind: "text",
    text: `message ${n}`,
    isQuestion: false,
    links: [],
    reactions: [],
    ...more,
  };
}

function batch(...messages: IncomingMessage[]): IncomingBatch {
  return { spaces: [{ externalId: "hall", name: "Hall", kind: "chat" }], messages, moves: [] };
}

const open = (community: CommunityId): Intake =>
  openIntake({ databases, community, platform: "telegram", now: () => START });

async function stored(community: CommunityId): Promise<{ externalId: string; text: string; answers: string | null }[]> {
  const found = await sql<{ externalId: string; text: string; answers: string | null }>`
    select m.external_id as "externalId", m.text, p.external_id as answers from messages m
    left join messages p on p.community_id = m.community_id and p.id = m.reply_to_id
    where m.community_id = ${community} order by m.id`.execute(databases.owner);
  return found.rows;
}

async function count(table: string, community: CommunityId): Promise<number> {
  const found = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(table)} where community_id = ${community}`.execute(databases.owner);
  return found.rows[0]?.n ?? -1;
}

test("the same messages arriving twice change nothing, from the same source or another", async () => {
  const community = await emptyCommunity(databases);
  const messages = Array.from({ length: 10 }, (_, n) => message(n, { reactions: [{ emoji: "👍", count: 2 }] }));
  const intake = open(community);
  expect(await intake.store(batch(...messages))).toMatchObject({ stored: 10, repeated: 0, newMembers: 3 });
  expect(await intake.store(batch(...messages))).toMatchObject({ stored: 0, repeated: 10, newMembers: 0 });
  expect(await open(community).store(batch(...messages, message(10)))).toMatchObject({
    stored: 1,
    repeated: 10,
    newMembers: 0,
  });
  expect(await count("messages", community)).toBe(11);
  expect(await count("members", community)).toBe(3);
  expect(await count("message_reactions", community)).toBe(10);
});

test("a message that a batch holds twice is stored once, in its later edition", async () => {
  const community = await emptyCommunity(databases);
  const result = await open(community).store(batch(message(1), message(1, { text: "again" })));
  expect(result).toMatchObject({ stored: 1, repeated: 1 });
  expect((await stored(community)).map((each) => each.text)).toEqual(["again"]);
});

test("messages of any length and in any script go in as they were written", async () => {
  const community = await emptyCommunity(databases);
  const texts = ["ж".repeat(30_000), "", "a\tb\nc\\d", "漢".repeat(90_000), "👩‍👩‍👧 ".repeat(5_000), "end"];
  await open(community).store(batch(...texts.map((text, n) => message(n, { text }))));
  expect((await stored(community)).map((each) => each.text)).toEqual(texts);
});

test("a newer edition replaces an older one, and never the other way round", async () => {
  const community = await emptyCommunity(databases);
  const intake = open(community);
  const edited = message(1, { text: "better", editedAt: START + 3_600_000 });
  await intake.store(batch(message(1)));
  expect(await intake.store(batch(edited))).toMatchObject({ stored: 0, updated: 1, repeated: 0 });
  expect(await intake.store(batch(message(1, { text: "old" })))).toMatchObject({ updated: 0, repeated: 1 });
  expect((await stored(community)).map((each) => each.text)).toEqual(["better"]);
});

test("an answer finds its question in the same batch, in an earlier one, and after a restart", async () => {
  const community = await emptyCommunity(databases);
  const intake = open(community);
  await intake.store(batch(message(2, { replyToExternalId: "1" }), message(1)));
  await intake.store(batch(message(3, { replyToExternalId: "1" })));
  await open(community).store(
    batch(message(4, { replyToExternalId: "2" }), message(5, { replyToExternalId: "unknown" })),
  );
  expect((await stored(community)).map((each) => [each.externalId, each.answers])).toEqual([
    ["1", null],
    ["2", "1"],
    ["3", "1"],
    ["4", "2"],
    ["5", null],
  ]);
});

test("a batch and its resume point are stored together or not at all", async () => {
  const community = await emptyCommunity(databases);
  const intake = open(community);
  const broken = intake.store(batch(message(1)), async () => {
    throw new Error("the power went");
  });
  await expect(broken).rejects.toThrow("the power went");
  expect(await count("messages", community)).toBe(0);
  expect(await count("members", community)).toBe(0);
  expect(await intake.store(batch(message(1)))).toMatchObject({ stored: 1, newMembers: 1 });
});

test("messages of any month find their place", async () => {
  const community = await emptyCommunity(databases);
  const years = [2014, 2016, 2019, 2026].map((year, n) =>
    message(n, { sentAt: Date.UTC(year, 11, 31, 23, 59, 59, 999) }),
  );
  await open(community).store(batch(...years));
  expect(await count("messages", community)).toBe(4);
});

test("NUL, half surrogate pairs, tabs and backslashes in texts and names do no harm", async () => {
  const community = await emptyCommunity(databases);
  const nasty = "a\0b\ud800c\t\\N\r\n\\.\n";
  const result = await open(community).store({
    spaces: [{ externalId: "hall", name: nasty, kind: "chat" }],
    messages: [
      message(1, {
        text: nasty,
        author: { externalId: "x", name: nasty, kind: "person" },
        details: { nasty, list: [nasty] },
      }),
    ],
    moves: [{ spaceExternalId: "hall", externalId: "9", position: 0, name: nasty, kind: "joined", happenedAt: START }],
  });
  expect(result).toMatchObject({ stored: 1, moves: 1 });
  expect((await stored(community))[0]?.text).toBe("a\ufffdb\ufffdc\t\\N\r\n\\.\n");
});

test("two intakes with the same newcomers at once make each person once", async () => {
  const community = await emptyCommunity(databases);
  const messages = Array.from({ length: 200 }, (_, n) =>
    message(n, { author: { externalId: `u${n % 100}`, name: "U", kind: "person" } }),
  );
  await Promise.all([
    open(community).store(batch(...messages)),
    open(community).store(batch(...messages.toReversed())),
  ]);
  expect(await count("messages", community)).toBe(200);
  expect(await count("members", community)).toBe(100);
});

test("two intakes that bring the same history into a new space at once store each message once", async () => {
  const community = await emptyCommunity(databases);
  const first = open(community);
  const second = open(community);
  // Both learn that the space is empty before either has stored into it.
  await Promise.all([first.store(batch()), second.store(batch())]);
  const history = Array.from({ length: 500 }, (_, n) => message(n));
  const results = await Promise.all([first.store(batch(...history)), second.store(batch(...history))]);
  expect(results.map(({ stored }) => stored).toSorted((a, b) => a - b)).toEqual([0, 500]);
  expect(results.map(({ repeated }) => repeated).toSorted((a, b) => a - b)).toEqual([0, 500]);
  expect(await count("messages", community)).toBe(500);
});

test("comings and goings are kept once, with the person where the source names one", async () => {
  const community = await emptyCommunity(databases);
  const moves = [
    { spaceExternalId: "hall", externalId: "5", position: 0, name: "Anna", kind: "joined" as const, happenedAt: START },
    { spaceExternalId: "hall", externalId: "5", position: 1, name: "Oleg", kind: "joined" as const, happenedAt: START },
  ];
  const whole = { ...batch(message(1)), moves };
  const intake = open(community);
  expect(await intake.store(whole)).toMatchObject({ moves: 2 });
  expect(await intake.store(whole)).toMatchObject({ moves: 0 });
});

test("a topic belongs to its chat", async () => {
  const community = await emptyCommunity(databases);
  await open(community).store({
    spaces: [
      { externalId: "hall/5", name: "Topic", kind: "topic", parentExternalId: "hall" },
      { externalId: "hall", name: "Hall", kind: "chat" },
    ],
    messages: [message(1, { spaceExternalId: "hall/5" })],
    moves: [],
  });
  const found = await sql<{ parent: string }>`
    select p.name as parent from spaces s join spaces p on p.community_id = s.community_id and p.id = s.parent_id
    where s.community_id = ${community}`.execute(databases.owner);
  expect(found.rows).toEqual([{ parent: "Hall" }]);
});
