import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { markMembers } from "#src/members/actions.ts";
import { getMember, listMembers, listTimeline } from "#src/members/queries.ts";
import { twoPlatforms, type Post, type TwoPlatforms } from "./testing/two-platforms.ts";

const databases = await testDatabase();
const NOW = Date.UTC(2026, 10, 22, 12);

/** Wren of Telegram and wren_d of Discord are one; owl, fox and heron talk with both. */
const history: Post[] = [
  { id: "t1", by: "wren", platform: "telegram", at: "2026-01-05 10:00", isQuestion: true },
  { id: "t2", by: "owl", platform: "telegram", at: "2026-01-05 11:00", answers: "t1" },
  { id: "t3", by: "wren", platform: "telegram", at: "2026-02-01 22:30", answers: "t2" },
  { id: "t4", by: "fox", platform: "telegram", at: "2026-02-07 09:00", answers: "t3" },
  { id: "t5", by: "fox", platform: "telegram", at: "2026-06-01 09:00", answers: "t1" },
  { id: "d1", by: "wren_d", platform: "discord", at: "2026-01-02 08:00" },
  { id: "d2", by: "heron", platform: "discord", at: "2026-01-02 09:00", answers: "d1", isQuestion: true },
  { id: "d3", by: "wren_d", platform: "discord", at: "2026-01-05 10:30", answers: "d2" },
  { id: "d4", by: "wren_d", platform: "discord", at: "2026-03-01 10:30", space: "den" },
  { id: "d5", by: "heron", platform: "discord", at: "2026-03-03 10:30", space: "den", answers: "d4" },
  { id: "d6", by: "wren_two", platform: "discord", at: "2026-03-04 10:30", space: "den", answers: "d5" },
  {
    id: "d7",
    by: "wren_d",
    platform: "discord",
    at: "2026-03-05 10:30",
    space: "den",
    answers: "d6",
    isQuestion: true,
  },
  { id: "x1", by: "wren_two", platform: "discord", at: "2026-07-01 10:00", space: "nest", isQuestion: true },
  { id: "x2", by: "wren_d", platform: "discord", at: "2026-07-06 10:00", space: "nest", answers: "x1" },
  { id: "s1", by: "wren_s", platform: "slack", at: "2025-12-31 23:00" },
  { id: "s2", by: "wren_s", platform: "slack", at: "2026-03-05 23:00" },
];

async function filled(): Promise<TwoPlatforms> {
  const place = await twoPlatforms(databases);
  await place.import(history);
  return place;
}

const placeOf = (place: TwoPlatforms) => ({ community: place.community, timeZone: "Europe/Moscow" });

function profile(place: TwoPlatforms, memberId: string) {
  return databases.asCommunity(place.community, (tx) => getMember(tx, placeOf(place), { memberId, now: NOW }));
}

async function names(place: TwoPlatforms, search?: string): Promise<string[]> {
  const ask = { filter: search === undefined ? {} : { search }, sort: "name" as const, limit: 50 };
  const page = await databases.asCommunity(place.community, (tx) => listMembers(tx, placeOf(place), ask));
  expect(page.total?.count).toBe(page.items.length);
  return page.items.map((item) => item.name);
}

test("a merged person has the accounts, messages, days and acquaintances of both", async () => {
  const place = await filled();
  await place.merge("wren_d", "wren");
  const person = await profile(place, await place.idOf("wren"));
  expect(person.accounts.map((account) => account.platform).toSorted()).toEqual(["discord", "telegram"]);
  expect([person.messages, person.activeDays]).toEqual([7, 6]);
  expect(person.firstSeenAt).toBe("2026-01-02T08:00:00.000Z");
  expect(person.answersTo.map((tie) => tie.name).toSorted()).toEqual(["heron", "owl", "wren_two"]);
  expect(person.spaceCount).toBe(4);
  const said = await databases.asCommunity(place.community, (tx) =>
    listTimeline(tx, placeOf(place), { memberId: person.id, limit: 20 }),
  );
  expect(said.items).toHaveLength(7);
  expect(await names(place)).toEqual(["fox", "heron", "owl", "wren", "wren_s", "wren_two"]);
  expect(await names(place, "wren_d")).toEqual(["wren"]);
});

test("whoever opens a member that is part of somebody sees the whole person", async () => {
  const place = await filled();
  await place.merge("wren_d", "wren");
  expect((await profile(place, await place.idOf("wren_d"))).name).toBe("wren");
});

test("somebody who answers themselves from another account arrives once and is not answered by others", async () => {
  const place = await filled();
  await place.merge("wren_two", "wren_d");
  const person = await profile(place, await place.idOf("wren_d"));
  expect(person.answersTo.map((tie) => tie.name)).toEqual(["heron"]);
  expect(person.replies).toBe(2);
  const arrived = await sql<{ people: number; unanswered: number }>`
    select count(*) as people, count(*) filter (where a.answered_after is null) as unanswered from arrivals a join spaces s on s.community_id = a.community_id and s.external_id = 'nest'
    join space_numbers n on n.community_id = s.community_id and n.space_id = s.id and n.number = a.space
    where a.community_id = ${place.community}`.execute(databases.owner);
  expect(arrived.rows).toEqual([{ people: 1, unanswered: 1 }]);
});

test("after a merge everything is as if it had been counted from nothing", async () => {
  const place = await filled();
  await place.merge("wren_d", "wren");
  await place.merge("wren_two", "wren");
  expect(await place.counted()).toEqual(await place.countedAnew());
  const other = await filled();
  await other.merge("wren_d", "wren_two");
  expect(await other.counted()).toEqual(await other.countedAnew());
});

