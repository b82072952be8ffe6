import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import type { Role } from "#src/accounts/model.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { append } from "#src/log/append.ts";
import { communitiesBehind } from "#src/log/store.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { createCommunity, eraseDeleted, erasuresOverdue } from "./actions.ts";
import { communitiesApi } from "./api.ts";
import type { Community } from "./model.ts";
import { communityBySlug, everyCommunity, everyCommunityThereIs } from "./queries.ts";
import { postponeErasure } from "./store/deletion.ts";

const databases = await testDatabase();
const DAY = 86_400_000;
const never = new AbortController().signal;
const wish = { slug: undefined, language: "en", timeZone: "UTC", ownerId: undefined } as const;

async function livedIn(name: string): Promise<Community> {
  const made = await createCommunity(databases, { ...wish, name, now: Date.now() });
  const intake = openIntake({ databases, community: provenCommunity(made.id), platform: "telegram", now: Date.now });
  await intake.store({ spaces: [{ externalId: "hall", name: "Hall", kind: "chat" }], messages: [said(1)], moves: [] });
  return made;
}

function said(n: number) {
  return {
    spaceExternalId: "hall",
    externalId: String(n),
    sentAt: Date.UTC(2026, 0, 1),
    author: { externalId: "1", name: "Otter", kind: "person" },
    kind: "text",
    text: "hello",
    isQuestion: false,
    links: [],
    reactions: [],
  } as const;
}

const as = (facts: Community, role: Role) =>
  createRouterClient(communitiesApi, {
    context: testCall(
      { databases, caller: keyIn(facts, role), communities: [] },
      { findCommunity: (slug) => communityBySlug(databases, slug) },
    ),
  });

async function rowsOf(id: string): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace`.execute(
    databases.owner,
  );
  const rows: Record<string, number> = {};
  for (const { name } of tables.rows) {
    const found = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(name)} where community_id = ${id}`.execute(databases.owner);
    if ((found.rows[0]?.n ?? 0) > 0) rows[name] = found.rows[0]?.n ?? 0;
  }
  return rows;
}

async function behind(): Promise<string[]> {
  const found = await communitiesBehind(databases.owner, { name: "anybody", kinds: [] });
  return found.map(({ id }) => id);
}

test("deleting asks for the community's own name, and only owners may", async () => {
  const camp = await livedIn("Camp");
  const community = camp.slug;
  await expect(as(camp, "owner").delete({ community, name: "camp" })).rejects.toMatchObject({
    code: "communities.name-differs",
  });
  await expect(as(camp, "admin").delete({ community, name: "Camp" })).rejects.toMatchObject({
    code: "accounts.not-allowed",
  });
  const deleted = await as(camp, "owner").delete({ community, name: " Camp " });
  expect(Date.parse(deleted.erasedAt) - Date.parse(deleted.deletedAt)).toBe(30 * DAY);
});

test("an erasure that is due after a restore can be put off for another thirty days", async () => {
  const { id: place } = await livedIn("Put off");
  await sql`update communities set deleted_at = now() - interval '31 days' where id = ${place}`.execute(
    databases.owner,
  );
  const ids = async (): Promise<string[]> => (await erasuresOverdue(databases.owner, Date.now())).map(({ id }) => id);
  expect(await ids()).toContain(place);
  await databases.asOwner((tx) => postponeErasure(tx, place, Date.now()));
  expect(await ids()).not.toContain(place);
  const left = await sql<{ ok: boolean }>`
    select deleted_at > now() - interval '1 day' as ok from communities where id = ${place}`.execute(databases.owner);
  expect(left.rows[0]?.ok).toBe(true);
});

test("a deleted community is there for its owners alone, and nothing in it changes until it is brought back", async () => {
  const camp = await livedIn("Quiet camp");
  const community = camp.slug;
  await as(camp, "owner").delete({ community, name: "Quiet camp" });
  const id = provenCommunity(camp.id);
  await databases.asOwner((tx) =>
    append(tx, id, [{ kind: "community.zone-changed", happenedAt: 0, payload: { timeZone: "UTC" } }]),
  );
  for (const role of ["admin", "moderator", "editor", "analyst"] as const)
    await expect(as(camp, role).get({ community })).rejects.toMatchObject({ code: "communities.unknown" });
  expect(await as(camp, "owner").get({ community })).toMatchObject({ name: "Quiet camp" });
  await expect(as(camp, "owner").change({ community, name: "Loud" })).rejects.toMatchObject({
    code: "communities.deleted",
  });
  expect((await everyCommunity(databases)).map(({ slug }) => slug)).not.toContain(community);
  expect((await everyCommunityThereIs(databases)).map(({ slug }) => slug)).toContain(community);
  expect(await behind()).not.toContain(camp.id);
  const intake = openIntake({ databases, community: id, platform: "telegram", now: Date.now });
  const more = { spaces: [], messages: [], moves: [] };
  await expect(intake.store(more)).rejects.toMatchObject({ code: "platforms.community-deleted" });
  const before = await rowsOf(camp.id);
  await as(camp, "owner").restore({ community });
  expect(await as(camp, "analyst").get({ community })).toMatchObject({ name: "Quiet camp", deletedAt: null });
  expect({ ...(await rowsOf(camp.id)), trail: 0 }).toEqual({ ...before, trail: 0 });
  expect(await behind()).toContain(camp.id);
});

test("after thirty days nothing is left of it but an entry in the installation's audit log, and others are untouched", async () => {
  const [gone, stays, late] = [await livedIn("Gone"), await livedIn("Stays"), await livedIn("Late")];
  await as(gone, "owner").delete({ community: gone.slug, name: "Gone" });
  await as(late, "owner").delete({ community: late.slug, name: "Late" });
  await sql`update communities set deleted_at = now() - interval '31 days' where id = ${gone.id}`.execute(
    databases.owner,
  );
  await sql`update communities set deleted_at = now() - interval '29 days' where id = ${late.id}`.execute(
    databases.owner,
  );
  const before = await rowsOf(stays.id);
  const halted = new AbortController();
  halted.abort();
  expect(await eraseDeleted({ databases, signal: halted.signal, now: Date.now })).toBe(0);
  expect(await eraseDeleted({ databases, signal: never, now: Date.now })).toBe(1);
  expect(await rowsOf(gone.id)).toEqual({});
  expect(await communityBySlug(databases, gone.slug)).toBeUndefined();
  expect(await communityBySlug(databases, late.slug)).toBeDefined();
  expect(await rowsOf(stays.id)).toEqual(before);
  const told = await sql`select target, details from install_trail where operation = 'eraseCommunity'`.execute(
    databases.owner,
  );
  expect(told.rows).toEqual([{ target: gone.id, details: { slug: gone.slug } }]);
  expect(await eraseDeleted({ databases, signal: never, now: Date.now })).toBe(0);
});

test("a community that never was cannot be brought back", async () => {
  const nobody: Community = { ...(await livedIn("Nobody")), slug: "no-such-camp", id: newId(0) };
  await expect(as(nobody, "owner").restore({ community: nobody.slug })).rejects.toMatchObject({
    code: "communities.unknown",
  });
});
