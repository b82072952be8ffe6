import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { openApiKey } from "./actions.ts";
import type { CommunityFacts } from "./call.ts";
import type { Profile } from "./model.ts";
import { openCallers, PASSWORD, testCommunity, testPerson } from "./testing/people.ts";

const databases = await testDatabase();
let number = 0;
let camp: CommunityFacts;
let [owner, admin, editor]: Profile[] = [];
let now = Date.now();
let callers: ReturnType<typeof openCallers>;

beforeEach(async () => {
  number += 1;
  now = Date.now();
  camp = await testCommunity(databases, `camp-${number}`);
  owner = await testPerson(databases, `owner-${number}`, { in: camp, as: "owner" });
  admin = await testPerson(databases, `admin-${number}`, { in: camp, as: "admin" });
  editor = await testPerson(databases, `editor-${number}`, { in: camp, as: "editor" });
  callers = openCallers(databases, [camp], { now: () => now });
});

const tokenIn = (link: string): string => link.split("/").at(-1) ?? "";
const password = "another long password";

async function invited(role: "owner" | "admin" | "analyst" = "analyst", email?: string) {
  now += 1000;
  const made = await callers.as(owner).invite({ community: camp.slug, role, ...(email !== undefined && { email }) });
  return { ...made, token: tokenIn(made.link) };
}

async function roleIn(person: Profile | undefined): Promise<string | undefined> {
  const found = await sql<{ role: string }>`
    select role from staff_roles where community_id = ${camp.id} and user_id = ${person?.id}`.execute(databases.owner);
  return found.rows[0]?.role;
}

test("whoever holds a link makes an account, has the role it names, and is signed in", async () => {
  const { token } = await invited();
  const answerHeaders = new Headers();
  const guest = callers.as(undefined, { answerHeaders });
  expect((await guest.invitation({ token })).invitation).toMatchObject({ community: camp.name, role: "analyst" });
  const email = `guest-${number}@camp.example`;
  const joined = await guest.join({ token, name: "Guest", email, password });
  expect(joined).toMatchObject({ community: camp.slug, role: "analyst", person: { isInstallOwner: false } });
  expect(answerHeaders.getSetCookie()[0]).toMatch(/^veche_session=/);
  expect(await roleIn(joined.person)).toBe("analyst");
});

test("a link works once, however many come with it at once", async () => {
  const { token } = await invited();
  const crowd = await Promise.all([1, 2, 3, 4, 5].map((n) => testPerson(databases, `crowd-${number}-${n}`)));
  const all = await Promise.allSettled(crowd.map((person) => callers.as(person).accept({ token })));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const team = await sql`select from staff_roles where community_id = ${camp.id}`.execute(databases.owner);
  expect(team.rows).toHaveLength(4);
});

test("a revoked link, an old one and one that was renewed open nothing", async () => {
  const [revoked, renewed, old] = [await invited(), await invited(), await invited()];
  await callers.as(owner).revokeInvitation({ community: camp.slug, invitationId: revoked.id });
  const again = await callers.as(owner).inviteAgain({ community: camp.slug, invitationId: renewed.id });
  const open = async (token: string) => (await callers.as().invitation({ token })).invitation !== null;
  expect(await open(revoked.token)).toBe(false);
  expect(await open(renewed.token)).toBe(false);
  expect(await open(tokenIn(again.link))).toBe(true);
  now += 8 * 86_400_000;
  expect(await open(old.token)).toBe(false);
  const stranger = callers.as().join({ token: old.token, name: "Late", email: "late@camp.example", password });
  await expect(stranger).rejects.toMatchObject({ code: "accounts.invitation-over" });
});

test("somebody with an account joins with it, and the account stays theirs", async () => {
  const { token } = await invited("admin");
  const person = await testPerson(databases, `somebody-${number}`);
  expect(await callers.as(person).accept({ token })).toEqual({ community: camp.slug, role: "admin" });
  expect(await roleIn(person)).toBe("admin");
  await expect(callers.as(person).accept({ token })).rejects.toMatchObject({ code: "accounts.invitation-over" });
});

test("whoever is in the team already keeps their role, and the link stays good", async () => {
  const { token } = await invited("analyst");
  await expect(callers.as(admin).accept({ token })).rejects.toMatchObject({ code: "accounts.already-in-team" });
  expect(await roleIn(admin)).toBe("admin");
  expect((await callers.as().invitation({ token })).invitation).not.toBeNull();
});

test("nobody takes over an account by joining with its address", async () => {
  const { token } = await invited();
  const join = callers.as().join({ token, name: "Thief", email: owner?.email ?? "", password });
  await expect(join).rejects.toMatchObject({ code: "accounts.address-taken" });
  await callers.as().signIn({ email: owner?.email ?? "", password: PASSWORD });
});

test("an invitation by mail is for its address alone", async () => {
  const email = `wanted-${number}@camp.example`;
  const { token } = await invited("analyst", email);
  const joined = await callers.as().join({ token, name: "Wanted", email: "other@camp.example", password });
  expect(joined.person.email).toBe(email);
});

test("inviting tells nothing about who has an account here", async () => {
  const [known, unknown] = [await invited("analyst", admin?.email), await invited("analyst", "nobody@camp.example")];
  expect(Object.keys(known)).toEqual(Object.keys(unknown));
  expect(known.isMailed).toBe(unknown.isMailed);
});

