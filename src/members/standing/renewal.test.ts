import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { DAY, NOW, village, type Village } from "../testing/people.ts";
import { stages } from "./model.ts";

const databases = await testDatabase();

async function standings(place: Village): Promise<string[]> {
  const found = await sql<{ name: string; level: number; stage: number }>`
    select name, level, stage from member_cards where community_id = ${place.community} order by name`.execute(
    databases.owner,
  );
  return found.rows.map(({ name, level, stage }) => `${name} ${level} ${stages[stage] ?? ""}`);
}

test("as days go by, everybody stands where counting from nothing would put them", async () => {
  const crowd = Array.from({ length: 40 }, (_, n) => ({
    name: `P${String(n).padStart(2, "0")}`,
    messages: 1 + ((n * 11) % 30),
    daysAgo: (n * 29) % 360,
  }));
  const place = await village(databases, crowd);
  const before = await standings(place);
  for (const days of [3, 12, 40, 75]) {
    const at = NOW + days * DAY;
    const only = { only: { firstAt: at, lastAt: at } };
    await place.write([{ name: "P00", externalId: "id-P00", daysAgo: -days, prefix: `d${days}` }], [], only);
    const followed = await standings(place);
    await place.renew();
    expect(followed).toEqual(await standings(place));
  }
  expect(await standings(place)).not.toEqual(before);
});

test("a profile shows what somebody's level and stage are concluded from, and nothing of the team", async () => {
  const place = await village(databases, [
    { name: "Anna", messages: 9, daysAgo: 0 },
    { name: "Boris", messages: 2, daysAgo: 50 },
  ]);
  const client = place.as("owner");
  const anna = await client.get({ community: place.slug, member: await place.idOf("Anna") });
  expect(anna).toMatchObject({ step: 7, stage: "newcomer", standing: { days: 9, months: 1, silence: 0 } });
  expect(anna.standing).toMatchObject({ asOf: "2026-11-22", from: "2025-11-01" });
  const boris = await client.get({ community: place.slug, member: await place.idOf("Boris") });
  expect(boris).toMatchObject({ stage: "dormant", standing: { days: 2, silence: 50, absence: null } });
  await client.mark({ community: place.slug, marks: [{ memberId: anna.id, isStaff: true }] });
  const team = await client.get({ community: place.slug, member: anna.id });
  expect(team).toMatchObject({ step: null, stage: null, standing: null });
  expect((await client.list({ community: place.slug, stage: [...stages] })).items.map((item) => item.name)).toEqual([
    "Boris",
  ]);
});
