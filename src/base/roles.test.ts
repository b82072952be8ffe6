import { expect, test } from "vitest";
import { sql } from "kysely";
import { newId } from "./ids.ts";
import { openDatabases } from "./database.ts";
import { appUrl, unsafeRole } from "./roles.ts";
import { provenCommunity } from "./community-id.ts";
import { testDatabase } from "./testing/database.ts";

const databases = await testDatabase();

/** What the check says of a role with these attributes, which exists for this question only. */
async function verdict(attributes: string, more?: (role: string) => string): Promise<string | undefined> {
  const role = `veche_try_${newId(Date.now()).slice(-12)}`;
  await sql.raw(`create role ${role} login password 'try' ${attributes}`).execute(databases.owner);
  if (more !== undefined) await sql.raw(more(role)).execute(databases.owner);
  const asRole = openDatabases({ ownerUrl: databases.ownerUrl, appUrl: appUrl(databases.ownerUrl, role, "try") });
  try {
    return await asRole.asCommunity(provenCommunity(newId(0)), (tx) => unsafeRole(tx));
  } finally {
    await asRole.close();
    await sql.raw(`drop owned by ${role}; drop role ${role}`).execute(databases.owner);
  }
}

test("a plain role that owns nothing is safe", async () => {
  expect(await verdict("")).toBeUndefined();
  const mine = await databases.asCommunity(provenCommunity(newId(0)), (tx) => unsafeRole(tx));
  expect(mine).toBeUndefined();
});

test("a role that could see every community is named for what it is", async () => {
  expect(await verdict("superuser")).toBe("superuser");
  expect(await verdict("bypassrls")).toBe("bypass");
  const ownerName = new URL(databases.ownerUrl).username;
  expect(await verdict("", (role) => `grant ${ownerName} to ${role}`)).toBe("owner");
});
