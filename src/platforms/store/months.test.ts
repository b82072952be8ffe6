import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { ensureMonths, makeMonthsAhead, monthOf } from "./months.ts";

const databases = await testDatabase();

async function partitions(): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'messages'::regclass order by 1`.execute(databases.owner);
  return found.rows.map((row) => row.name);
}

test("this month and the next two have their place before the first message comes, over the end of the year too", async () => {
  await makeMonthsAhead(databases.owner, Date.UTC(2031, 10, 30, 23, 59));
  await makeMonthsAhead(databases.owner, Date.UTC(2031, 10, 30, 23, 59));
  const made = await partitions();
  expect(made).toEqual(["messages_2031_11", "messages_2031_12", "messages_2032_01"]);
});

test("two processes that need the same month at once make it once", async () => {
  const month = monthOf(Date.UTC(2019, 4, 5));
  await Promise.all(Array.from({ length: 4 }, () => ensureMonths(databases.owner, [month])));
  expect((await partitions()).filter((name) => name === "messages_2019_05")).toHaveLength(1);
});
