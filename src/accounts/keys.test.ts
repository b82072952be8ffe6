import { expect, test } from "vitest";
import { provenCommunity } from "#src/base/community-id.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { callerWith, createApiKey, openApiKey } from "./actions.ts";
import type { Caller } from "./call.ts";
import { openCallers, testCommunity, testPerson } from "./testing/people.ts";

const databases = await testDatabase();
const camp = await testCommunity(databases, "camp");
const owner = await testPerson(databases, "owner", { in: camp, as: "owner" });
const callers = openCallers(databases, [camp]);
const community = camp.slug;

/** What a token makes of whoever sends it. */
async function callerOf(token: string): Promise<Caller> {
  const opened = await openApiKey(databases, token, Date.now());
  return opened === undefined ? { kind: "nobody" } : callerWith(opened);
}

test("a key does what was chosen of its role, and nothing else of it", async () => {
  const made = await callers
    .as(owner)
    .createApiKey({ community, name: "bot", role: "admin", permissions: ["staff.read"] });
  expect(made.key.permissions).toEqual(["staff.read"]);
  const bot = callers.asCaller(await callerOf(made.token));
  expect((await bot.staff({ community })).items).toHaveLength(1);
  const narrow = { code: "accounts.key-too-narrow" };
  await expect(bot.invite({ community, role: "analyst" })).rejects.toMatchObject(narrow);
  await expect(bot.apiKeys({ community })).rejects.toMatchObject(narrow);
});

test("a key cannot be given what its role does not have", async () => {
  const made = callers
    .as(owner)
    .createApiKey({ community, name: "bot", role: "analyst", permissions: ["staff.change"] });
  await expect(made).rejects.toMatchObject({ code: "accounts.role-lacks", details: { permission: "staff.change" } });
});

test("a key ends by itself on the day it was made to", async () => {
  const made = await callers.as(owner).createApiKey({ community, name: "bot", role: "analyst", days: 1 });
  const end = Date.parse(made.key.expiresAt ?? "");
  expect(await openApiKey(databases, made.token, end - 1)).toBeDefined();
  expect(await openApiKey(databases, made.token, end)).toBeUndefined();
});

test("a narrow or passing key makes no key that could do more or live longer", async () => {
  const id = provenCommunity(camp.id);
  for (const wish of [{ permissions: ["api-keys.manage"] as const }, { days: 1 }]) {
    const { token } = await databases.asCommunity(id, (tx) =>
      createApiKey(tx, id, { name: "bot", role: "admin", createdBy: owner.id, now: Date.now(), ...wish }),
    );
    const bot = callers.asCaller(await callerOf(token));
    const other = bot.createApiKey({ community, name: "other", role: "admin" });
    await expect(other).rejects.toMatchObject({ code: "accounts.narrow-key" });
  }
});

test("a revoked key is dead with the very next request, and its last use stays known", async () => {
  const { key, token } = await callers.as(owner).createApiKey({ community, name: "bot", role: "analyst" });
  expect(key.lastUsedAt).toBeNull();
  expect(await openApiKey(databases, token, Date.now())).toBeDefined();
  await callers.as(owner).revokeApiKey({ community, keyId: key.id });
  expect(await openApiKey(databases, token, Date.now())).toBeUndefined();
  const { items } = await callers.as(owner).apiKeys({ community });
  expect(items.find(({ id }) => id === key.id)?.lastUsedAt).not.toBeNull();
});
