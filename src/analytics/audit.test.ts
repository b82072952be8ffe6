import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { auditQuerySchema, auditSchema, type MembersBehind, type MessagesBehind } from "./model.ts";
import { membersBehind, messagesBehind } from "./store/lists.ts";
import { village, type Line, type Village } from "./testing/village.ts";

const databases = await testDatabase();

/** One message a day of each of these people, at noon. */
function daily(people: readonly string[], days: readonly string[]): Line[] {
  return days.flatMap((day) => people.map((by) => ({ by, at: `${day} 12:00` })));
}

function dates(from: string, count: number): string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: count }, (_, i) => new Date(first + i * 86_400_000).toISOString().slice(0, 10));
}

async function textsBehind(
  { place }: Village,
  behind: MessagesBehind,
  query: Record<string, string> = {},
): Promise<string[]> {
  const { items } = await messagesBehind(place, auditQuerySchema.parse(query), {
    behind,
    limit: 200,
    after: undefined,
  });
  return items.map(({ text }) => text);
}

async function namesBehind(
  { place }: Village,
  behind: MembersBehind,
  query: Record<string, string> = {},
): Promise<string[]> {
  const { items } = await membersBehind(place, auditQuerySchema.parse(query), { behind, limit: 200, after: undefined });
  return items.map(({ name }) => name).toSorted();
}

describe("an audit", () => {
  test("of a community in which nothing is stored says so instead of failing", async () => {
    const { audit } = await village(databases);
    const found = await audit();
    expect(found).toMatchObject({ history: null, before: null, headline: [], signals: [], limits: [], lorenz: null });
    expect(auditSchema.parse(found)).toEqual(found);
  });

  test("covers the last 90 days that hold a message, and compares them with the 90 before when the history reaches back", async () => {
    const { tell, audit } = await village(databases);
    await tell(daily(["Anna"], ["2025-01-01", "2026-03-31"]));
    expect(await audit()).toMatchObject({
      period: { from: "2026-01-01", to: "2026-03-31", days: 90 },
      before: { from: "2025-10-03", to: "2025-12-31", days: 90 },
      history: { from: "2025-01-01", to: "2026-03-31" },
    });
    expect((await audit({ from: "2025-01-05", to: "2025-01-20" })).before).toBeNull();
  });

  test("counts a message on the day of the community's own clock", async () => {
    const { tell, audit } = await village(databases, "Asia/Tokyo");
    await tell([{ by: "Anna", at: "2026-03-01 15:30" }]);
    const found = await audit();
    expect(found.history).toMatchObject({ from: "2026-03-02", to: "2026-03-02" });
    // Half past midnight on a Monday.
    expect(found.heat[0]?.[0]).toBe(1);
  });

  test("leaves staff and bots out of the figures of members and counts them apart", async () => {
    const { tell, mark, audit, figure } = await village(databases);
    await tell([...daily(["Anna", "Boris", "Chief", "Servicebot"], ["2026-03-01", "2026-03-02"])]);
    await mark("Chief", "is_staff");
    expect(await figure("active-members")).toBe(2);
    expect(await figure("messages")).toBe(4);
    expect((await audit()).team).toEqual({ messages: 2, members: 1, botMessages: 2 });
    expect(await figure("active-members", { segment: "team" })).toBe(1);
  });

  test("calls somebody new only where they had never written before in the chosen spaces", async () => {
    const town = await village(databases);
    await town.tell([
      { by: "Anna", at: "2026-01-05 10:00", space: "hall" },
      { by: "Anna", at: "2026-03-05 10:00", space: "yard" },
      { by: "Boris", at: "2026-03-06 10:00", space: "yard" },
      { by: "Vera", at: "2026-01-06 10:00", space: "cellar" },
      { by: "Vera", at: "2026-03-07 10:00", space: "hall" },
    ]);
    const march = { from: "2026-03-01", to: "2026-03-31" };
    const [hall, yard] = await Promise.all(["hall", "yard"].map((name) => town.spaceId(name)));
    expect(await town.figure("new-members", march)).toBe(1);
    expect(await town.figure("new-members", { ...march, spaces: yard ?? "" })).toBe(2);
    expect(await town.figure("new-members", { ...march, spaces: `${hall},${yard}` })).toBe(2);
    expect(await namesBehind(town, "new", march)).toEqual(["Boris"]);
    expect(await namesBehind(town, "returning", march)).toEqual(["Anna", "Vera"]);
  });
});

