import { createRouterClient } from "@orpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "#src/base/testing/database.ts";
import { sql } from "kysely";
import { newId } from "#src/base/ids.ts";
import type { Caller, CommunityFacts } from "./call.ts";
import { procedure } from "./procedure.ts";
import { keyIn, testCall } from "./testing/call.ts";

const databases = await testDatabase();
const facts: CommunityFacts = { id: newId(Date.now()), slug: "tea", name: "Tea", language: "en", timeZone: "UTC" };
await sql`insert into communities (id, slug, name, language, time_zone, created_at)
  values (${facts.id}, 'tea', 'Tea', 'en', 'UTC', now())`.execute(databases.owner);

let brewed = 0;
const router = {
  brew: procedure({
    method: "POST",
    path: "/communities/{community}/brews",
    operationId: "brew",
    permission: "community.change",
    summary: "Brew",
    tags: ["tea"],
    input: z.object({ cups: z.int().min(1).default(2) }),
    output: z.object({ brewed: z.int() }),
    handler: async ({ input, context }) => {
      if (input.cups === 13) throw new Error("spilt");
      await context.run((tx) => sql`select 1`.execute(tx));
      brewed += input.cups;
      context.note({ details: { cups: input.cups } });
      return { brewed };
    },
  }),
  look: procedure({
    method: "GET",
    path: "/communities/{community}/brews",
    operationId: "look",
    permission: "community.read",
    summary: "Look",
    tags: ["tea"],
    input: z.object({ closely: z.boolean().optional() }),
    output: z.object({ brewed: z.int() }),
    handler: async ({ input, context }) => {
      if (input.closely === true) context.note({ details: { closely: true } });
      return { brewed };
    },
  }),
};

const key = (role: "owner" | "analyst"): Caller => keyIn(facts, role);
const as = (caller: Caller, idempotencyKey?: string) =>
  createRouterClient(router, { context: testCall({ databases, caller, communities: [facts] }, { idempotencyKey }) });

test("a procedure runs only for whoever holds its permission", async () => {
  expect(await as(key("owner")).brew({ community: "tea" })).toEqual({ brewed: 2 });
  await expect(as(key("analyst")).brew({ community: "tea" })).rejects.toMatchObject({ code: "accounts.not-allowed" });
  await expect(as({ kind: "nobody" }).brew({ community: "tea" })).rejects.toMatchObject({ kind: "unauthenticated" });
  await expect(as(key("owner")).brew({ community: "coffee" })).rejects.toMatchObject({ code: "communities.unknown" });
});

test("what is wrong with a request is named field by field", async () => {
  await expect(as(key("owner")).brew({ community: "tea", cups: 0 })).rejects.toMatchObject({
    code: "request.invalid",
    faults: [{ field: "cups", kind: "small", wanted: "1" }],
  });
  const misspelt = { community: "tea", kups: 1 };
  await expect(as(key("owner")).brew(misspelt)).rejects.toMatchObject({ faults: [{ field: "kups", kind: "unknown" }] });
  await expect(as(key("owner")).brew({ community: "te\0a" })).rejects.toMatchObject({ faults: [{ kind: "format" }] });
});

test("a bug is told as a number and nothing else", async () => {
  await expect(as(key("owner")).brew({ community: "tea", cups: 13 })).rejects.toMatchObject({ name: "Broken" });
});

test("a write that is sent twice under one key is done once", async () => {
  const owner = key("owner");
  const before = brewed;
  const first = await as(owner, "k1").brew({ community: "tea", cups: 5 });
  expect(await as(owner, "k1").brew({ community: "tea", cups: 5 })).toEqual(first);
  expect(brewed).toBe(before + 5);
  await expect(as(owner, "k1").brew({ community: "tea", cups: 6 })).rejects.toMatchObject({
    code: "request.key-reused",
  });
});

test("of two that come at once under one key the second is told to wait", async () => {
  const owner = key("owner");
  const before = brewed;
  const both = await Promise.allSettled([1, 2].map(() => as(owner, "k2").brew({ community: "tea", cups: 7 })));
  expect(brewed).toBe(before + 7);
  expect(both.some((each) => each.status === "fulfilled")).toBe(true);
});

async function deeds(): Promise<object[]> {
  const found = await sql<object>`
    select actor_kind as who, actor_role as role, operation as did, details, request_id as request, address as "from"
    from trail where community_id = ${facts.id} order by seq`.execute(databases.owner);
  return found.rows;
}

test("what is done is written down once, with who did it; what was refused, failed or only looked at is not", async () => {
  const before = (await deeds()).length;
  const owner = key("owner");
  await as(owner, "k3").brew({ community: "tea", cups: 3 });
  await as(owner, "k3").brew({ community: "tea", cups: 3 });
  await as(key("analyst"))
    .brew({ community: "tea" })
    .catch(() => undefined);
  await as(owner)
    .brew({ community: "tea", cups: 13 })
    .catch(() => undefined);
  await as(owner)
    .brew({ community: "tea", cups: 0 })
    .catch(() => undefined);
  await as(owner).look({ community: "tea" });
  expect((await deeds()).slice(before)).toEqual([
    { who: "key", role: "owner", did: "brew", details: { cups: 3 }, request: "test", from: "127.0.0.1" },
  ]);
});

test("looking at something that is noted is written down as well", async () => {
  await as(key("owner")).look({ community: "tea", closely: true });
  expect((await deeds()).at(-1)).toMatchObject({ did: "look", details: { closely: true } });
});
