import { sql } from "kysely";
import { expect, test } from "vitest";
import { provenCommunity } from "#src/base/community-id.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { changeCommunity, createCommunity } from "./actions.ts";

const databases = await testDatabase();
const wish = {
  slug: undefined,
  language: "ru",
  timeZone: "Europe/Moscow",
  ownerId: undefined,
  now: Date.now(),
} as const;

async function factsOf(id: string): Promise<{ kind: string; payload: unknown }[]> {
  const found = await sql<{ kind: string; payload: unknown }>`
    select kind, payload from facts where community_id = ${id} order by seq`.execute(databases.owner);
  return found.rows;
}

test("communities of one name get addresses of their own", async () => {
  const made = [];
  for (let i = 0; i < 3; i += 1) made.push(await createCommunity(databases, { ...wish, name: "Чай" }));
  expect(made.map((community) => community.slug)).toEqual(["chai", "chai-2", "chai-3"]);
});

test("a name that is a word of our own addresses gets a number", async () => {
  expect((await createCommunity(databases, { ...wish, name: "Settings" })).slug).toBe("settings-2");
});

test("an address that was asked for is that one or none", async () => {
  await createCommunity(databases, { ...wish, name: "A", slug: "wanted" });
  await expect(createCommunity(databases, { ...wish, name: "B", slug: "wanted" })).rejects.toMatchObject({
    code: "communities.slug-taken",
  });
});

test("another time zone is told once as a fact; the same again, and another name, are not", async () => {
  const { id } = await createCommunity(databases, { ...wish, name: "Zones" });
  const change = (part: { name?: string; timeZone?: string }) =>
    changeCommunity(databases, provenCommunity(id), { change: part, now: Date.now() });
  await change({ name: "Zones and names" });
  await change({ timeZone: "Europe/Moscow" });
  expect(await factsOf(id)).toEqual([]);
  const changed = await change({ timeZone: "Asia/Almaty" });
  expect(changed).toMatchObject({ name: "Zones and names", timeZone: "Asia/Almaty" });
  expect(await factsOf(id)).toEqual([{ kind: "community.zone-changed", payload: { timeZone: "Asia/Almaty" } }]);
});
