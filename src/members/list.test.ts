import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { append } from "#src/log/append.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { memberSorts } from "./model.ts";
import { DAY, NOW, village, type Village } from "./testing/people.ts";

const databases = await testDatabase();

type Ask = Omit<Parameters<ReturnType<Village["as"]>["list"]>[0], "community">;

async function names(place: Village, ask: Ask): Promise<string[]> {
  const page = await place.as("analyst").list({ community: place.slug, ...ask });
  return page.items.map((item) => item.name).toSorted();
}

const town = await village(databases, [
  { name: "Иван Петров", username: "vanya_p", externalId: "777001", messages: 5, daysAgo: 1 },
  { name: "Ivan Petrenko", messages: 2, daysAgo: 40 },
  { name: "Анна Щербакова", messages: 3, daysAgo: 3, space: "garden" },
  { name: "Пётр Иванов", messages: 1, daysAgo: 200 },
  { name: "Helper Bot", kind: "bot", messages: 50 },
  { name: "Village News", kind: "channel", messages: 4, daysAgo: 2 },
]);

test("a name is found in both scripts, by its parts in any order, and by accounts", async () => {
  expect(await names(town, { search: "ivan" })).toEqual(["Ivan Petrenko", "Иван Петров", "Пётр Иванов"]);
  expect(await names(town, { search: "иван петр" })).toEqual(["Ivan Petrenko", "Иван Петров", "Пётр Иванов"]);
  expect(await names(town, { search: "петров иван" })).toEqual(["Иван Петров"]);
  expect(await names(town, { search: "ПЕТР" })).toContain("Пётр Иванов");
  expect(await names(town, { search: "shcherbakova" })).toEqual(["Анна Щербакова"]);
  expect(await names(town, { search: "@vanya" })).toEqual(["Иван Петров"]);
  expect(await names(town, { search: "777001" })).toEqual(["Иван Петров"]);
  expect(await names(town, { search: "фттф" })).toEqual(["Анна Щербакова"]);
  expect(await names(town, { search: "bdfy" })).toContain("Иван Петров");
  expect(await names(town, { search: "nobody" })).toEqual([]);
});

test("signs in a search are not a pattern: they find everybody or nobody, and never fail", async () => {
  for (const search of ["%", "_", "'", "\\", "%%%", "' or 1=1 --"]) await names(town, { search });
  expect(await names(town, { search: "ivan%" })).toEqual(await names(town, { search: "ivan" }));
});

test("filters narrow, alone and together", async () => {
  expect(await names(town, { staff: true })).toEqual(["Village News"]);
  expect(await names(town, { bots: true })).toEqual(["Helper Bot"]);
  expect(await names(town, { staff: false, bots: false })).toHaveLength(4);
  expect(await names(town, { activeSince: "2026-11-19" })).toEqual([
    "Helper Bot",
    "Village News",
    "Анна Щербакова",
    "Иван Петров",
  ]);
  expect(await names(town, { activeSince: "2026-11-19", search: "иван" })).toEqual(["Иван Петров"]);
  expect(await names(town, { messagesAtLeast: 5 })).toEqual(["Helper Bot", "Иван Петров"]);
  expect(await names(town, { messagesAtLeast: 2, bots: false, search: "iv" })).toEqual([
    "Ivan Petrenko",
    "Иван Петров",
  ]);
  expect(await names(town, { firstSeenSince: "2026-11-15", bots: false })).toEqual([
    "Village News",
    "Анна Щербакова",
    "Иван Петров",
  ]);
  expect(await names(town, { activeWithin: 3 })).toEqual(["Helper Bot", "Village News", "Иван Петров"]);
  expect(await names(town, { firstSeenWithin: 30, bots: false })).toEqual([
    "Village News",
    "Анна Щербакова",
    "Иван Петров",
  ]);
  expect(await names(town, { platform: "telegram" })).toHaveLength(6);
  expect(await names(town, { platform: "discord" })).toEqual([]);
  const { items } = await town.as("analyst").list({ community: town.slug, search: "анна" });
  const garden = await town.as("analyst").get({ community: town.slug, member: items[0]?.id ?? "" });
  expect(await names(town, { space: garden.spaces[0]?.id ?? "" })).toEqual(["Анна Щербакова"]);
});

test("the list says how many there are, exactly while they are few", async () => {
  const total = async (ask: Ask) => (await town.as("analyst").list({ community: town.slug, ...ask })).total;
  expect(await total({})).toEqual({ count: 6, precision: "exact" });
  expect(await total({ bots: false, staff: false })).toEqual({ count: 4, precision: "exact" });
  expect(await total({ search: "ivan", limit: 1 })).toEqual({ count: 3, precision: "exact" });
  expect(await total({ search: "nobody" })).toEqual({ count: 0, precision: "exact" });
});

