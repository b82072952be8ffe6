import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "./database.ts";

const databases = await testDatabase();

test("a test file gets a migrated database that is its own", async () => {
  const { rows } = await sql<{ tables: number }>`
    select count(*) as tables from information_schema.tables where table_schema = 'public'`.execute(databases.owner);
  expect(rows[0]?.tables).toBeGreaterThan(5);
});

test("the role of procedures is not the owner", async () => {
  const owner = await databases.asOwner((tx) => sql<{ name: string }>`select current_user as name`.execute(tx));
  expect(owner.rows[0]?.name).not.toBe("veche_app_test");
});
