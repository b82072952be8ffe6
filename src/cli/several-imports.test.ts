import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { auditQuerySchema, broughtQuerySchema } from "#src/analytics/model.ts";
import { audit, broughtNumbers } from "#src/analytics/queries.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { consumers } from "#src/consumers.ts";
import { importHistory, withdrawHistory } from "#src/imports/actions.ts";
import { mergeMembers } from "#src/members/merging/actions.ts";
import { catchUp } from "./catch-up.ts";

const databases = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "veche-several-"));
afterAll(() => rm(folder, { recursive: true }));
const signal = new AbortController().signal;

function placeOf(community: CommunityId) {
  const run = <T>(work: Parameters<typeof databases.asCommunity<T>>[1]) => databases.asCommunity(community, work);
  return { run, community, timeZone: "UTC", now: Date.UTC(2024, 6, 1) };
}

async function bring(community: CommunityId, name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  const brought = await importHistory({ databases, community, file, timeZone: "UTC", signal });
  await catchUp({ databases, community, consumers, signal });
  return brought;
}

const days = Array.from({ length: 20 }, (_, i) => i);

const telegram = JSON.stringify({
  name: "Hall",
  type: "public_supergroup",
  id: 777,
  messages: days.map((day) => ({
    id: day + 1,
    type: "message",
    date: "2024-05-01T00:00:00",
    date_unixtime: String(Date.UTC(2024, 4, 1 + day, 10) / 1000),
    from: `tg ${day % 4}`,
    from_id: `user${day % 4}`,
    text: "hello there",
  })),
});

const discord = JSON.stringify({
  guild: { id: "1", name: "Camp" },
  channel: { id: "11", type: "GuildTextChat", name: "general" },
  messages: days.flatMap((day) =>
    [0, 1].map((turn) => ({
      id: String(((BigInt(Date.UTC(2024, 4, 1 + day, 11 + turn)) - 1_420_070_400_000n) << 22n) + 1n),
      type: "Default",
      timestamp: new Date(Date.UTC(2024, 4, 1 + day, 11 + turn)).toISOString(),
      content: "good morning",
      author: { id: String(100 + ((day + turn) % 6)), name: `dc ${(day + turn) % 6}`, isBot: false },
    })),
  ),
});

const query = (more: object = {}) => auditQuerySchema.parse({ from: "2024-05-01", to: "2024-05-20", ...more });
const valueOf = (told: Awaited<ReturnType<typeof audit>>, metric: string) =>
  told.figures.find((figure) => figure.metric === metric)?.value;

describe("histories of two platforms in one community", () => {
  test("are audited together and each for itself, and one can be taken out again", async () => {
    const community = await emptyCommunity(databases);
    await bring(community, "result.json", telegram);
    const place = placeOf(community);
    const alone = await audit(place, query());
    const { id } = await bring(community, "general.json", discord);
    const found = await sql<{ id: string; platform: string }>`
      select id, platform from spaces where community_id = ${community} order by platform`.execute(databases.owner);
    expect(found.rows.map(({ platform }) => platform)).toEqual(["discord", "telegram"]);
    const [onDiscord, onTelegram] = found.rows.map((row) => row.id);
    const all = await audit(place, query());
    expect([valueOf(all, "messages"), valueOf(all, "active-members")]).toEqual([60, 10]);
    expect(all.limits.map(({ key }) => key)).toContain("unlinked_people");
    const parts = [await audit(place, query({ spaces: onDiscord })), await audit(place, query({ spaces: onTelegram }))];
    expect(parts.map((part) => [valueOf(part, "messages"), valueOf(part, "active-members")])).toEqual([
      [40, 6],
      [20, 4],
    ]);
    await withdrawHistory({ databases, community, id, signal });
    await catchUp({ databases, community, consumers, signal });
    const after = await audit(place, query());
    expect({ ...after, madeAt: "" }).toEqual({ ...alone, madeAt: "" });
  });
});

test("somebody found on both platforms stays one person when one of the two imports is undone", async () => {
  const community = await emptyCommunity(databases);
  await bring(community, "one.json", telegram);
  const alone = await audit(placeOf(community), query());
  const { id } = await bring(community, "other.json", discord);
  const memberOf = async (externalId: string): Promise<string> => {
    const found = await sql<{ id: string }>`
      select member_id as id from identities where community_id = ${community} and external_id = ${externalId}`.execute(
      databases.owner,
    );
    return found.rows[0]?.id ?? "";
  };
  const wish = {
    memberId: await memberOf("100"),
    intoId: await memberOf("0"),
    by: { id: "018d0000-0000-7000-8000-000000000001", name: "otter" },
    now: Date.now(),
  };
  await databases.asOwner((tx) => mergeMembers(tx, community, wish));
  await catchUp({ databases, community, consumers, signal });
  expect(valueOf(await audit(placeOf(community), query()), "active-members")).toBe(9);
  await withdrawHistory({ databases, community, id, signal });
  await catchUp({ databases, community, consumers, signal });
  const after = await audit(placeOf(community), query());
  expect(after.figures).toEqual(alone.figures);
  const left = await sql<{ people: number; accounts: number }>`
    select (select count(*) from member_cards where community_id = ${community}) as people,
      (select count(*) from identities where community_id = ${community}) as accounts`.execute(databases.owner);
  expect(left.rows).toEqual([{ people: 4, accounts: 5 }]);
});

describe("numbers brought as a table", () => {
  const ask = (more: object = {}) => broughtQuerySchema.parse({ from: "2024-05-01", to: "2024-05-10", ...more });

  test("are told with the days they cover, by space and in all, and the later import counts", async () => {
    const community = await emptyCommunity(databases);
    await bring(community, "result.json", telegram);
    const place = placeOf(community);
    const first = await bring(
      community,
      "first.csv",
      "date,space,members,views\n2024-05-02,,100,\n2024-05-03,,110,\n2024-05-03,Hall,,40\n2024-05-04,News,,2\n2024-06-04,,999,\n",
    );
    expect(first).toMatchObject({ format: "daily-numbers", status: "done", counts: { stored: 0, numbers: 5 } });
    const later = await bring(community, "later.csv", "date,members\n2024-05-03,115\n");
    const all = await broughtNumbers(place, ask());
    expect(all.items).toMatchObject([
      {
        metric: "members",
        days: 2,
        of: 10,
        first: { day: "2024-05-02", value: 100 },
        last: { value: 115 },
        total: 215,
      },
      { metric: "views", days: 2, of: 10, total: 42 },
    ]);
    expect(all.items[0]?.values.slice(0, 4)).toEqual([null, 100, 115, null]);
    const hall = await sql<{ id: string }>`select id from spaces where community_id = ${community}`.execute(
      databases.owner,
    );
    const inHall = await broughtNumbers(place, ask({ spaces: hall.rows[0]?.id }));
    expect(inHall.items).toMatchObject([{ metric: "views", days: 1, total: 40 }]);
    await withdrawHistory({ databases, community, id: later.id, signal });
    expect((await broughtNumbers(place, ask())).items[0]).toMatchObject({ last: { value: 110 } });
    await withdrawHistory({ databases, community, id: first.id, signal });
    expect(await broughtNumbers(place, ask())).toEqual({ items: [] });
  });
});