describe("newcomers and questions", () => {
  const asked: Line[] = [
    { by: "Anna", at: "2026-03-01 10:00", externalId: "a", isQuestion: true, text: "quickly answered?" },
    { by: "Boris", at: "2026-03-01 10:30", externalId: "b", answers: "a" },
    { by: "Vera", at: "2026-03-02 10:00", externalId: "v", isQuestion: true, text: "answered next day?" },
    { by: "Anna", at: "2026-03-02 23:00", answers: "v" },
    { by: "Gleb", at: "2026-03-03 10:00", externalId: "g", isQuestion: true, text: "answered too late?" },
    { by: "Boris", at: "2026-03-10 10:01", answers: "g" },
    { by: "Dina", at: "2026-03-04 10:00", externalId: "d", isQuestion: true, text: "answered by herself?" },
    { by: "Dina", at: "2026-03-04 10:05", answers: "d" },
    { by: "Egor", at: "2026-03-05 10:00", externalId: "e", isQuestion: true, text: "answered by a machine?" },
    { by: "Servicebot", at: "2026-03-05 10:00", answers: "e" },
  ];

  test("an answer counts when somebody else gives it within a week: not oneself, not a bot, not later", async () => {
    const town = await village(databases);
    await town.tell(asked);
    const { answers, welcome } = await town.audit();
    expect(answers).toMatchObject({ asked: 5, answered: 2, withinHour: 1, withinDay: 1, later: 0, never: 3 });
    // Boris came with an answer that nobody answered.
    expect(welcome).toMatchObject({ count: 6, withinHour: 1, withinDay: 1, later: 0, never: 4 });
    expect(await town.figure("questions-answered")).toBeCloseTo(2 / 5);
  });

  test("every count opens the messages it was made from", async () => {
    const town = await village(databases);
    await town.tell(asked);
    const open = ["answered by a machine?", "answered by herself?", "answered too late?"];
    expect(await textsBehind(town, { kind: "unanswered-questions" })).toEqual(open);
    expect(await textsBehind(town, { kind: "questions" })).toHaveLength(5);
    expect(await textsBehind(town, { kind: "first-messages" })).toHaveLength(6);
    expect(await textsBehind(town, { kind: "unanswered-newcomers" })).toHaveLength(4);
  });

  test("an answer that comes with a later import reaches back to its question", async () => {
    const town = await village(databases);
    await town.tell([
      { by: "Anna", at: "2026-03-01 10:00", externalId: "q", isQuestion: true },
      { by: "Boris", at: "2026-03-01 11:00", externalId: "b" },
      { by: "Anna", at: "2026-03-01 11:05", answers: "b" },
    ]);
    expect((await town.audit()).answers).toMatchObject({ asked: 1, answered: 0, never: 1 });
    await town.tell([{ by: "Boris", at: "2026-03-04 09:00", answers: "q" }]);
    expect((await town.audit()).answers).toMatchObject({ asked: 1, answered: 1, later: 1 });
    expect((await town.audit()).welcome).toMatchObject({ withinHour: 1, later: 1, never: 0 });
  });

  test("where no message answers another, nothing is said about answers", async () => {
    const town = await village(databases);
    await town.tell(daily(["Anna", "Boris"], dates("2026-03-01", 10)));
    const found = await town.audit();
    expect(found).toMatchObject({ answers: null, welcome: null, graph: null });
    expect(found.figures.find(({ metric }) => metric === "questions-answered")).toMatchObject({
      silence: "no-replies",
    });
    expect(found.limits.map(({ key }) => key)).toContain("no_replies");
  });
});