test("orders put the telling end first", async () => {
  const ordered = async (sort: (typeof memberSorts)[number]) =>
    (await town.as("analyst").list({ community: town.slug, sort, bots: false })).items.map((item) => item.name);
  expect(await ordered("messages")).toEqual([
    "Иван Петров",
    "Village News",
    "Анна Щербакова",
    "Ivan Petrenko",
    "Пётр Иванов",
  ]);
  expect((await ordered("last-active"))[0]).toBe("Иван Петров");
  expect((await ordered("newest")).at(-1)).toBe("Пётр Иванов");
  expect(await ordered("name")).toEqual([
    "Ivan Petrenko",
    "Village News",
    "Анна Щербакова",
    "Иван Петров",
    "Пётр Иванов",
  ]);
});

async function walkThrough(place: Village, ask: Ask, between: (page: number) => Promise<void>): Promise<string[]> {
  const seen: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 200; page++) {
    const { items, next } = await place
      .as("analyst")
      .list({ community: place.slug, limit: 7, ...ask, ...(after === undefined ? {} : { after }) });
    seen.push(...items.map((item) => item.id));
    if (next === null) return seen;
    after = next;
    await between(page);
  }
  throw new Error("the pages do not end");
}

test("page after page nobody is skipped and nobody comes twice, in every order and with every filter", async () => {
  const crowd = Array.from({ length: 60 }, (_, n) => ({
    name: n % 5 === 0 ? "Same Name" : `Anna ${n % 7}`,
    externalId: `c${n}`,
    messages: 1 + (n % 3),
    daysAgo: n % 4,
  }));
  const place = await village(databases, crowd);
  for (const sort of memberSorts)
    for (const filter of [
      {},
      { search: "anna" },
      { messagesAtLeast: 2 },
      { search: "same", activeSince: "2026-11-20" },
    ]) {
      const seen = await walkThrough(place, { sort, ...filter }, async () => undefined);
      const whole = await place.as("analyst").list({ community: place.slug, sort, limit: 200, ...filter });
      expect(seen).toEqual(whole.items.map((item) => item.id));
    }
});

test("while people come and write, those who stay where they were are met once", async () => {
  const crowd = Array.from({ length: 40 }, (_, n) => ({ name: `Old ${n}`, externalId: `o${n}`, daysAgo: 10 + n }));
  const place = await village(databases, crowd);
  const before = await place.as("analyst").list({ community: place.slug, limit: 200 });
  const seen = await walkThrough(place, { sort: "last-active" }, async (page) => {
    await place.write([{ name: `New ${page}`, externalId: `n${page}` }]);
  });
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(before.items.map((item) => item.id));
});

test("a page marker of another order, or one that was made up, is refused", async () => {
  const { next } = await town.as("analyst").list({ community: town.slug, sort: "name", limit: 1 });
  const ask = town.as("analyst").list({ community: town.slug, sort: "messages", after: next ?? "" });
  await expect(ask).rejects.toMatchObject({ code: "request.bad-cursor" });
  const madeUp = town.as("analyst").list({ community: town.slug, after: "abc" });
  await expect(madeUp).rejects.toMatchObject({ code: "request.bad-cursor" });
});

test("communities do not see each other's members, by list, search, profile or mark", async () => {
  const other = await village(databases, [{ name: "Secret Person" }]);
  expect(await names(town, { search: "secret" })).toEqual([]);
  expect(await names(other, {})).toEqual(["Secret Person"]);
  const id = await other.idOf("Secret Person");
  const client = town.as("owner");
  await expect(client.get({ community: town.slug, member: id })).rejects.toMatchObject({ code: "members.unknown" });
  expect((await client.timeline({ community: town.slug, member: id })).items).toEqual([]);
  const mark = client.mark({ community: town.slug, marks: [{ memberId: id, isStaff: true }] });
  await expect(mark).rejects.toMatchObject({ code: "members.some-unknown" });
});

test("people who have only joined are on the list, as never having written", async () => {
  const move = {
    spaceExternalId: "hall",
    externalId: "m1",
    position: 0,
    name: "Тихоня",
    member: { externalId: "quiet", name: "Тихоня", kind: "person" as const },
    kind: "joined" as const,
    happenedAt: NOW - 90 * DAY,
  };
  const place = await village(databases);
  await place.write([{ name: "Loud" }], [move]);
  const { items } = await place.as("analyst").list({ community: place.slug });
  expect(items.map((item) => [item.name, item.lastActiveAt])).toEqual([
    ["Loud", new Date(NOW).toISOString()],
    ["Тихоня", null],
  ]);
  expect(items[1]?.firstSeenAt).toBe(new Date(NOW - 90 * DAY).toISOString());
});

