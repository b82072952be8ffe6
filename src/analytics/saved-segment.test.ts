import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { auditQuerySchema } from "./model.ts";
import { membersBehind, messagesBehind } from "./store/lists.ts";
import { village, type Village } from "./testing/village.ts";

const databases = await testDatabase();

/** A segment of the team's making. */
async function save({ community }: Village, name: string): Promise<string> {
  const id = newId(Date.now());
  await sql`insert into segments (community_id, id, name, filter, made_at, made_by_name)
    values (${community}, ${id}, ${name}, '{"messagesAtLeast":1}', now(), 'owner')`.execute(databases.owner);
  return id;
}

async function put({ community }: Village, segment: string, name: string): Promise<void> {
  await sql`insert into segment_members (community_id, segment_id, member_id)
    select ${community}, ${segment}, id from members where community_id = ${community} and name = ${name}`.execute(
    databases.owner,
  );
}

async function busyTown(): Promise<Village> {
  const town = await village(databases);
  await town.tell([
    { by: "Anna", at: "2026-03-01 10:00" },
    { by: "Boris", at: "2026-03-01 11:00" },
    { by: "Boris", at: "2026-03-02 11:00" },
    { by: "Vera", at: "2026-03-02 12:00" },
    { by: "Vera", at: "2026-03-03 12:00" },
    { by: "Vera", at: "2026-03-04 12:00" },
  ]);
  return town;
}

test("an audit of a saved segment counts its members alone, and says which segment it is about", async () => {
  const town = await busyTown();
  const savedSegment = await save(town, "Testers");
  await put(town, savedSegment, "Boris");
  await put(town, savedSegment, "Vera");
  const found = await town.audit({ savedSegment });
  expect(found.savedSegment).toEqual({ id: savedSegment, name: "Testers" });
  expect(found.top.map(({ member, messages }) => [member.name, messages])).toEqual([
    ["Vera", 3],
    ["Boris", 2],
  ]);
  expect(await town.figure("messages", { savedSegment })).toBe(5);
  expect(await town.figure("active-members")).toBe(3);
  expect((await town.audit()).savedSegment).toBeNull();
});

test("whoever joins the segment is in the next audit, though nothing new was written", async () => {
  const town = await busyTown();
  const savedSegment = await save(town, "Testers");
  await put(town, savedSegment, "Boris");
  expect(await town.figure("active-members", { savedSegment })).toBe(1);
  await put(town, savedSegment, "Anna");
  expect(await town.figure("active-members", { savedSegment })).toBe(2);
});

test("the lists behind its numbers hold the same people and their messages", async () => {
  const town = await busyTown();
  const savedSegment = await save(town, "Testers");
  await put(town, savedSegment, "Boris");
  const query = auditQuerySchema.parse({ savedSegment });
  const page = { limit: 50, after: undefined };
  const people = await membersBehind(town.place, query, { behind: "active", ...page });
  expect(people.items.map(({ name }) => name)).toEqual(["Boris"]);
  const written = await messagesBehind(town.place, query, { behind: { kind: "all" }, ...page });
  expect(written.items.map(({ member }) => member.name)).toEqual(["Boris", "Boris"]);
});

test("staff in a segment stay outside of the figures of members", async () => {
  const town = await busyTown();
  const savedSegment = await save(town, "Testers");
  await put(town, savedSegment, "Anna");
  await put(town, savedSegment, "Vera");
  await town.mark("Vera", "is_staff");
  expect(await town.figure("active-members", { savedSegment })).toBe(1);
});

test("a segment that is not there is refused with its own sentence", async () => {
  const town = await busyTown();
  await expect(town.audit({ savedSegment: newId(Date.now()) })).rejects.toMatchObject({
    code: "members.segment-unknown",
  });
});
