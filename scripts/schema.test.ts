import { sql } from "kysely";
import { afterAll, expect, inject, test } from "vitest";
import { openDatabases, type Databases, type Db } from "../src/base/database.ts";
import { migrate, migrationNames } from "../src/base/migrations.ts";
import { appUrl, grantRights } from "../src/base/roles.ts";
import { createTestDatabase, databaseAddress, dropTestDatabase } from "../src/base/testing/databases.ts";
import { describeSchema, schemaDifference } from "./schema.ts";

const server = inject("testServer");
const cleanUps: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

function opened(name: string): Databases {
  const ownerUrl = databaseAddress(server.url, name);
  return openDatabases({ ownerUrl, appUrl: appUrl(ownerUrl, server.appRole, server.appPassword) });
}

/** An empty database, or a copy of `template`, for as long as this file runs. */
async function ownDatabase(template?: string): Promise<Db> {
  const name = await createTestDatabase(server.url, template);
  const databases = opened(name);
  cleanUps.push(async () => {
    await databases.close();
    await dropTestDatabase(server.url, name);
  });
  return databases.owner;
}

/** Goes from version to version, and is copied at each: nobody waits for the first migrations again and again. */
const growing = await createTestDatabase(server.url, undefined);
cleanUps.push(() => dropTestDatabase(server.url, growing));

/** An install that was made with the version that ended at `last`, ran, and is now brought up to date. */
async function upgradedFrom(last: string): Promise<string[]> {
  const { owner, close } = opened(growing);
  await migrate(owner, last);
  // What somebody is connected to cannot be copied.
  await close();
  const db = await ownDatabase(growing);
  await grantRights(db, server.appRole);
  await migrate(db);
  await grantRights(db, server.appRole);
  return describeSchema(db);
}

const fresh = await ownDatabase();
await migrate(fresh);
await grantRights(fresh, server.appRole);
const expected = await describeSchema(fresh);
const versions = await migrationNames();

test.each(versions.slice(0, -1))(
  "an install of version %s ends up with the very schema of a new install",
  async (last) => {
    expect(schemaDifference(expected, await upgradedFrom(last))).toEqual([]);
  },
);

test("migrating twice changes nothing", async () => {
  expect(await migrate(fresh)).toEqual([]);
  expect(schemaDifference(expected, await describeSchema(fresh))).toEqual([]);
});

test("the comparison notices a lost index, a changed column and a missing policy", async () => {
  const db = await ownDatabase();
  await sql
    .raw(
      "create table rooms (id int primary key, name text); create index rooms_name on rooms (name); alter table rooms enable row level security; create policy own on rooms using (id > 0)",
    )
    .execute(db);
  const before = await describeSchema(db);
  await sql
    .raw("drop index rooms_name; alter table rooms alter name set not null; drop policy own on rooms")
    .execute(db);
  const lost = schemaDifference(before, await describeSchema(db)).join("\n");
  expect(lost).toContain("only fresh: index CREATE INDEX rooms_name");
  expect(lost).toContain("only upgraded: column rooms.name text not null");
  expect(lost).toContain("only fresh: policy own on rooms");
});