test("an arrival that a later file tells of moves back when somebody was first seen", async () => {
  const place = await village(databases, [{ name: "Anna", daysAgo: 5 }, { name: "Boris" }]);
  const seen = async () =>
    (await place.as("analyst").list({ community: place.slug, search: "anna" })).items[0]?.firstSeenAt;
  expect(await seen()).toBe(new Date(NOW - 5 * DAY).toISOString());
  const importId = "019f0000-0000-7000-8000-0000000000aa";
  const anna = { externalId: "id-Anna", name: "Anna", kind: "person" as const };
  const move = { spaceExternalId: "hall", externalId: "m9", position: 0, name: "Anna", member: anna };
  await openIntake({ databases, community: place.community, platform: "telegram", importId, now: () => NOW }).store({
    spaces: [{ externalId: "hall", name: "hall", kind: "chat" }],
    messages: [],
    moves: [{ ...move, kind: "joined", happenedAt: NOW - 60 * DAY }],
  });
  const payload = { importId, messages: 0, firstAt: NOW, lastAt: NOW };
  await databases.asOwner((tx) =>
    append(tx, place.community, [{ kind: "history.imported", happenedAt: NOW, payload }]),
  );
  await place.read();
  expect(await seen()).toBe(new Date(NOW - 60 * DAY).toISOString());
});

test("names made to do harm are stored, listed and found like any others", async (context) => {
  const file = "../shared/corpora/own/hostile-names.json";
  if (!existsSync(file)) context.skip("the shared corpora are not beside the project");
  const hostile = (JSON.parse(readFileSync(file, "utf8")) as { names: string[] }).names;
  const place = await village(
    databases,
    hostile.map((name, n) => ({ name, externalId: `h${n}` })),
  );
  const seen = await walkThrough(place, { sort: "name" }, async () => undefined);
  expect(seen).toHaveLength(hostile.length);
  expect(await names(place, { search: "admin" })).not.toEqual([]);
  for (const name of hostile) {
    const search = name.slice(0, 200).toWellFormed().replaceAll("\0", "");
    await names(place, { search });
  }
});

test("the list follows a changed name and forgets the old one", async () => {
  const place = await village(databases, [{ name: "Old Name" }, { name: "Other" }]);
  await sql`update members set name = 'Новое Имя' where community_id = ${place.community} and name = 'Old Name'`.execute(
    databases.owner,
  );
  await place.renew();
  expect(await names(place, { search: "новое" })).toEqual(["Новое Имя"]);
  expect(await names(place, { search: "other" })).toEqual(["Other"]);
});

async function writtenCards(place: Village): Promise<Map<string, string>> {
  const found = await sql<{ name: string; version: string }>`
    select name, xmin::text as version from member_cards where community_id = ${place.community}`.execute(
    databases.owner,
  );
  return new Map(found.rows.map((row) => [row.name, row.version]));
}

test("what a few people write renews their cards and nobody else's", async () => {
  const place = await village(databases, [{ name: "Early", daysAgo: 400 }, { name: "Quiet" }, { name: "Loud" }]);
  const before = await writtenCards(place);
  await place.write([{ name: "Loud", messages: 3 }, { name: "Fresh" }], [], {
    only: { firstAt: NOW - 3 * DAY, lastAt: NOW },
  });
  const after = await writtenCards(place);
  expect(after.get("Loud")).not.toBe(before.get("Loud"));
  expect(after.get("Quiet")).toBe(before.get("Quiet"));
  expect(after.get("Early")).toBe(before.get("Early"));
  expect(await names(place, { search: "fresh" })).toEqual(["Fresh"]);
  expect(await names(place, { messagesAtLeast: 3 })).toEqual(["Loud"]);
});

test("who is no more leaves the list and its search, though they never wrote a word", async () => {
  const place = await village(databases, [{ name: "Stays", messages: 3 }]);
  await sql`
    insert into members (community_id, id, name, created_at)
    values (${place.community}, gen_random_uuid(), 'Ghost', now())`.execute(databases.owner);
  await place.renew({ firstAt: NOW, lastAt: NOW });
  expect(await names(place, { search: "ghost" })).toEqual(["Ghost"]);
  await sql`delete from members where community_id = ${place.community} and name = 'Ghost'`.execute(databases.owner);
  await place.renew({ firstAt: NOW, lastAt: NOW });
  expect(await names(place, {})).toEqual(["Stays"]);
  expect(await names(place, { search: "ghost" })).toEqual([]);
});

test("an empty community has an empty list that was never counted or holds nobody", async () => {
  const place = await village(databases);
  const page = await place.as("analyst").list({ community: place.slug });
  expect(page).toMatchObject({ items: [], next: null, total: { count: 0, precision: "exact" } });
});