describe("counting again", () => {
  const first = daily(["Anna", "Boris"], dates("2026-03-01", 12)).map((line, i) => ({ ...line, externalId: `x${i}` }));

  test("changes nothing, whether the whole or a part is told again", async () => {
    const town = await village(databases);
    await town.tell(first);
    const before = await town.derived();
    await town.tell(first);
    expect(await town.derived()).toEqual(before);
    await town.tell(first.slice(6, 12));
    expect(await town.derived()).toEqual(before);
  });

  test("an older export that comes later moves the first day of whoever is in it", async () => {
    const [together, apart] = [await village(databases), await village(databases)];
    const older = daily(["Boris", "Vera"], dates("2026-01-10", 3)).map((line, i) => ({ ...line, externalId: `y${i}` }));
    await together.tell([...older, ...first]);
    await apart.tell(first);
    await apart.tell(older);
    const query = { from: "2026-01-01", to: "2026-03-31" };
    const [one, other] = [await together.audit(query), await apart.audit(query)];
    expect(other.figures).toEqual(one.figures);
    expect(other.cohorts).toEqual(one.cohorts);
    expect(await namesBehind(apart, "new", { from: "2026-03-01", to: "2026-03-31" })).toEqual(["Anna"]);
  });

  test("a first message that is withdrawn gives its place to the next one", async () => {
    const town = await village(databases);
    await town.tell([
      { by: "Anna", at: "2026-01-05 10:00", externalId: "old" },
      { by: "Boris", at: "2026-01-05 10:00" },
      { by: "Anna", at: "2026-03-05 10:00" },
    ]);
    await sql`delete from messages where community_id = ${town.community} and external_id = 'old'`.execute(
      databases.owner,
    );
    await town.tell([{ by: "Vera", at: "2026-01-06 10:00" }]);
    expect(await namesBehind(town, "new", { from: "2026-03-01", to: "2026-03-31" })).toEqual(["Anna"]);
    expect(await namesBehind(town, "new", { from: "2026-01-01", to: "2026-01-31" })).toEqual(["Boris", "Vera"]);
  });
});

describe("lists behind the numbers", () => {
  test("an hour of the week opens exactly the messages of that hour on the community's clock", async () => {
    const town = await village(databases, "Europe/Moscow");
    await town.tell([
      { by: "Anna", at: "2026-03-02 15:59", text: "just before seven" },
      { by: "Anna", at: "2026-03-02 16:00", text: "at seven" },
      { by: "Boris", at: "2026-03-09 16:59", text: "a week later" },
      { by: "Boris", at: "2026-03-10 16:30", text: "on Tuesday" },
    ]);
    expect((await town.audit()).heat[0]?.[19]).toBe(2);
    expect(await textsBehind(town, { kind: "hour", weekday: 0, hour: 19 })).toEqual(["a week later", "at seven"]);
  });

  test("links, languages, kinds and reactions open their messages", async () => {
    const town = await village(databases);
    await town.tell([
      {
        by: "Anna",
        at: "2026-03-02 10:00",
        text: "link",
        links: [{ domain: "site.example", url: "https://site.example" }],
      },
      { by: "Boris", at: "2026-03-02 11:00", text: "по-русски", language: "ru" },
      { by: "Boris", at: "2026-03-02 12:00", text: "loved", kind: "photo", reactions: [{ emoji: "👍", count: 4 }] },
    ]);
    const found = await town.audit();
    expect(found.domains).toEqual({ rows: [{ key: "site.example", count: 1 }], total: 1, kinds: 1 });
    expect(found.languages.rows).toEqual([{ key: "ru", count: 1 }]);
    expect(found.kinds.rows).toEqual([
      { key: "text", count: 2 },
      { key: "photo", count: 1 },
    ]);
    expect(found.reactions).toEqual({ rows: [{ key: "👍", count: 4 }], total: 4, kinds: 1 });
    expect(await textsBehind(town, { kind: "domain", domain: "site.example" })).toEqual(["link"]);
    expect(await textsBehind(town, { kind: "language", language: "ru" })).toEqual(["по-русски"]);
    expect(await textsBehind(town, { kind: "message-kind", messageKind: "photo" })).toEqual(["loved"]);
    expect(await textsBehind(town, { kind: "most-reactions" })).toEqual(["loved"]);
  });

  test("come in pages that hold every row once", async () => {
    const town = await village(databases);
    await town.tell(daily(["Anna", "Boris", "Vera"], dates("2026-03-01", 4)));
    const query = auditQuerySchema.parse({});
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await messagesBehind(town.place, query, { behind: { kind: "all" }, limit: 5, after });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(12);
    expect(seen).toHaveLength(12);
  });

  test("show nothing of another community", async () => {
    const [ours, theirs] = [await village(databases), await village(databases)];
    await theirs.tell(daily(["Anna"], ["2026-03-01"]));
    await ours.tell(daily(["Boris"], ["2026-03-01"]));
    expect(await namesBehind(ours, "active")).toEqual(["Boris"]);
    expect(await textsBehind(ours, { kind: "all" })).toHaveLength(1);
  });
});
