import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { eraseWritten, takePersonAway } from "./erasure.ts";
import { openIntake } from "./intake.ts";
import type { IncomingBatch, IncomingMessage } from "./model.ts";
import { sent } from "./testing/sent.ts";
import { holdsTrace, tracePattern } from "./trace-pattern.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 0, 10, 12);
const NOBODY = "00000000-0000-0000-0000-000000000000";

const heron = { externalId: "user70001234", name: "Пёстрая Цапля", username: "grey_heron", kind: "person" } as const;
const otter = { externalId: "user70005678", name: "Otter", username: "river_otter", kind: "person" } as const;

function message(n: number, more: Partial<IncomingMessage>): IncomingMessage {
  return {
    spaceExternalId: "hall",
    externalId: String(n),
    sentAt: START + n * 60_000,
    author: otter,
    kind: "text",
    text: "",
    isQuestion: false,
    links: [],
    reactions: [],
    ...more,
  };
}

const history: IncomingBatch = {
  spaces: [{ externalId: "hall", name: "Hall", kind: "chat" }],
  messages: [
    message(1, {
      author: heron,
      text: "write me at heron@nest.example",
      links: [{ domain: "nest.example", url: "https://nest.example/heron" }],
      details: { file_name: "heron-cv.pdf" },
    }),
    message(2, { text: "Thanks, @Grey_Heron! Also пёстрая  цапля helped", replyToExternalId: "1" }),
    message(3, { text: "A heron is a bird; grey_herons are many", forwardedFrom: "Пёстрая Цапля" }),
    message(4, { links: [{ domain: "t.me", url: "https://t.me/grey_heron" }], text: "t.me/grey_heron" }),
    message(5, { text: "see tg://user?id=70001234", details: { forwarded_from_id: "user70001234" } }),
  ],
  moves: [
    {
      spaceExternalId: "hall",
      externalId: "9",
      position: 0,
      member: heron,
      name: heron.name,
      kind: "joined",
      happenedAt: START,
    },
    { spaceExternalId: "hall", externalId: "10", position: 0, name: heron.name, kind: "left", happenedAt: START },
  ],
};

const open = (community: CommunityId) =>
  openIntake({ databases, community, platform: "telegram", secrets: testSecrets, now: () => START });

async function idOf(community: CommunityId, externalId: string): Promise<string> {
  const found = await sql<{ id: string }>`
    select member_id as id from identities where community_id = ${community} and external_id = ${externalId}`.execute(
    databases.owner,
  );
  return found.rows[0]?.id ?? NOBODY;
}

async function erase(community: CommunityId, externalId: string, limit = 2): Promise<string> {
  const memberIds = [await idOf(community, externalId)];
  const traces = await databases.asOwner((tx) =>
    takePersonAway(tx, community, { memberIds, secrets: testSecrets, now: START }),
  );
  let after: string | undefined = NOBODY;
  while (after !== undefined) {
    const from: string = after;
    const done = await databases.asOwner((tx) =>
      eraseWritten(tx, community, { memberIds, traces, after: from, limit }),
    );
    after = done.last;
  }
  return memberIds[0] ?? NOBODY;
}

/** Everything that the tables of platforms hold of a community, as one text. */
async function everything(community: CommunityId): Promise<string> {
  const tables = ["members", "identities", "messages", "message_links", "member_moves", "spaces", "erased_marks"];
  const found = await Promise.all(
    tables.map((table) =>
      sql<{ row: string }>`select t::text as row from ${sql.table(table)} t where community_id = ${community}`.execute(
        databases.owner,
      ),
    ),
  );
  return found.flatMap(({ rows }) => rows.map(({ row }) => row)).join("\n");
}

const canaries = /grey_heron\b|70001234|пёстрая\s+цапля|nest\.example|heron-cv/i;

async function authors(community: CommunityId) {
  const found = await sql<{ member: string; messages: number }>`
    select member_id as member, count(*) as messages from messages where community_id = ${community}
    group by 1 order by 2`.execute(databases.owner);
  return found.rows;
}

test("of an erased person nothing stays but that somebody wrote, and others keep what they said", async () => {
  const community = await emptyCommunity(databases);
  await open(community).store(history);
  expect(await everything(community)).toMatch(canaries);
  const member = await erase(community, heron.externalId);
  const left = await everything(community);
  expect(left).not.toMatch(canaries);
  expect(left).toContain("Thanks, […]! Also […] helped");
  expect(left).toContain("A heron is a bird; grey_herons are many");
  expect(await authors(community)).toEqual([
    { member, messages: 1 },
    { member: await idOf(community, otter.externalId), messages: 4 },
  ]);
});

test("an erased person does not come back with the next import, be it the same file or a newer one", async () => {
  const community = await emptyCommunity(databases);
  const intake = open(community);
  await intake.store(history);
  const member = await erase(community, heron.externalId);
  const edited = history.messages.map((each) => ({ ...each, editedAt: START + 86_400_000 }));
  const later = [
    message(20, { author: heron, text: "I am back: heron@nest.example" }),
    message(21, { text: "hello @grey_heron", language: "en", forwardedFrom: "пёстрая цапля" }),
  ];
  // One that remembers people from before the erasure, and one that does not.
  const first = edited.filter(({ externalId }) => externalId === "1");
  await intake.store({ ...history, messages: sent([...first, ...later]) });
  await open(community).store({ ...history, messages: [...history.messages, ...later] });
  expect(await everything(community)).not.toMatch(canaries);
  const people = await sql`select from members where community_id = ${community}`.execute(databases.owner);
  expect(people.rows).toHaveLength(2);
  expect(await authors(community)).toContainEqual({ member, messages: 2 });
  const hello = sql`select text, language from messages where community_id = ${community} and external_id = '21'`;
  expect((await hello.execute(databases.owner)).rows).toEqual([{ text: "hello […]", language: "en" }]);
});

test("where the key of erased people does not open, nothing is taken in", async () => {
  const community = await emptyCommunity(databases);
  await open(community).store(history);
  await erase(community, heron.externalId);
  const blind = openIntake({ databases, community, platform: "telegram", now: () => START });
  await expect(blind.store(history)).rejects.toMatchObject({ code: "platforms.erased-unreadable" });
});

test("erasing twice changes nothing the second time", async () => {
  const community = await emptyCommunity(databases);
  await open(community).store(history);
  const member = await erase(community, heron.externalId);
  const before = await everything(community);
  const again = { memberIds: [member], secrets: testSecrets, now: START + 1 };
  const traces = await databases.asOwner((tx) => takePersonAway(tx, community, again));
  expect(traces).toEqual({ names: [], usernames: [], externalIds: [] });
  expect(tracePattern(traces)).toBeUndefined();
  expect(await everything(community)).toBe(before);
});

test("a name of signs that mean something in a pattern is taken for itself", async () => {
  const pattern = tracePattern({ names: ["a.b (c) \\ [d]"], usernames: ["x.y_z+1"], externalIds: [] });
  const found = await sql<{ text: string }>`
    select text from unnest(${["A.B (C) \\ [D]", "axb (c)", "hi @x.y_z+1!", "x-y_z+1", "x.y_z+12"]}::text[]) text
    where ${pattern ? holdsTrace(sql`text`, pattern) : sql`false`}`.execute(databases.owner);
  expect(found.rows.map(({ text }) => text)).toEqual(["A.B (C) \\ [D]", "hi @x.y_z+1!"]);
});