test("after five tries with one link whoever guesses addresses has to wait", async () => {
  const { token } = await invited();
  const limits = openCallers(databases, [camp]).as();
  for (let i = 0; i < 5; i += 1) {
    await expect(limits.join({ token, name: "Spy", email: owner?.email ?? "", password })).rejects.toMatchObject({
      code: "accounts.address-taken",
    });
  }
  await expect(limits.join({ token, name: "Spy", email: "x@camp.example", password })).rejects.toMatchObject({
    kind: "too-many",
  });
});

test("nobody gives a role above their own, by invitation or otherwise", async () => {
  const community = camp.slug;
  const above = { code: "accounts.role-above-own" };
  await expect(callers.as(admin).invite({ community, role: "owner" })).rejects.toMatchObject(above);
  const personId = editor?.id ?? "";
  await expect(callers.as(admin).changeStaff({ community, personId, role: "owner" })).rejects.toMatchObject(above);
  const { id: invitationId } = await invited("owner");
  await expect(callers.as(admin).inviteAgain({ community, invitationId })).rejects.toMatchObject(above);
  expect(await callers.as(admin).changeStaff({ community, personId, role: "moderator" })).toMatchObject({
    role: "moderator",
  });
});

test("an administrator neither changes nor removes an owner", async () => {
  const asked = { community: camp.slug, personId: owner?.id ?? "" };
  const above = { code: "accounts.staff-above-own" };
  await expect(callers.as(admin).changeStaff({ ...asked, role: "analyst" })).rejects.toMatchObject(above);
  await expect(callers.as(admin).removeStaff(asked)).rejects.toMatchObject(above);
  expect(await roleIn(owner)).toBe("owner");
});

test("the last owner stays one, also when two owners leave at the same moment", async () => {
  const { slug: community } = camp;
  await expect(callers.as(owner).leave({ community, sure: true })).rejects.toMatchObject({
    code: "accounts.last-owner",
  });
  const second = await testPerson(databases, `second-${number}`, { in: camp, as: "owner" });
  const both = await Promise.allSettled(
    [owner, second].map((person) => callers.as(person).leave({ community, sure: true })),
  );
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect([await roleIn(owner), await roleIn(second)].filter((role) => role === "owner")).toHaveLength(1);
});

test("whoever is taken out of the team loses access at once, and so do the keys they made", async () => {
  const { slug: community } = camp;
  const { token } = await callers.as(admin).createApiKey({ community, name: "bot", role: "analyst" });
  expect(await openApiKey(databases, token, now)).toBeDefined();
  await callers.as(owner).removeStaff({ community, personId: admin?.id ?? "" });
  expect(await openApiKey(databases, token, now)).toBeUndefined();
  await expect(callers.as(admin).staff({ community })).rejects.toMatchObject({ code: "communities.unknown" });
});

test("whoever gets a lower role keeps none of the higher one through a key", async () => {
  const { slug: community } = camp;
  const [high, low] = await Promise.all(
    (["admin", "analyst"] as const).map((role) => callers.as(admin).createApiKey({ community, name: role, role })),
  );
  await callers.as(owner).changeStaff({ community, personId: admin?.id ?? "", role: "editor" });
  expect(await openApiKey(databases, high?.token ?? "", now)).toBeUndefined();
  expect(await openApiKey(databases, low?.token ?? "", now)).toBeDefined();
});

test("the owner of the installation is an owner here, and nobody changes that here", async () => {
  const head = await testPerson(databases, `head-${number}`, { isInstallOwner: true });
  const asked = { community: camp.slug, personId: head.id };
  await expect(callers.as(owner).removeStaff(asked)).rejects.toMatchObject({ code: "accounts.owner-everywhere" });
  await expect(callers.as(head).leave({ community: camp.slug, sure: true })).rejects.toMatchObject({
    code: "accounts.owner-everywhere",
  });
});

test("the team is listed by name, in pages, and found by part of a name or address", async () => {
  const { slug: community } = camp;
  const first = await callers.as(owner).staff({ community, limit: 2, search: `-${number}@camp` });
  const rest = await callers
    .as(owner)
    .staff({ community, limit: 2, search: `-${number}@camp`, after: first.next ?? "" });
  const names = [...first.items, ...rest.items].map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(names).toEqual(expect.arrayContaining([owner?.name, admin?.name, editor?.name]));
  expect((await callers.as(owner).staff({ community, search: "100%_" })).items).toEqual([]);
});

test("invitations are listed with what became of them", async () => {
  const { slug: community } = camp;
  const [used, revoked] = [await invited(), await invited("analyst", "maybe@camp.example")];
  await callers.as().join({ token: used.token, name: "Joiner", email: `joiner-${number}@camp.example`, password });
  await callers.as(owner).revokeInvitation({ community, invitationId: revoked.id });
  const open = await invited();
  const { items } = await callers.as(owner).invitations({ community });
  expect(items.map(({ id, state, usedBy, letter }) => ({ id, state, usedBy, letter }))).toEqual([
    { id: open.id, state: "open", usedBy: null, letter: "none" },
    { id: revoked.id, state: "revoked", usedBy: null, letter: "none" },
    { id: used.id, state: "used", usedBy: "Joiner", letter: "none" },
  ]);
  expect((await callers.as(owner).invitations({ community, state: "used" })).items).toHaveLength(1);
  expect((await callers.as(owner).invitations({ community, search: "maybe" })).items).toHaveLength(1);
  const taken = callers.as(owner).revokeInvitation({ community, invitationId: used.id });
  await expect(taken).rejects.toMatchObject({ code: "accounts.no-such-invitation" });
});
