import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { importHistory } from "../actions.ts";
import { folder, message, START, telegramFile } from "./sample-history.ts";

const databases = await testDatabase();
const never = new AbortController().signal;
const bring = (community: CommunityId, file: string) =>
  importHistory({ databases, community, file, timeZone: "UTC", signal: never });

/** Everything that an import leaves behind, without ids that are made anew each time. */
async function traces(community: CommunityId): Promise<object> {
  const found = await sql<object>`
    select (select count(*) from messages m where m.community_id = c.id) as messages,
      (select count(*) from messages m where m.community_id = c.id and m.reply_to_id is not null) as replies,
      (select count(*) from messages m where m.community_id = c.id and m.is_question) as questions,
      (select count(*) from members m where m.community_id = c.id) as members,
      (select sum(count) from message_reactions r where r.community_id = c.id) as reactions,
      (select md5(string_agg(id || text, ',' order by id)) from messages m where m.community_id = c.id) as digest
    from communities c where id = ${community}`.execute(databases.owner);
  return found.rows[0] ?? {};
}

async function factsOf(community: CommunityId): Promise<{ kind: string; payload: { messages: number } }[]> {
  const found = await sql<{ kind: string; payload: { messages: number } }>`
    select kind, payload from facts where community_id = ${community} order by seq`.execute(databases.owner);
  return found.rows;
}

describe("an export of Telegram Desktop", () => {
  const file = telegramFile("whole.json", 1, 12_001);

  test("goes in, and its report says what was done", async () => {
    const community = await emptyCommunity(databases);
    const report = await bring(community, file);
    expect(report).toMatchObject({
      status: "done",
      counts: { stored: 12_000, updated: 0, repeated: 0, skipped: 0, newMembers: 50 },
      byKind: { text: 12_000 },
      firstAt: new Date((START + 60) * 1000).toISOString(),
      spaces: [{ name: "Hall", kind: "chat", stored: 12_000 }],
      readBytes: report.fileBytes,
    });
    expect(await traces(community)).toMatchObject({ messages: 12_000, questions: 1200, members: 50, reactions: 3428 });
    expect(await factsOf(community)).toMatchObject([{ kind: "history.imported", payload: { messages: 12_000 } }]);
  });

  test("imported twice changes nothing, and nobody is told of it twice", async () => {
    const community = await emptyCommunity(databases);
    await bring(community, file);
    const before = await traces(community);
    expect(await bring(community, file)).toMatchObject({
      status: "done",
      counts: { stored: 0, repeated: 12_000, newMembers: 0 },
    });
    expect(await traces(community)).toEqual(before);
    expect(await factsOf(community)).toHaveLength(1);
  });

  test("that overlaps with another gives the same as one export of the whole", async () => {
    const whole = await emptyCommunity(databases);
    await bring(whole, file);
    const parts = await emptyCommunity(databases);
    await bring(parts, telegramFile("first.json", 1, 8001));
    expect(await bring(parts, telegramFile("second.json", 4001, 12_001))).toMatchObject({
      counts: { stored: 4000, repeated: 4000 },
    });
    expect(await traces(parts)).toMatchObject({ messages: 12_000, members: 50, reactions: 3428, questions: 1200 });
  });

  test("cut off in the middle gives what is there and says so", async () => {
    const community = await emptyCommunity(databases);
    const path = telegramFile("cut.json", 1, 101);
    writeFileSync(path, readFileSync(path).subarray(0, -40));
    expect(await bring(community, path)).toMatchObject({
      status: "done",
      cutOff: true,
      counts: { stored: 99, skipped: 1 },
    });
  });
});

test("an account that proves to be a bot late in the file is marked, and a later import does not undo the team's word", async () => {
  const community = await emptyCommunity(databases);
  const path = telegramFile("bots.json", 1, 401);
  const buttons = `"id": 251,\n   "inline_bot_buttons": [[{"type": "url", "text": "x"}]],`;
  writeFileSync(path, readFileSync(path, "utf8").replace('"id": 251,', buttons));
  const marks = async () => {
    const found = await sql<{ name: string }>`
      select name from members where community_id = ${community} and is_bot order by name`.execute(databases.owner);
    return found.rows.map((row) => row.name);
  };
  await bring(community, path);
  expect(await marks()).toEqual(["Person 1"]);
  expect((await factsOf(community)).map((fact) => fact.kind)).toEqual(["member.marked", "history.imported"]);
  await sql`update members set is_bot = false where community_id = ${community}`.execute(databases.owner);
  await bring(community, path);
  expect(await marks()).toEqual([]);
});

describe("what cannot be taken in", () => {
  test("is kept raw with its place while its neighbours pass", async () => {
    const community = await emptyCommunity(databases);
    const good = (id: number) => JSON.stringify(message(id), null, 1);
    const items = [
      good(1),
      `{\n "id": 2, "type": "message", "a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      `{\n "id": 3, "type": "unsupported"}`,
      `{\n "id": 4, "type": "message", "text": "no date"}`,
      `{\n "id": 5, "type": "message", "date_unixtime": "99999999999", "text": "from the year 5138"}`,
      good(6).replace("message number 6", "a\\u0000b \\ud800 \\x0B c"),
      good(7).replace('"id": 7', '"id": 9007199254740993'),
      `{\n "id": 8, "type": "message", "text": "${"x".repeat(2_000_000)}"}`,
      `{\n "id": 9, "text": broken }`,
      good(10),
    ];
    const path = join(folder, "poison.json");
    writeFileSync(path, `{"name":"Hall","type":"private_group","id":5,"messages":[${items.join(",\n")}]}`);
    const report = await bring(community, path);
    expect(report).toMatchObject({ status: "done", counts: { stored: 4, skipped: 6, repaired: 1 } });
    expect(Object.fromEntries(report.skipped.map(({ reason, count }) => [reason, count]))).toEqual({
      "too-deep": 1,
      unsupported: 1,
      "no-date": 1,
      "impossible-date": 1,
      "too-long": 1,
      broken: 1,
    });
    const kept = await sql<{ reason: string; raw: Buffer; position: number }>`
      select reason, raw, position from quarantine where community_id = ${community} order by position`.execute(
      databases.owner,
    );
    expect(kept.rows.map((row) => row.reason)).toEqual([
      "too-deep",
      "no-date",
      "impossible-date",
      "too-long",
      "broken",
    ]);
    expect(kept.rows.find((row) => row.reason === "no-date")?.raw.toString()).toContain("no date");
    const texts = await sql<{ id: string; text: string }>`
      select external_id as id, text from messages where community_id = ${community} order by sent_at`.execute(
      databases.owner,
    );
    expect(texts.rows.map((row) => row.id)).toEqual(["1", "6", "9007199254740993", "10"]);
    expect(texts.rows[1]?.text).toBe("a\uFFFDb \uFFFD \u000b c");
  });
});

const GITTER = "../shared/data/chat_fcc_gitter.jsonl.gz";

test.skipIf(!existsSync(GITTER))(
  "a real community's 515 rooms go in from a packed file of JSON lines",
  { timeout: 180_000 },
  async () => {
    const community = await emptyCommunity(databases);
    const map = { space: "room", sentAt: "ts", authorId: "user_id", authorName: "user" };
    const report = await importHistory({ databases, community, file: GITTER, map, timeZone: "UTC", signal: never });
    expect(report).toMatchObject({
      status: "done",
      format: "jsonl",
      spaceCount: 515,
      counts: { stored: 172_097, newMembers: 7011, skipped: 0 },
    });
  },
);
