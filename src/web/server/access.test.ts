import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { provenCommunity } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import {
  allows,
  type InstallPermission,
  installPermissions,
  permissions,
  type Role,
  roles,
  type VisitorPermission,
  visitorPermissions,
} from "#src/accounts/model.ts";
import { revokeApiKey, useApiKey } from "#src/accounts/store/keys.ts";
import { router } from "#src/app-router.ts";
import { features } from "#src/features.ts";
import { type Door, doorsOf } from "./testing/doors.ts";
import { wanted } from "./testing/wanted.ts";
import {
  addTestCommunity,
  addTestKey,
  addTestPerson,
  joinTestHub,
  openTestHub,
  type Answer,
  ask,
  sessionCookie,
  testSite,
  textOf,
} from "./testing/site.ts";

const doors = [...doorsOf(router), ...features.flatMap((feature) => feature.rawRoutes)];
const databases = await testDatabase();
// Walks of every door are faster than anybody may knock.
const site = await testSite(databases, { limits: { take: () => undefined }, withoutSockets: true });
const ours = await addTestCommunity(databases, "Ours");
const theirs = await addTestCommunity(databases, "Theirs");
await openTestHub(databases, ours);

function isInstall(permission: Door["permission"]): permission is InstallPermission {
  return installPermissions.some((each) => each === permission);
}

const closed = new Set([
  "accounts.sign-in-first",
  "accounts.bad-key",
  "accounts.not-allowed",
  "accounts.not-for-keys",
  "accounts.owners-only",
  "communities.unknown",
  "hub.no-such-hub",
  "hub.sign-in-first",
  "hub.team-reads-only",
]);

/** `in` when the caller got past the door, whatever came of it; otherwise the code with which they were turned away. */
function outcomeOf(answer: Answer): string {
  const code = textOf(answer, "code");
  if (answer.status === 500) return `broken ${textOf(answer, "number")}`;
  return closed.has(code) ? code : "in";
}

async function knock(door: Door, as: string | undefined): Promise<string> {
  const path = door.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => (field === "community" ? ours.slug : newId(0)));
  // No body: those who may come in are told what is missing, and nothing is changed by asking.
  return outcomeOf(await ask(site, path, { method: door.method, ...(as === undefined ? {} : { as }) }));
}

function isVisitors(permission: Door["permission"]): permission is VisitorPermission {
  return visitorPermissions.some((each) => each === permission);
}

/** What a hub that everybody may read says to those who are no members of it: the team writes by a session, never by a key. */
function expectedInHub(permission: VisitorPermission, who: Parameters<typeof expected>[1]): string {
  if (permission !== "hub.member") return "in";
  if (who.role === undefined) return "hub.sign-in-first";
  return who.kind === "person" && allows(who.role, "hub.write") ? "in" : "hub.team-reads-only";
}

/** What the permission table says of a caller. */
function expected(
  permission: Door["permission"],
  who: { kind: "nobody" | "key" | "person"; role?: Role; owner?: boolean },
): string {
  if (permission === "public") return "in";
  if (isVisitors(permission)) return expectedInHub(permission, who);
  if (who.kind === "nobody") return "accounts.sign-in-first";
  if (isInstall(permission)) {
    if (who.kind === "key") return "accounts.not-for-keys";
    return permission === "install.owner" && who.owner !== true ? "accounts.owners-only" : "in";
  }
  if (who.role === undefined) return "communities.unknown";
  return allows(who.role, permission) ? "in" : "accounts.not-allowed";
}

async function walk(who: Parameters<typeof expected>[1], credential: () => Promise<string | undefined>): Promise<void> {
  for (const door of doors) {
    expect(`${door.operationId}: ${await knock(door, await credential())}`).toBe(
      `${door.operationId}: ${expected(door.permission, who)}`,
    );
  }
}

test("every operation has one name, and its permission is the one written down here", () => {
  const found = Object.fromEntries(doors.map((door) => [door.operationId, door.permission]));
  expect(Object.keys(found)).toHaveLength(doors.length);
  expect(found).toEqual(wanted);
});

test("a stranger gets through public doors only", async () => {
  await walk({ kind: "nobody" }, async () => undefined);
});

test.each(roles)("a key with the role %s opens what the table gives that role, and nothing else", async (role) => {
  const token = await addTestKey(databases, ours, role);
  await walk({ kind: "key", role }, async () => token);
});

test.each(roles)("a person with the role %s may do what the table gives that role, and nothing else", async (role) => {
  const person = await addTestPerson(databases, { community: ours, role });
  await walk({ kind: "person", role }, () => sessionCookie(site, person));
});

test("a member of the hub opens the hub's doors, and none of the team's", async () => {
  const member = await joinTestHub(site, ours, "anna");
  // These two would end what the others need.
  const ends = new Set(["leaveHub", "signOutOfHub"]);
  for (const door of doors.filter(({ operationId }) => !ends.has(operationId))) {
    const asked = isVisitors(door.permission) ? "in" : expected(door.permission, { kind: "nobody" });
    expect(`${door.operationId}: ${await knock(door, member)}`).toBe(`${door.operationId}: ${asked}`);
  }
});

test("a member of one hub is a stranger in another, and where a hub is switched off there is none", async () => {
  const member = await joinTestHub(site, ours, "boris");
  for (const { operationId, method, path, permission } of doors.filter((door) => isVisitors(door.permission))) {
    const address = path.replaceAll(/\{(\w+)\}/g, (_, field: string) =>
      field === "community" ? theirs.slug : newId(0),
    );
    const answer = await ask(site, address, { method, as: member });
    expect(`${operationId} ${permission}: ${outcomeOf(answer)}`).toBe(`${operationId} ${permission}: hub.no-such-hub`);
  }
});

test("an owner of the installation is an owner in every community", async () => {
  const person = await addTestPerson(databases, { isInstallOwner: true });
  await walk({ kind: "person", role: "owner", owner: true }, () => sessionCookie(site, person));
});

test.each(roles)("for the %s of another community this one does not exist", async (role) => {
  const token = await addTestKey(databases, theirs, role);
  await walk({ kind: "key" }, async () => token);
  const person = await addTestPerson(databases, { community: theirs, role });
  await walk({ kind: "person" }, () => sessionCookie(site, person));
});

test("a revoked key, and one that never was, open not even public doors", async () => {
  const token = await addTestKey(databases, ours, "owner");
  const id = provenCommunity(ours.id);
  const secretHash = hash("sha256", token.slice(39), "buffer");
  const key = await useApiKey(databases.owner, ours.id, { secretHash, at: Date.now() });
  await databases.asCommunity(id, (tx) => revokeApiKey(tx, id, { id: key?.id ?? "", at: Date.now() }));
  for (const bad of [token, `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`, "veche_", "nonsense"]) {
    for (const door of doors) expect(await knock(door, bad)).toBe("accounts.bad-key");
  }
});

test("every permission that a procedure asks for is in the table", () => {
  const asked = doors
    .map((door) => door.permission)
    .filter((permission) => !isInstall(permission) && !isVisitors(permission));
  expect(asked.filter((permission) => !(permission in permissions))).toEqual([]);
});
