import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { ensureConnection } from "../connections.ts";
import { openPostOffice } from "../testing/post-office.ts";
import { dropAside, forgetOldAsides, retryAside, setAsides } from "./aside.ts";
import { bring, type BringOptions } from "./bring.ts";

const databases = await testDatabase();
const office = await openPostOffice();
afterAll(() => office.stop());
const AT = Date.UTC(2026, 10, 1);
const now = (): number => AT + 60_000;
const tools = { databases, secrets: testSecrets, adapters: [office.adapter], now };

async function counter() {
  const community = await emptyCommunity(databases);
  const wish = { platform: "post", externalId: "counter", name: "Counter", now: AT };
  const connectionId = await databases.asOwner((tx) => ensureConnection(tx, community, wish));
  const { reading } = office.adapter;
  const translate = reading.kind === "translated" ? reading.translate : () => [];
  const options: BringOptions = { ...tools, community, platform: "post", connectionId, translate };
  const page = { after: undefined, limit: 50 };
  const asides = () => databases.asCommunity(community, (tx) => setAsides(tx, community, page));
  return { community, options, asides };
}

const said = (id: number, text: string, at = AT + id): string => JSON.stringify({ id, at, who: "otter", said: text });
const of = (...raws: string[]) => raws.map((raw, n) => ({ raw, progress: { read: n + 1 } }));

async function texts(community: CommunityId): Promise<string[]> {
  const found = await sql<{ text: string }>`
    select text from messages where community_id = ${community} order by id`.execute(databases.owner);
  return found.rows.map((row) => row.text);
}

/** Makes the database refuse what says "poison", as it refuses what nobody thought of. */
async function poisoned(community: CommunityId, isOn: boolean): Promise<void> {
  const name = sql.ref(`no_poison_${community.slice(-12)}`);
  await (
    isOn
      ? sql`alter table messages add constraint ${name} check (community_id <> ${sql.lit(community)} or text not like '%poison%') not valid`
      : sql`alter table messages drop constraint ${name}`
  ).execute(databases.owner);
}

test("what cannot be read is set aside as it came, and the others go in with the platform's place", async () => {
  const { community, options, asides } = await counter();
  const deliveries = of(
    said(1, "one"),
    "{ not json",
    said(2, "two"),
    said(3, "late", Date.UTC(9999, 0)),
    "[".repeat(9_999),
  );
  expect(await bring(options, deliveries)).toEqual({ taken: 2, setAside: 3 });
  expect(await texts(community)).toEqual(["one", "two"]);
  expect((await asides()).map(({ error }) => error).toSorted()).toEqual(["AbsurdTime", "SyntaxError", "SyntaxError"]);
  const kept = await sql<{ raw: string; progress: unknown }>`
    select convert_from(q.raw, 'UTF8') as raw, c.progress from live_quarantine q
    join connections c on c.community_id = q.community_id and c.id = q.connection_id
    where q.community_id = ${community} and q.size = 10`.execute(databases.owner);
  expect(kept.rows).toEqual([{ raw: "{ not json", progress: { read: 5 } }]);
});

test("of a hundred updates the two that cannot be stored are set aside, and the other ninety-eight go in, in order", async () => {
  const { community, options, asides } = await counter();
  await poisoned(community, true);
  const words = Array.from({ length: 100 }, (_, n) => (n === 20 || n === 71 ? `poison ${n}` : `word ${n}`));
  const deliveries = of(...words.map((word, n) => said(n, word)));
  expect(await bring(options, deliveries)).toEqual({ taken: 98, setAside: 2 });
  expect(await texts(community)).toEqual(words.filter((word) => !word.startsWith("poison")));
  const [first] = await asides();
  expect(first).toMatchObject({ error: "error 23514", attempts: 1, platform: "post", connection: "Counter" });
  // Delivered again, nothing comes in twice.
  await poisoned(community, false);
  await bring(options, of(said(19, "word 19")));
  expect(await texts(community)).toHaveLength(98);
});

test("once the cause is mended a person tries again, and what was set aside goes in; what fails again stays", async () => {
  const { community, options, asides } = await counter();
  await poisoned(community, true);
  await bring(options, of(said(1, "poison"), "{ never"));
  const all = await asides();
  const [first, second] = ["error 23514", "SyntaxError"].map((error) => all.find((each) => each.error === error));
  const retry = (id = "") => retryAside(tools, community, id);
  await expect(retry(first?.id)).rejects.toMatchObject({ code: "platforms.delivery-fails" });
  await poisoned(community, false);
  await retry(first?.id);
  await expect(retry(first?.id)).rejects.toMatchObject({ code: "platforms.not-aside" });
  await expect(retry(second?.id)).rejects.toMatchObject({ code: "platforms.delivery-fails" });
  expect(await texts(community)).toEqual(["poison"]);
  expect((await asides()).map(({ attempts }) => attempts)).toEqual([2]);
  await databases.asCommunity(community, (tx) => dropAside(tx, community, { id: second?.id ?? "", now: AT }));
  expect(await asides()).toEqual([]);
  const left = await sql<{ raw: number }>`
    select sum(length(raw))::float8 as raw from live_quarantine where community_id = ${community}`.execute(
    databases.owner,
  );
  expect(left.rows).toEqual([{ raw: 0 }]);
});

test("what was set aside longer ago than the community keeps such things is forgotten", async () => {
  const { community, options, asides } = await counter();
  await bring(options, of("{ old"));
  const forget = (before: number) => databases.asOwner((tx) => forgetOldAsides(tx, community, before));
  expect([await forget(now()), (await asides()).length]).toEqual([0, 1]);
  expect([await forget(now() + 1), await asides(), await forget(now() + 1)]).toEqual([1, [], 0]);
});

test("trouble of the moment sets nothing aside: the platform brings it again", async () => {
  const { community, options, asides } = await counter();
  const gone = Object.assign(new Error("gone"), { code: "57P01" });
  let tries = 0;
  const repeating: typeof databases.repeating = (work) =>
    tries++ === 0 ? Promise.reject(gone) : databases.repeating(work);
  const failing = { ...databases, repeating };
  await expect(bring({ ...options, databases: failing }, of(said(1, "one")))).rejects.toBe(gone);
  expect(await asides()).toEqual([]);
  await bring(options, of(said(1, "one")));
  expect(await texts(community)).toEqual(["one"]);
});
