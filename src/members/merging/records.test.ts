import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { readLog } from "#src/log/read.ts";
import { newId } from "#src/base/ids.ts";
import { memberList, memberPresence } from "../reactions.ts";
import { NOW, village, type Village } from "../testing/people.ts";

const databases = await testDatabase();

/** Everything that the team wrote and everything that is counted, but for what notes and tags meanwhile added. */
const TABLES = [
  "member_days",
  "member_totals",
  "member_cards",
  "member_words",
  "member_spaces",
  "member_answers",
  "segment_members",
  "members",
  "identities",
];

async function counted({ community }: Village): Promise<Record<string, string[]>> {
  const rows = await Promise.all(
    TABLES.map(async (table): Promise<[string, string[]]> => {
      const found = await sql<{ row: string }>`
        select t::text as row from ${sql.table(table)} t where community_id = ${community} order by 1`.execute(
        databases.owner,
      );
      return [table, found.rows.map(({ row }) => row)];
    }),
  );
  return Object.fromEntries(rows);
}

async function settle({ community }: Village): Promise<void> {
  for (const consumer of [memberPresence, memberList])
    await readLog(databases, consumer, { community, holder: newId(NOW) });
}

test("tags, notes and segments of before and of meanwhile are with whom they belong after a separation", async () => {
  const town = await village(databases, [
    { name: "grebe", messages: 4 },
    { name: "grebe_d", messages: 3, daysAgo: 10, platform: "discord" },
    { name: "teal", messages: 2 },
  ]);
  const client = town.as("owner");
  const { slug: community } = town;
  const [grebe, other] = [await town.idOf("grebe"), await town.idOf("grebe_d")];
  const { id: early } = await client.makeTag({ community, name: "early" });
  const { id: late } = await client.makeTag({ community, name: "late" });
  await client.saveSegment({ community, name: "Busy", filter: { messagesAtLeast: 5 } });
  await client.tag({ community, memberIds: [other], put: [early] });
  await client.writeNote({ community, member: other, text: "Met at the fair" });
  await settle(town);
  const before = await counted(town);

  const { mergeId } = await client.merge({ community, memberId: other, intoId: grebe });
  await settle(town);
  expect((await client.segments({ community })).items.map((segment) => segment.members)).toEqual([1]);
  const together = await client.get({ community, member: grebe });
  expect(together.tags.map((tag) => tag.name)).toEqual(["early"]);
  await client.tag({ community, memberIds: [grebe], put: [late] });
  await client.writeNote({ community, member: grebe, text: "Bakes as well" });
  expect((await client.notes({ community, member: grebe })).items).toHaveLength(2);

  await client.separate({ community, merge: mergeId });
  await settle(town);
  const tagsOf = async (member: string) => (await client.get({ community, member })).tags.map((tag) => tag.name);
  expect([await tagsOf(grebe), await tagsOf(other)]).toEqual([["late"], ["early"]]);
  const notesOf = async (member: string) => (await client.notes({ community, member })).items.map((note) => note.text);
  expect([await notesOf(grebe), await notesOf(other)]).toEqual([["Bakes as well"], ["Met at the fair"]]);
  expect(await counted(town)).toEqual(before);
});
