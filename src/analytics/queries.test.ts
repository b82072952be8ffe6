import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { append } from "#src/log/append.ts";
import { readLog } from "#src/log/read.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { exactAudit } from "./queries.ts";
import { analyticsSheets } from "./reactions.ts";
import { asReference, EVERYTHING, gitterHistory, gitterIsHere, gitterReference } from "./testing/gitter.ts";
import { village } from "./testing/village.ts";

const databases = await testDatabase();
const holder = "00000000-0000-7000-8000-000000000001";

async function importGitter() {
  const community = await emptyCommunity(databases);
  const intake = openIntake({ databases, community, platform: "file", now: Date.now });
  const history = gitterHistory().toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
  for (let from = 0; from < history.length; from += 10_000) {
    const lines = history.slice(from, from + 10_000);
    const rooms = [...new Set(lines.map(({ room }) => room))];
    await intake.store({
      spaces: rooms.map((room) => ({ externalId: room, name: room, kind: "chat" })),
      messages: lines.map(({ id, room, ts, user_id, user }) => ({
        spaceExternalId: room,
        externalId: id,
        sentAt: Date.parse(ts),
        author: { externalId: user_id, name: user, kind: "person" },
        kind: "text",
        text: "",
        isQuestion: false,
        links: [],
        reactions: [],
      })),
      moves: [],
    });
  }
  const [firstAt, lastAt] = [Date.parse(history[0]?.ts ?? ""), Date.parse(history.at(-1)?.ts ?? "")];
  const payload = { importId: community, messages: history.length, firstAt, lastAt };
  await databases.asOwner((tx) => append(tx, community, [{ kind: "history.imported", happenedAt: 0, payload }]));
  await readLog(databases, analyticsSheets, { community, holder });
  return community;
}

describe.skipIf(!gitterIsHere)("a real community's history, imported (needs ../shared/data)", () => {
  test(
    "gives the figures of an independent program, from the day sheets and from the messages alike",
    { timeout: 180_000 },
    async () => {
      const community = await importGitter();
      const reference = Object.entries(gitterReference());
      for (const [name, { top10, first, last, ...expected }] of reference) {
        const question = { databases, community, ...(name === EVERYTHING ? {} : { space: name }) };
        const found = await exactAudit(question);
        expect(asReference(found)).toEqual(expected);
        expect(found).toMatchObject({ firstAt: first, lastAt: last });
        expect(found.topMembers).toEqual(top10.map(({ user_id, messages }) => ({ externalId: user_id, messages })));
      }
      const room = { databases, community, space: reference.map(([name]) => name).find((name) => name !== EVERYTHING) };
      const fromSheets = await exactAudit(room);
      await sql`update communities set time_zone = 'Asia/Kolkata' where id = ${community}`.execute(databases.owner);
      expect(await exactAudit(room)).toEqual(fromSheets);
    },
  );
});

describe("the exact audit", () => {
  test("of a community without messages is zeros and no instants", async () => {
    const { community } = await village(databases);
    expect(await exactAudit({ databases, community })).toMatchObject({
      messages: 0,
      members: 0,
      firstAt: null,
      lastAt: null,
      topMembers: [],
    });
  });

  test("of some days knows those days alone: both ends included, and first messages are the first among them", async () => {
    const { community, tell } = await village(databases);
    await tell([
      { by: "Anna", at: "2026-01-31 23:59" },
      { by: "Anna", at: "2026-02-01 00:00" },
      { by: "Boris", at: "2026-02-03 23:59" },
      { by: "Vera", at: "2026-02-04 00:00" },
    ]);
    const found = await exactAudit({ databases, community, from: "2026-02-01", to: "2026-02-03" });
    expect(found).toMatchObject({
      messages: 2,
      members: 2,
      firstAt: "2026-02-01T00:00:00.000Z",
      lastAt: "2026-02-03T23:59:00.000Z",
    });
    expect(found.months["2026-02"]).toMatchObject({ newMembers: 2, meanDailyActive: 1 });
  });

  test("puts those who wrote the same in the order of their accounts", async () => {
    const { community, tell } = await village(databases);
    await tell(["Vera", "Anna", "Boris"].map((by) => ({ by, at: "2026-02-01 10:00" })));
    const { topMembers } = await exactAudit({ databases, community });
    expect(topMembers.map(({ externalId }) => externalId)).toEqual(["id-Anna", "id-Boris", "id-Vera"]);
  });

  test("refuses a space that does not exist and a date that is none", async () => {
    const { community } = await village(databases);
    await expect(exactAudit({ databases, community, space: "nowhere" })).rejects.toMatchObject({
      code: "analytics.unknown-space",
    });
    await expect(exactAudit({ databases, community, from: "2026-02-30" })).rejects.toMatchObject({
      code: "analytics.not-a-date",
    });
  });
});
