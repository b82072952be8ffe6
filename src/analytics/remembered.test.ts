import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { rebuild } from "#src/log/read.ts";
import { auditQuerySchema } from "./model.ts";
import { analyticsSheets } from "./reactions.ts";
import { membersBehind } from "./store/lists.ts";
import { village, type Line, type Village } from "./testing/village.ts";

const databases = await testDatabase();

async function writers({ place }: Village): Promise<string[]> {
  const wanted = { behind: "active", limit: 200, after: undefined } as const;
  const { items } = await membersBehind(place, auditQuerySchema.parse({}), wanted);
  return items.map(({ name }) => name).toSorted();
}

describe("what was remembered", () => {
  test("of arrivals is told by every period as if it alone had been asked for, also after an older export came", async () => {
    const town = await village(databases);
    const days = ["2025-12-20", "2026-02-27", "2026-03-03", "2026-03-10", "2026-03-20", "2026-04-02"];
    await town.tell(days.map((day, i) => ({ by: `Newcomer ${i}`, at: `${day} 10:00` })));
    const arrived = (from: string, to: string) => town.figure("new-members", { from, to });
    expect(await arrived("2026-03-01", "2026-03-12")).toBe(2);
    expect(await arrived("2026-03-08", "2026-04-05")).toBe(3);
    expect(await arrived("2026-02-20", "2026-03-05")).toBe(2);
    expect(await arrived("2026-02-20", "2026-04-05")).toBe(5);
    // Eight weeks before a period are read with it; this one reaches further back.
    expect(await arrived("2025-12-15", "2026-01-05")).toBe(1);
    // The day on which they had arrived stays as it was.
    await town.tell([{ by: "Newcomer 3", at: "2026-02-01 10:00" }]);
    expect(await arrived("2026-03-08", "2026-04-05")).toBe(2);
  });

  const holder = "00000000-0000-7000-8000-000000000002";
  const shop = [{ domain: "shop.example", url: "https://shop.example" }];
  const lines: Line[] = [
    { by: "Anna", at: "2026-03-01 10:00" },
    { by: "Anna", at: "2026-03-01 11:00", externalId: "gone", links: shop },
    { by: "Vera", at: "2026-03-01 12:00", externalId: "alone" },
    { by: "Boris", at: "2026-03-02 12:00", links: shop },
  ];

  test("is told no longer once the same facts were counted anew, by whichever process", async () => {
    const town = await village(databases);
    await town.tell(lines);
    expect(await town.figure("messages")).toBe(4);
    expect((await town.audit()).domains.total).toBe(2);
    expect(await writers(town)).toEqual(["Anna", "Boris", "Vera"]);
    await sql`delete from message_links where community_id = ${town.community} and message_id in
      (select id from messages where community_id = ${town.community} and external_id = 'gone')`.execute(
      databases.owner,
    );
    await sql`delete from messages where community_id = ${town.community} and external_id in ('gone', 'alone')`.execute(
      databases.owner,
    );
    // Nothing but the database tells what is remembered here that it was counted again: the log is as long as before.
    expect(await rebuild(databases, analyticsSheets, { community: town.community, holder })).toBe(true);
    expect(await writers(town)).toEqual(["Anna", "Boris"]);
    expect(await town.figure("messages")).toBe(2);
    expect((await town.audit()).domains.total).toBe(1);
  });

  test("is told apart by who belongs to the team: a mark takes somebody out of days that were read before", async () => {
    const town = await village(databases);
    await town.tell(lines);
    expect(await town.figure("active-members")).toBe(3);
    await town.mark("Boris", "is_staff");
    expect(await writers(town)).toEqual(["Anna", "Vera"]);
    expect(await town.figure("active-members")).toBe(2);
    expect((await town.audit()).team).toMatchObject({ messages: 1, members: 1 });
  });
});
