import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { segmentMembers } from "../queries.ts";
import { DAY, NOW, village, type Village } from "../testing/people.ts";
import type { SegmentFilter } from "./model.ts";

const databases = await testDatabase();

async function save(place: Village, name: string, filter: SegmentFilter): Promise<string> {
  const { id } = await place.as("analyst").saveSegment({ community: place.slug, name, filter });
  await place.read();
  return id;
}

async function countOf(place: Village, id: string): Promise<number | null | undefined> {
  const { items } = await place.as("analyst").segments({ community: place.slug });
  return items.find((segment) => segment.id === id)?.members;
}

async function namesIn(place: Village, segment: string): Promise<string[]> {
  const { items } = await place.as("analyst").list({ community: place.slug, segment, limit: 200 });
  return items.map((item) => item.name).toSorted();
}

/** Who answers the filter now, asked of the list itself. */
async function namesBy(place: Village, filter: SegmentFilter): Promise<string[]> {
  const { items } = await place.as("analyst").list({ community: place.slug, ...filter, limit: 200 });
  return items.map((item) => item.name).toSorted();
}

test("a segment holds whoever answers its filter, and says how many they are", async () => {
  const place = await village(databases, [
    { name: "Busy", messages: 12 },
    { name: "Calm", messages: 3 },
    { name: "Bot", kind: "bot", messages: 50 },
  ]);
  const id = await save(place, "Writers", { messagesAtLeast: 3, bots: false });
  expect(await countOf(place, id)).toBe(2);
  expect(await namesIn(place, id)).toEqual(["Busy", "Calm"]);
});

test("a segment follows what people write, without being asked", async () => {
  const place = await village(databases, [{ name: "Busy", messages: 12 }, { name: "Calm" }]);
  const id = await save(place, "Writers", { messagesAtLeast: 5 });
  expect(await namesIn(place, id)).toEqual(["Busy"]);
  await place.write([
    { name: "Calm", messages: 6, externalId: "id-Calm" },
    { name: "Fresh", messages: 5 },
  ]);
  expect(await namesIn(place, id)).toEqual(["Busy", "Calm", "Fresh"]);
  expect(await countOf(place, id)).toBe(3);
});

test("whom the days carry out of a window leaves the segment, though they did nothing", async () => {
  const place = await village(databases, [
    { name: "Steady", daysAgo: 0 },
    { name: "Fading", daysAgo: 5 },
    { name: "Long ago", daysAgo: 300 },
  ]);
  const id = await save(place, "Active this week", { activeWithin: 7 });
  expect(await namesIn(place, id)).toEqual(["Fading", "Steady"]);
  const day = NOW + 4 * DAY;
  await place.write([{ name: "Steady", daysAgo: -4 }], [], { only: { firstAt: day, lastAt: day } });
  expect(await namesIn(place, id)).toEqual(["Steady"]);
  expect(await countOf(place, id)).toBe(1);
});

test("a segment can be asked for by other features, and never one of another community", async () => {
  const [ours, theirs] = [await village(databases, [{ name: "Anna" }]), await village(databases, [{ name: "Secret" }])];
  const mine = await save(ours, "All", { messagesAtLeast: 1 });
  const foreign = await save(theirs, "All", { messagesAtLeast: 1 });
  const found = await databases.asCommunity(ours.community, async (tx) => {
    const members = await segmentMembers(tx, ours.community, mine);
    return (await sql<{ name: string }>`select m.name from members m where m.id in ${members}`.execute(tx)).rows;
  });
  expect(found).toEqual([{ name: "Anna" }]);
  const asked = databases.asCommunity(ours.community, (tx) => segmentMembers(tx, ours.community, foreign));
  await expect(asked).rejects.toMatchObject({ code: "members.segment-unknown" });
  const listed = ours.as("owner").list({ community: ours.slug, segment: foreign });
  expect((await listed).items).toEqual([]);
});

