import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { record } from "#src/trail/actions.ts";
import { checkTrail } from "./trail-check.ts";

const databases = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "veche-anchor-"));
const file = join(folder, "anchor.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const community = await emptyCommunity(databases);
const deed = { at: Date.now(), actor: { kind: "machine" }, operation: "rebuild" } as const;
for (const chain of [community, community, "install"] as const) await record(databases, chain, deed);

const states = async (anchor: string | undefined) => (await checkTrail(databases, anchor)).map(({ state }) => state);

async function untouchable(change: ReturnType<typeof sql>): Promise<void> {
  await databases.asOwner(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await change.execute(tx);
  });
}

test("a sound record is told chain by chain, and its ends are written to the anchor", async () => {
  expect(await states(undefined)).toEqual(["fine", "fine"]);
  expect(await states(file)).toEqual(["fine", "fine", "fine"]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ chains: { [community]: { seq: 2 } } });
});

test("the anchor moves on with the record", async () => {
  await record(databases, community, deed);
  expect(await states(file)).toEqual(["fine", "fine", "fine"]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ chains: { [community]: { seq: 3 } } });
});

test("another file in place of the anchor is refused and left as it is", async () => {
  const other = join(folder, "other.json");
  writeFileSync(other, "{}");
  await expect(checkTrail(databases, other)).rejects.toMatchObject({ code: "cli.bad-anchor" });
  expect(readFileSync(other, "utf8")).toBe("{}");
});

test("an end cut off by somebody who owns the server is found, and the anchor keeps what it knows", async () => {
  const before = readFileSync(file, "utf8");
  await untouchable(sql`delete from trail where community_id = ${community} and seq = 3`);
  await untouchable(sql`update trail_heads h set seq = 2, hash = t.hash from trail t
    where h.community_id = ${community} and t.community_id = h.community_id and t.seq = 2`);
  expect(await states(undefined)).toEqual(["fine", "fine"]);
  expect(await states(file)).toEqual(["fine", "bad"]);
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("a chain that vanished whole is found, unless the record says that its community was erased", async () => {
  await untouchable(sql`delete from trail where community_id = ${community}`);
  await untouchable(sql`delete from trail_heads where community_id = ${community}`);
  await sql`delete from log_heads where community_id = ${community}`.execute(databases.owner);
  await sql`delete from communities where id = ${community}`.execute(databases.owner);
  expect(await states(file)).toEqual(["bad", "fine"]);
  await record(databases, "install", { ...deed, operation: "eraseCommunity", target: community });
  expect(await states(file)).toEqual(["note", "fine", "fine"]);
});
