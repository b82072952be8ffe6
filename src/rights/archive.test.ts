import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { testCall, keyIn } from "#src/accounts/testing/call.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { ensureConnection } from "#src/platforms/connections.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { openLiveIntake } from "#src/platforms/live/intake.ts";
import { rightsApi } from "./api.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 2, 1, 12);
const community = provenCommunity(await emptyCommunity(databases));
const facts = { id: community, slug: "camp", name: "Camp <b>", language: "en", timeZone: "UTC" } as const;
const heron = { externalId: "70001234567", name: "Grey Heron", username: "grey_heron_77", kind: "person" } as const;
const otter = { externalId: "81", name: "Otter", kind: "person" } as const;
const kept = { kind: "text", isQuestion: false, reactions: [{ emoji: "🔥", count: 3 }], links: [] } as const;
await openIntake({ databases, community, platform: "telegram", now: () => START }).store({
  spaces: [{ externalId: "hall", name: "Hall", kind: "chat" }],
  messages: [
    {
      ...kept,
      spaceExternalId: "hall",
      externalId: "1",
      sentAt: START,
      author: heron,
      text: "<script>canary one</script>",
      links: [{ domain: "nest.example", url: "https://nest.example/x" }],
    },
    {
      ...kept,
      spaceExternalId: "hall",
      externalId: "2",
      sentAt: START + 1000,
      author: otter,
      text: "canary two: @grey_heron_77 said so",
    },
    {
      ...kept,
      spaceExternalId: "hall",
      externalId: "3",
      sentAt: START + 2000,
      author: otter,
      text: "nothing about anybody",
    },
  ],
  moves: [
    {
      spaceExternalId: "hall",
      externalId: "9",
      position: 0,
      member: heron,
      name: "Grey Heron",
      kind: "joined",
      happenedAt: START,
    },
  ],
});
const found = await sql<{ id: string }>`
  select member_id as id from identities where community_id = ${community} and external_id = ${heron.externalId}`.execute(
  databases.owner,
);
const member = found.rows[0]?.id ?? newId(0);
const api = createRouterClient(rightsApi, {
  context: testCall({ databases, caller: keyIn(facts, "admin"), communities: [facts] }),
});

async function textOf(file: { body: ReadableStream }): Promise<string> {
  return new Response(file.body).text();
}

test("everything about a person is in one document: names, words, what others said of them, comings and goings", async () => {
  const archive: unknown = JSON.parse(await textOf(await api.archiveJson({ community: "camp", member })));
  expect(archive).toMatchObject({
    community: "Camp <b>",
    members: [{ name: "Grey Heron", accounts: [{ username: "grey_heron_77", externalId: "70001234567" }] }],
    messages: [
      { text: "<script>canary one</script>", links: ["https://nest.example/x"], reactions: { "🔥": 3 }, space: "Hall" },
    ],
    mentions: [{ text: "canary two: @grey_heron_77 said so" }],
    records: [{ table: "member_moves", rows: [{ name: "Grey Heron", kind: "joined" }] }],
  });
  expect(JSON.stringify(archive)).not.toContain("Otter");
});

test("the page to read holds the same, and nothing of it can run", async () => {
  const page = await textOf(await api.archiveHtml({ community: "camp", member }));
  for (const said of ["Grey Heron", "@grey_heron_77", "canary one", "canary two", "member_moves"])
    expect(page).toContain(said);
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("Camp <b>");
});

test("whoever takes a person's data along is in the audit log", async () => {
  const before = await sql`select from trail where community_id = ${community}`.execute(databases.owner);
  await api.archiveJson({ community: "camp", member });
  const after = await sql<{ did: string; about: string }>`
    select operation as did, target as about from trail where community_id = ${community} order by seq desc`.execute(
    databases.owner,
  );
  expect(after.rows).toHaveLength(before.rows.length + 1);
  expect(after.rows[0]).toEqual({ did: "exportPerson", about: member });
});

test("of somebody who is not there no file is begun", async () => {
  for (const archive of [api.archiveJson, api.archiveHtml])
    await expect(archive({ community: "camp", member: newId(0) })).rejects.toMatchObject({
      code: "rights.no-such-member",
    });
});

test("what a person's messages said before they were changed, and the marks a person put, are in both archives", async () => {
  const ids = { community, platform: "telegram", now: START } as const;
  const connectionId = await databases.asOwner((tx) =>
    ensureConnection(tx, community, { ...ids, externalId: "bot", name: "Bot" }),
  );
  const target = { spaceExternalId: "hall", externalId: "3", sentAt: START + 2000 };
  const message = { ...kept, ...target, externalId: "1", sentAt: START, author: heron, text: "canary four" };
  await openLiveIntake({ ...ids, databases, connectionId, now: () => START }).take([
    { kind: "edited", receipt: "1", spaces: [], message: { ...message, editedAt: START + 5000 } },
    { kind: "reaction-added", receipt: "2", target, member: heron, emoji: "🪶", happenedAt: START + 6000 },
  ]);
  const archive: unknown = JSON.parse(await textOf(await api.archiveJson({ community: "camp", member })));
  expect(archive).toMatchObject({
    messages: [{ text: "canary four" }],
    records: expect.arrayContaining([
      { table: "message_versions", rows: [expect.objectContaining({ text: "<script>canary one</script>" })] },
      { table: "message_reactors", rows: [expect.objectContaining({ emoji: "🪶" })] },
    ]),
  });
  const page = await textOf(await api.archiveHtml({ community: "camp", member }));
  for (const said of ["canary one", "canary four", "🪶"]) expect(page).toContain(said);
});

test("marks that came with an import are in both archives of whoever put them", async () => {
  const options = { databases, community, platform: "telegram", importId: newId(START), secrets: testSecrets };
  const by = [{ member: heron }, { member: otter }];
  const marked = {
    ...kept,
    spaceExternalId: "hall",
    externalId: "4",
    sentAt: START + 3000,
    author: otter,
    text: "ducks",
  };
  await openIntake({ ...options, now: () => START }).store({
    spaces: [{ externalId: "hall", name: "Hall", kind: "chat" }],
    messages: [{ ...marked, reactions: [{ emoji: "🦆", count: 2, by }] }],
    moves: [],
  });
  const archive = await textOf(await api.archiveJson({ community: "camp", member }));
  const records = expect.arrayContaining([
    {
      table: "message_reactors",
      rows: expect.arrayContaining([expect.objectContaining({ emoji: "🦆", member_id: member, reacted_at: null })]),
    },
  ]);
  expect(JSON.parse(archive)).toMatchObject({ records });
  expect(archive.match(/🦆/gu)).toHaveLength(1);
  expect(await textOf(await api.archiveHtml({ community: "camp", member }))).toContain("🦆");
});
