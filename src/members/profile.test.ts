import { sql } from "kysely";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { rebuild } from "#src/log/read.ts";
import { DAY, NOW, village, type Village } from "./testing/people.ts";
import { memberList } from "./reactions.ts";

const databases = await testDatabase();

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

const town = await village(databases, [
  { name: "Anna", messages: 30, daysAgo: 0 },
  { name: "Boris", messages: 4, daysAgo: 1, answers: "Anna" },
  { name: "Вера", messages: 2, daysAgo: 1, answers: "Anna", space: "hall" },
  { name: "Robot", kind: "bot" },
]);

async function profile(place: Village, name: string) {
  return place.as("analyst").get({ community: place.slug, member: await place.idOf(name) });
}

test("a profile tells who somebody is, when they write and whom they talk with", async () => {
  const anna = await profile(town, "Anna");
  expect(anna).toMatchObject({ name: "Anna", messages: 30, activeDays: 30, spaceCount: 1, replies: 0 });
  expect(anna.spaces.map((space) => [space.name, space.messages, space.lastDay])).toEqual([["hall", 30, isoDay(NOW)]]);
  expect(anna.answeredBy.map((tie) => [tie.name, tie.answers])).toEqual([
    ["Boris", 4],
    ["Вера", 2],
  ]);
  expect(anna.answersTo).toEqual([]);
  expect(anna.year).toMatchObject({ to: isoDay(NOW), from: isoDay(NOW - 370 * DAY) });
  expect(anna.year.days).toHaveLength(30);
  expect(anna.accounts).toEqual([{ platform: "telegram", externalId: "id-Anna", name: "Anna", username: null }]);
  const boris = await profile(town, "Boris");
  expect(boris.answersTo.map((tie) => [tie.name, tie.answers])).toEqual([["Anna", 4]]);
});

test("a timeline gives every message once, newest first, page by page", async () => {
  const member = await town.idOf("Anna");
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await town
      .as("analyst")
      .timeline({ community: town.slug, member, limit: 7, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items.map((entry) => entry.text));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => `Anna says ${29 - n}`));
});

test("a timeline of a busy day is paged inside the day, and gaps of months are stepped over", async () => {
  const place = await village(databases, [{ name: "Early", daysAgo: 300, externalId: "e" }]);
  const burst = Array.from({ length: 25 }, (_, n) => ({ name: "Early", externalId: "e", daysAgo: 0, n }));
  await databases.asOwner(async (tx) => {
    const [row] = (
      await sql<{ space: string; member: string }>`
      select space_id as space, member_id as member from messages where community_id = ${place.community} limit 1`.execute(
        tx,
      )
    ).rows;
    for (const { n } of burst)
      await sql`
        insert into messages (community_id, id, space_id, member_id, external_id, sent_at, kind, text, is_question)
        values (${place.community}, ${`${(NOW - n)
          .toString(16)
          .padStart(12, "0")
          .replace(/^(.{8})/, "$1-")}-7000-8000-00000000000${n % 10}`},
          ${row?.space ?? ""}, ${row?.member ?? ""}, ${`b${n}`}, to_timestamp(${(NOW - n) / 1000}), 'text', ${`burst ${n}`}, false)`.execute(
        tx,
      );
  });
  await place.renew();
  const member = await place.idOf("Early");
  const first = await place.as("analyst").timeline({ community: place.slug, member, limit: 20 });
  const second = await place
    .as("analyst")
    .timeline({ community: place.slug, member, limit: 20, after: first.next ?? "" });
  const texts = [...first.items, ...second.items].map((entry) => entry.text);
  expect(texts).toEqual([...burst.map(({ n }) => `burst ${n}`), "Early says 0"]);
  expect(second.next).toBeNull();
});

test("marking as team or bot changes the mark and where they stand, and can be undone with what it answered", async () => {
  const place = await village(databases, [
    { name: "Anna", messages: 3 },
    { name: "Boris", messages: 2 },
  ]);
  const [anna, boris] = [await place.idOf("Anna"), await place.idOf("Boris")];
  const client = place.as("moderator");
  const before = await client.list({ community: place.slug });
  const marks = [
    { memberId: anna, isStaff: true },
    { memberId: boris, isBot: true },
  ];
  const done = await client.mark({ community: place.slug, marks });
  expect(done).toMatchObject({ changed: 2 });
  const marked = await client.list({ community: place.slug });
  expect(marked.items.map(({ isStaff: _, isBot: __, step: ___, stage: ____, ...rest }) => rest)).toEqual(
    before.items.map(({ isStaff: _, isBot: __, step: ___, stage: ____, ...rest }) => rest),
  );
  expect((await profile(place, "Anna")).isStaff).toBe(true);
  expect((await client.list({ community: place.slug, bots: true })).items.map((item) => item.name)).toEqual(["Boris"]);
  await place.renew();
  expect((await client.list({ community: place.slug, staff: true })).items.map((item) => item.name)).toEqual(["Anna"]);
  expect(await client.mark({ community: place.slug, marks: done.before })).toMatchObject({ changed: 2 });
  expect((await client.list({ community: place.slug })).items).toEqual(before.items);
});

test("each change of marks is told once in the log, and none when nothing changes", async () => {
  const place = await village(databases, [{ name: "Anna" }]);
  const memberId = await place.idOf("Anna");
  const mark = () => place.as("owner").mark({ community: place.slug, marks: [{ memberId, isStaff: true }] });
  expect([await mark(), await mark()].map((done) => done.changed)).toEqual([1, 0]);
  const told = await sql<{ payload: unknown }>`
    select payload from facts where community_id = ${place.community} and kind = 'member.marked'`.execute(
    databases.owner,
  );
  expect(told.rows).toEqual([{ payload: { memberId, isStaff: true, isBot: false } }]);
});

test("analysts and editors look, but do not mark", async () => {
  const memberId = await town.idOf("Anna");
  for (const role of ["analyst", "editor"] as const) {
    const mark = town.as(role).mark({ community: town.slug, marks: [{ memberId, isBot: true }] });
    await expect(mark).rejects.toMatchObject({ code: "accounts.not-allowed" });
  }
  const twice = town.as("owner").mark({ community: town.slug, marks: [{ memberId }, { memberId }] });
  await expect(twice).rejects.toMatchObject({ code: "members.named-twice" });
});

test("an exported list holds every member once, in order, and no cell runs as a formula", async () => {
  const evil = ['=HYPERLINK("http://x")', "+1+1", "@SUM(1)", "Анна «Аня», 2-я", 'quote " and, comma'];
  const place = await village(
    databases,
    evil.map((name, n) => ({ name, externalId: `-${n}`, messages: n + 1 })),
  );
  const { body, headers } = await place.as("analyst").download({ community: place.slug, sort: "messages" });
  const text = Buffer.from(await new Response(body).arrayBuffer()).toString();
  expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(text.startsWith("\u{feff}")).toBe(true);
  const rows: string[][] = parse(text, { bom: true });
  expect(rows.slice(1).map((row) => row[0])).toEqual([
    'quote " and, comma',
    "Анна «Аня», 2-я",
    "'@SUM(1)",
    "'+1+1",
    '\'=HYPERLINK("http://x")',
  ]);
});

test("making the list anew from the log gives the same list", async () => {
  const before = await town.as("analyst").list({ community: town.slug });
  expect(await rebuild(databases, memberList, { community: town.community, holder: newId(NOW) })).toBe(true);
  expect(await town.as("analyst").list({ community: town.slug })).toEqual(before);
});