test("only those who changed are looked at again", async () => {
  const place = await village(databases, [
    { name: "Early", daysAgo: 300, messages: 5 },
    { name: "Late", daysAgo: 0 },
  ]);
  const id = await save(place, "Writers", { messagesAtLeast: 5 });
  // Nobody may do this: it shows whether everybody is looked at.
  await sql`delete from segment_members where community_id = ${place.community}`.execute(databases.owner);
  await place.write([{ name: "Late", messages: 6 }], [], { only: { firstAt: NOW - 6 * DAY, lastAt: NOW } });
  expect(await namesIn(place, id)).toEqual(["Late"]);
});

test("a mark and a tag move people between segments at once, and so does taking them back", async () => {
  const place = await village(databases, [{ name: "Anna" }, { name: "Boris" }]);
  const client = place.as("owner");
  const { id: tag } = await client.makeTag({ community: place.slug, name: "VIP" });
  const guests = await save(place, "Guests", { staff: false });
  const vips = await save(place, "Important", { tag: [tag] });
  const anna = await place.idOf("Anna");
  await client.mark({ community: place.slug, marks: [{ memberId: anna, isStaff: true }] });
  await client.tag({ community: place.slug, memberIds: [anna], put: [tag] });
  await place.read();
  expect([await namesIn(place, guests), await namesIn(place, vips)]).toEqual([["Boris"], ["Anna"]]);
  await client.mark({ community: place.slug, marks: [{ memberId: anna, isStaff: false }] });
  await client.tag({ community: place.slug, memberIds: [anna], take: [tag] });
  await place.read();
  expect([await namesIn(place, guests), await namesIn(place, vips)]).toEqual([["Anna", "Boris"], []]);
});

test("after any weeks of writing every segment holds exactly those who answer its filter", async () => {
  const crowd = Array.from({ length: 25 }, (_, n) => ({
    name: `P${n}`,
    messages: 1 + ((n * 7) % 9),
    daysAgo: (n * 37) % 330,
  }));
  const place = await village(databases, crowd);
  const filters: SegmentFilter[] = [
    { level: ["participating", "contributing"] },
    { stage: ["active", "newcomer"] },
    { stage: ["dormant", "slipping"], messagesAtLeast: 3 },
    { firstSeenWithin: 40 },
    { activeWithin: 60, search: "p1" },
    { stage: ["returned"] },
  ];
  const ids: string[] = [];
  for (const [n, filter] of filters.entries()) ids.push(await save(place, `Segment ${n}`, filter));
  for (let week = 1; week <= 6; week++) {
    const day = NOW + week * 9 * DAY;
    const people = crowd
      .filter((_, n) => (n + week) % 6 === 0)
      .map(({ name }) => ({ name, externalId: `id-${name}`, daysAgo: -9 * week, messages: 1, prefix: `w${week}` }));
    await place.write(people, [], { only: { firstAt: day, lastAt: day } });
    for (const [n, filter] of filters.entries()) {
      const expected = await namesBy(place, filter);
      expect([week, n, await namesIn(place, ids[n] ?? "")]).toEqual([week, n, expected]);
      expect(await countOf(place, ids[n] ?? "")).toBe(expected.length);
    }
  }
});

test("a name is given once, a filter must narrow, and a deleted segment comes back as it was", async () => {
  const place = await village(databases, [{ name: "Anna", messages: 4 }]);
  const client = place.as("editor");
  const id = await save(place, "Writers", { messagesAtLeast: 2 });
  const again = client.saveSegment({ community: place.slug, name: "WRITERS", filter: { bots: true } });
  await expect(again).rejects.toMatchObject({ code: "members.segment-name-taken" });
  const empty = client.saveSegment({ community: place.slug, name: "All", filter: {} });
  await expect(empty).rejects.toMatchObject({ code: "request.invalid" });
  await client.deleteSegment({ community: place.slug, segment: id });
  await place.read();
  expect(await countOf(place, id)).toBeUndefined();
  await client.restoreSegment({ community: place.slug, segment: id });
  await place.read();
  expect(await countOf(place, id)).toBe(1);
  await client.changeSegment({ community: place.slug, segment: id, filter: { messagesAtLeast: 9 } });
  expect(await countOf(place, id)).toBeNull();
  await place.read();
  expect(await countOf(place, id)).toBe(0);
});