test("separating people restores every table exactly", async () => {
  const place = await filled();
  const before = await place.counted();
  for (const [member, into] of [
    ["wren_d", "wren"],
    ["wren", "wren_d"],
    ["wren_two", "wren_d"],
    ["wren_s", "owl"],
  ] as const) {
    const { mergeId } = await place.merge(member, into);
    expect(await place.counted()).not.toEqual(before);
    await place.separate(mergeId);
    expect(await place.counted()).toEqual(before);
  }
});

test("chains of merges can be taken apart in any order", async () => {
  const place = await filled();
  const before = await place.counted();
  const first = await place.merge("wren_two", "wren_d");
  const between = await place.counted();
  const second = await place.merge("wren_d", "wren");
  const third = await place.merge("wren_s", "wren_d");
  expect((await profile(place, await place.idOf("wren"))).accounts).toHaveLength(4);
  await place.separate(third.mergeId);
  expect(await place.counted()).toEqual(await place.countedAnew());
  await place.separate(second.mergeId);
  expect(await place.counted()).toEqual(between);
  await place.separate(first.mergeId);
  expect(await place.counted()).toEqual(before);
  const again = await place.merge("wren_two", "wren_d");
  const over = await place.merge("wren_d", "wren");
  await place.separate(again.mergeId);
  expect((await profile(place, await place.idOf("wren"))).messages).toBe(7);
  await place.separate(over.mergeId);
  expect(await place.counted()).toEqual(before);
});

test("marks make the whole person team or bot, and go back to whom they belonged", async () => {
  const place = await filled();
  const mark = async (name: string, change: { isStaff?: boolean; isBot?: boolean }) => {
    const memberId = await place.idOf(name);
    const done = await databases.asCommunity(place.community, (tx) =>
      markMembers(tx, place.community, { marks: [{ memberId, ...change }], now: NOW }),
    );
    await place.settle();
    return done;
  };
  const isStaff = async (name: string) => (await profile(place, await place.idOf(name))).isStaff;
  await mark("wren_d", { isStaff: true });
  await mark("heron", { isBot: true });
  const before = await place.counted();
  const bots = await place.merge("heron", "owl");
  expect(await place.counted()).toEqual(await place.countedAnew());
  const { mergeId } = await place.merge("wren_d", "wren");
  expect(await isStaff("wren")).toBe(true);
  const unmarked = await mark("wren", { isStaff: false });
  expect(await isStaff("wren_d")).toBe(false);
  await databases.asCommunity(place.community, (tx) =>
    markMembers(tx, place.community, { marks: [...unmarked.before], now: NOW }),
  );
  await place.settle();
  await place.separate(mergeId);
  await place.separate(bots.mergeId);
  expect(await place.counted()).toEqual(before);
  const again = await place.merge("wren_d", "wren");
  await mark("wren", { isStaff: false });
  await place.separate(again.mergeId);
  expect([await isStaff("wren"), await isStaff("wren_d")]).toEqual([false, true]);
});

test("history that comes again, or more of it, finds the merged person and leaves with whom it belongs", async () => {
  const place = await filled();
  const { mergeId } = await place.merge("wren_d", "wren");
  const merged = await place.counted();
  await place.import(history);
  expect(await place.counted()).toEqual(merged);
  const more: Post[] = [
    { id: "d8", by: "wren_d", platform: "discord", at: "2026-03-07 10:30", answers: "d2" },
    { id: "t6", by: "wren", platform: "telegram", at: "2026-03-08 10:30" },
  ];
  await place.import(more);
  expect((await profile(place, await place.idOf("wren"))).messages).toBe(9);
  expect(await place.counted()).toEqual(await place.countedAnew());
  await place.separate(mergeId);
  const other = await filled();
  await other.import(more);
  const lengths = (rows: Record<string, string[]>) => Object.entries(rows).map(([name, all]) => [name, all.length]);
  expect(lengths(await place.counted())).toEqual(lengths(await other.counted()));
  expect((await profile(place, await place.idOf("wren_d"))).messages).toBe(6);
  expect(await place.counted()).toEqual(await place.countedAnew());
});

test("nobody is merged with themselves, with nobody, or separated twice", async () => {
  const place = await filled();
  await expect(place.merge("wren", "wren")).rejects.toThrow("members.same-person");
  const { mergeId } = await place.merge("wren_d", "wren");
  await expect(place.merge("wren", "wren_d")).rejects.toThrow("members.same-person");
  await place.separate(mergeId);
  await expect(place.separate(mergeId)).rejects.toThrow("members.separated-already");
  await expect(place.separate("00000000-0000-7000-8000-000000000009")).rejects.toThrow("members.no-such-merge");
  const strange = await filled();
  const foreign = await strange.idOf("wren");
  const { mergeMembers } = await import("#src/members/merging/actions.ts");
  const wish = { memberId: foreign, intoId: await place.idOf("wren"), by: { id: foreign, name: "x" }, now: NOW };
  await expect(databases.asCommunity(place.community, (tx) => mergeMembers(tx, place.community, wish))).rejects.toThrow(
    "members.unknown",
  );
});

test("messages and accounts keep the member they were written under", async () => {
  const place = await filled();
  const rows = async () =>
    (
      await sql<{ row: string }>`
        select m.id || ' ' || m.member_id || ' ' || coalesce(m.reply_to_member_id::text, '') as row from messages m
        where community_id = ${place.community} union all
        select id || ' ' || member_id from identities where community_id = ${place.community} order by 1`.execute(
        databases.owner,
      )
    ).rows;
  const before = await rows();
  await place.merge("wren_d", "wren");
  expect(await rows()).toEqual(before);
});
