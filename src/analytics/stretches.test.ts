import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { idsOf, IdTable } from "./store/id-table.ts";
import { village } from "./testing/village.ts";

const databases = await testDatabase();

test("an answer is found for a question although a long history is counted in stretches and one ends between them", async () => {
  const town = await village(databases);
  // Stretches have at most 92 days and begin a week before the history does.
  await town.tell([
    { by: "Anna", at: "2026-01-01 10:00" },
    { by: "Anna", at: "2026-03-26 23:00", externalId: "asked", isQuestion: true },
    { by: "Servicebot", at: "2026-03-27 09:00", answers: "asked" },
    { by: "Anna", at: "2026-03-28 09:00", answers: "asked" },
    { by: "Boris", at: "2026-03-29 09:00", answers: "asked" },
    { by: "Boris", at: "2026-06-30 10:00" },
  ]);
  const { answers } = await town.audit({ from: "2026-03-01", to: "2026-06-30" });
  expect(answers).toMatchObject({ asked: 1, answered: 1, withinHour: 0, withinDay: 0, later: 1 });
});

test("somebody who writes in every stretch of a long history arrives once", async () => {
  const town = await village(databases);
  await town.tell(["2026-01-01", "2026-04-10", "2026-08-01"].map((day) => ({ by: "Anna", at: `${day} 10:00` })));
  expect(await town.figure("new-members", { from: "2026-01-01", to: "2026-08-01" })).toBe(1);
  expect(await town.figure("new-members", { from: "2026-04-01", to: "2026-08-01" })).toBe(0);
});

test("somebody whose older messages come with a later import of a long history arrives once, with the oldest", async () => {
  const town = await village(databases);
  await town.tell(["2026-04-10", "2026-08-01"].map((day) => ({ by: "Anna", at: `${day} 10:00` })));
  await town.tell(["2026-01-01", "2026-08-01"].map((day) => ({ by: "Anna", at: `${day} 12:00` })));
  expect(await town.figure("new-members", { from: "2026-01-01", to: "2026-01-31" })).toBe(1);
  expect(await town.figure("new-members", { from: "2026-02-01", to: "2026-08-01" })).toBe(0);
  expect(await town.figure("messages", { from: "2026-01-01", to: "2026-08-01" })).toBe(4);
});

test("no id is taken for another, however many there are and however alike", () => {
  const alike = Buffer.alloc(16 * 4 * 256);
  for (let i = 0; i < 4 * 256; i += 1) alike[i * 16 + 4 * (i % 4)] = Math.floor(i / 4);
  const ids = idsOf(Buffer.concat([alike.subarray(16 * 4), randomBytes(16 * 5000)]));
  const table = new IdTable(16);
  const count = ids.length / 4;
  for (let place = 0; place < count; place += 1) {
    expect(table.find(ids, place)).toBeUndefined();
    table.put(ids, place, place);
  }
  expect(Array.from({ length: count }, (_, place) => table.find(ids, place))).toEqual([...Array(count).keys()]);
  table.put(ids, 7, 1_000_000);
  expect(table.find(ids, 7)).toBe(1_000_000);
});
