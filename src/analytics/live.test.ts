import { sql } from "kysely";
import { expect, test } from "vitest";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { append } from "#src/log/append.ts";
import { readLog, rebuild } from "#src/log/read.ts";
import { memberList, memberPresence } from "#src/members/reactions.ts";
import { ensureConnection } from "#src/platforms/connections.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { openLiveIntake } from "#src/platforms/live/intake.ts";
import type { LiveUpdate } from "#src/platforms/live/updates.ts";
import type { IncomingAuthor, IncomingMessage } from "#src/platforms/model.ts";
import { auditQuerySchema } from "./model.ts";
import { audit } from "./queries.ts";
import { analyticsSheets } from "./reactions.ts";
import { sheetsInOrder } from "./testing/sheets-in-order.ts";

const databases = await testDatabase();
const DAY = 86_400_000;
const START = Date.UTC(2026, 8, 1, 9);
const NOW = START + 40 * DAY;
const holder = "00000000-0000-7000-8000-000000000001";
const hall = { externalId: "hall", name: "Hall", kind: "chat" } as const;
const people: readonly IncomingAuthor[] = ["Anna", "Boris", "Vera", "Gleb"].map((name) => ({
  externalId: `id-${name}`,
  name,
  kind: "person",
}));

/** A month of talk: questions, answers on the same and on later days, newcomers on the way. */
const history: readonly IncomingMessage[] = Array.from({ length: 60 }, (_, n) => ({
  spaceExternalId: "hall",
  externalId: String(n),
  sentAt: START + n * (DAY / 2 + 600_000),
  author: people[n % Math.min(people.length, 1 + Math.floor(n / 5))] ?? { externalId: "x", kind: "person" },
  kind: "text",
  text: `words ${n}`,
  isQuestion: n % 7 === 0,
  links: n % 9 === 0 ? [{ domain: "veche.example", url: "https://veche.example/" }] : [],
  reactions: [],
  ...(n % 3 === 1 && n > 4 ? { replyToExternalId: String(n - 4) } : {}),
}));

async function count(community: CommunityId): Promise<void> {
  for (const consumer of [memberPresence, memberList, analyticsSheets])
    await readLog(databases, consumer, { community, holder });
  const parked = await sql`select from parked_facts where community_id = ${community}`.execute(databases.owner);
  expect(parked.rows).toEqual([]);
}

async function importAll(community: CommunityId): Promise<void> {
  const intake = openIntake({ databases, community, platform: "hub", now: () => NOW });
  await intake.store({ spaces: [hall], messages: history, moves: [] });
  const [firstAt, lastAt] = [START, history.at(-1)?.sentAt ?? START];
  const payload = { importId: community, messages: history.length, firstAt, lastAt };
  await databases.asOwner((tx) => append(tx, community, [{ kind: "history.imported", happenedAt: NOW, payload }]));
  await count(community);
}

async function live(community: CommunityId) {
  const connectionId = await databases.asOwner((tx) =>
    ensureConnection(tx, community, { platform: "hub", externalId: "hub", name: "Hub", now: START }),
  );
  const intake = openLiveIntake({ databases, community, platform: "hub", connectionId, now: () => NOW });
  return {
    take: (...updates: LiveUpdate[]) => intake.take(updates),
    post: (messages: readonly IncomingMessage[]) =>
      intake.take(
        messages.map((message) => ({
          kind: "posted",
          receipt: `post ${message.externalId}`,
          spaces: [hall],
          message,
        })),
      ),
  };
}

async function figures(community: CommunityId) {
  const place = {
    run: <T>(work: Parameters<typeof databases.asCommunity<T>>[1]) => databases.asCommunity(community, work),
    community,
    timeZone: "UTC",
    now: NOW,
  };
  const found = await audit(place, auditQuerySchema.parse({ from: "2026-09-01", to: "2026-10-05" }));
  return found.figures.map(({ metric, value }) => [metric, value]);
}

async function list(community: CommunityId) {
  const found = await sql`
    select name, messages, active_days, first_at, last_at from member_cards c
    where community_id = ${community} order by name`.execute(databases.owner);
  return found.rows;
}

async function answers(community: CommunityId) {
  const found = await sql`
    select month, a.name as who, b.name as whom, answers from member_answers x
    join members a on a.community_id = x.community_id and a.id = x.member_id
    join members b on b.community_id = x.community_id and b.id = x.answered_id
    where x.community_id = ${community} order by 1, 2, 3`.execute(databases.owner);
  return found.rows;
}

async function derived(community: CommunityId) {
  const tables = ["day_counts", "notable_messages", "arrivals", "member_days", "member_totals"];
  const rows = tables.map((table) =>
    sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t where community_id = ${community} order by 1`.execute(
      databases.owner,
    ),
  );
  const sheets = await sheetsInOrder(databases, community);
  return [sheets, ...(await Promise.all(rows)).map((found) => found.rows.map(({ row }) => row))];
}

const everything = async (community: CommunityId) => ({
  figures: await figures(community),
  list: await list(community),
  answers: await answers(community),
});

test("what was written live counts as if it had been imported, and importing it as well changes nothing", async () => {
  const [imported, community] = [await emptyCommunity(databases), await emptyCommunity(databases)];
  await importAll(imported);
  const expected = await everything(imported);
  expect(expected.list).toHaveLength(4);
  const { post } = await live(community);
  for (let from = 0; from < history.length; from += 3) {
    await post(history.slice(from, from + 3));
    await count(community);
  }
  expect(await everything(community)).toEqual(expected);
  const together = await emptyCommunity(databases);
  await (await live(together)).post(history);
  await count(together);
  expect(await everything(together)).toEqual(expected);
  const counted = await derived(community);
  await importAll(community);
  expect(await everything(community)).toEqual(expected);
  expect(await derived(community)).toEqual(counted);
  await rebuild(databases, analyticsSheets, { community, holder });
  expect(await everything(community)).toEqual(expected);
});

test("a live post is in the audit and on the list of members, and a deleted one is not any more", async () => {
  const community = await emptyCommunity(databases);
  await importAll(community);
  const before = await everything(community);
  const { take, post } = await live(community);
  const newcomer: IncomingAuthor = { externalId: "id-Dina", name: "Dina", kind: "person" };
  const [, last] = [history[0], history.at(-1)];
  if (last === undefined) throw new Error("no history");
  await post([{ ...last, externalId: "new", author: newcomer, sentAt: last.sentAt + 60_000, replyToExternalId: "58" }]);
  await count(community);
  const figure = async (name: string) => (await figures(community)).find(([metric]) => metric === name)?.[1];
  expect(await figure("messages")).toBe(61);
  expect(await list(community)).toContainEqual(expect.objectContaining({ name: "Dina", messages: 1 }));
  const target = { spaceExternalId: "hall", externalId: "new" };
  await take({
    kind: "reaction-added",
    receipt: "r",
    target,
    member: people[0] ?? newcomer,
    emoji: "🔥",
    happenedAt: NOW,
  });
  await count(community);
  expect(await figure("reactions")).toBe(1);
  await take({ kind: "deleted", receipt: "d", target, happenedAt: NOW });
  await count(community);
  const after = await everything(community);
  expect(after.figures).toEqual(before.figures);
  expect(after.answers).toEqual(before.answers);
  expect(after.list).toContainEqual(expect.objectContaining({ name: "Dina", messages: 0 }));
});
