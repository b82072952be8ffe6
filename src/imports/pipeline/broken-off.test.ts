import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { describe, expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { cancelImport, importHistory, planImport, resumeImport, runImports, startImport } from "../actions.ts";
import { importById } from "../queries.ts";
import { findImport } from "../store.ts";
import { lockImports } from "./lock.ts";
import { folder, telegramFile } from "./sample-history.ts";

const databases = await testDatabase();
const never = new AbortController().signal;
/** What the driver says of a connection that is gone, in its several words. */
const BROKEN = /terminat|ECONNRESET|not queryable/;
const bring = (community: CommunityId, file: string, signal = never) =>
  importHistory({ databases, community, file, timeZone: "UTC", signal });

const view = (community: CommunityId) => ({ tx: databases.owner, community, consumers: [] });

async function traces(community: CommunityId): Promise<object> {
  const found = await sql<object>`
    select (select count(*) from messages m where m.community_id = c.id) as messages,
      (select count(*) from messages m where m.community_id = c.id and m.reply_to_id is not null) as replies,
      (select count(*) from members m where m.community_id = c.id) as members,
      (select sum(count) from message_reactions r where r.community_id = c.id) as reactions,
      (select count(*) from facts f where f.community_id = c.id) as facts
    from communities c where id = ${community}`.execute(databases.owner);
  return found.rows[0] ?? {};
}

describe("an import that is broken off", () => {
  const file = telegramFile("long.json", 1, 20_001);

  test("by kill -9, again and again, goes on where it was, and nothing is lost or doubled", async () => {
    const community = await emptyCommunity(databases);
    const actions = new URL("../actions.ts", import.meta.url).href;
    const database = new URL("../../base/database.ts", import.meta.url).href;
    const code = `
      const { importHistory } = await import(${JSON.stringify(actions)});
      const { openDatabases } = await import(${JSON.stringify(database)});
      const databases = openDatabases({ ownerUrl: process.env.OWNER, appUrl: process.env.OWNER });
      await importHistory({ databases, community: process.env.COMMUNITY, file: process.env.FILE, timeZone: "UTC",
        signal: new AbortController().signal, onProgress: () => process.stdout.write("batch\\n") });`;
    const env = { ...process.env, OWNER: databases.ownerUrl, COMMUNITY: community, FILE: file };
    for (let kills = 0; kills < 3; kills++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    const finished = await bring(community, file);
    expect(finished).toMatchObject({ status: "done", counts: { stored: 20_000, repeated: 0, newMembers: 50 } });
    const clean = await emptyCommunity(databases);
    await bring(clean, file);
    expect(await traces(community)).toEqual(await traces(clean));
    expect(await traces(community)).toMatchObject({ messages: 20_000, facts: 1 });
  });

  test("by its manager keeps what is stored, and goes on when it is told to", async () => {
    const community = await emptyCommunity(databases);
    const plan = await planImport({ path: file, name: "long.json", timeZone: "UTC", now: Date.now() });
    const { id } = await databases.asOwner((tx) => startImport(tx, community, plan));
    const running = runImports({ databases, community, signal: never, now: Date.now });
    await expect
      .poll(async () => (await importById(view(community), id)).counts.stored, { interval: 10 })
      .toBeGreaterThan(0);
    const asked = await databases.asOwner((tx) => cancelImport({ ...view(community), tx }, { id, now: Date.now() }));
    expect(["cancelling", "cancelled"]).toContain(asked.status);
    await running;
    const stopped = await importById(view(community), id);
    expect(stopped.status).toBe("cancelled");
    expect(stopped.counts.stored).toBeLessThan(20_000);
    await databases.asOwner((tx) => resumeImport({ ...view(community), tx }, { id, now: Date.now() }));
    await runImports({ databases, community, signal: never, now: Date.now });
    expect(await importById(view(community), id)).toMatchObject({
      status: "done",
      counts: { stored: 20_000, repeated: 0 },
    });
    expect(await traces(community)).toMatchObject({ messages: 20_000, facts: 2 });
  });

  test("when the process stops waits for the next one", async () => {
    const community = await emptyCommunity(databases);
    const plan = await planImport({ path: file, name: "long.json", timeZone: "UTC", now: Date.now() });
    const { id } = await databases.asOwner((tx) => startImport(tx, community, plan));
    const stopping = new AbortController();
    const running = runImports({ databases, community, signal: stopping.signal, now: Date.now });
    await expect
      .poll(async () => (await importById(view(community), id)).counts.stored, { interval: 10 })
      .toBeGreaterThan(0);
    stopping.abort();
    await running;
    expect((await findImport(databases.owner, community, id))?.status).toBe("waiting");
    await runImports({ databases, community, signal: never, now: Date.now });
    expect(await importById(view(community), id)).toMatchObject({
      status: "done",
      counts: { stored: 20_000 },
    });
  });
});

test("an import that loses its database goes on when the database is back", async () => {
  const community = await emptyCommunity(databases);
  const path = join(folder, "long.json");
  const plan = await planImport({ path, name: "long.json", timeZone: "UTC", now: Date.now() });
  const { id } = await databases.asOwner((tx) => startImport(tx, community, plan));
  const running = runImports({ databases, community, signal: never, now: Date.now }).catch((error: unknown) => error);
  await expect
    .poll(async () => (await findImport(databases.owner, community, id))?.readBytes, { interval: 10 })
    .toBeGreaterThan(0);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(databases.owner);
  await running;
  // As the job does: a connection that looked alive may have been one of the dead, and a dead one may hold the lock for a moment.
  const goOn = async () => {
    await runImports({ databases, community, signal: never, now: Date.now }).catch(() => undefined);
    return (await importById(view(community), id)).status;
  };
  await expect.poll(goOn, { interval: 50, timeout: 55_000 }).toBe("done");
  const { counts } = await importById(view(community), id);
  expect(counts).toMatchObject({ stored: 20_000, repeated: 0, newMembers: 50 });
});

test("an import whose connection breaks before it begins gives its place among the connections back", async () => {
  const community = await emptyCommunity(databases);
  const pool = new pg.Pool({ connectionString: databases.ownerUrl, max: 1 });
  pool.on("error", () => undefined);
  const connect = async () => {
    const connection = await pool.connect();
    connection.on("error", () => undefined);
    const { rows } = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(databases.owner);
    return connection;
  };
  // Of the pool nothing but this is used by the lock.
  const dying = { ...databases, ownerPool: { connect } as unknown as pg.Pool };
  for (let time = 0; time < 2; time++) await expect(lockImports(dying, community)).rejects.toThrow(BROKEN);
  await pool.end();
  expect(pool.totalCount).toBe(0);
});

test("one import of a community runs at a time", async () => {
  const community = await emptyCommunity(databases);
  const lock = await lockImports(databases, community);
  expect(await lockImports(databases, community)).toBeUndefined();
  const stop = AbortSignal.timeout(700);
  const waiting = bring(community, telegramFile("waits.json", 1, 11), stop);
  await expect(waiting).rejects.toMatchObject({ code: "imports.busy" });
  await lock?.release();
  expect(await bring(community, join(folder, "waits.json"))).toMatchObject({ status: "done" });
});

test("a message that the database refuses is put aside alone, and its 6,000 neighbours are stored", async () => {
  const community = await emptyCommunity(databases);
  const constraint = sql`alter table messages add constraint refusal check (text <> 'the one that is refused')`;
  await constraint.execute(databases.owner);
  const path = telegramFile("refused.json", 1, 6001);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll('"message number 2777"', '"the one that is refused"'));
  const report = await bring(community, path);
  await sql`alter table messages drop constraint refusal`.execute(databases.owner);
  expect(report).toMatchObject({
    status: "done",
    counts: { stored: 5999, skipped: 1, newMembers: 50 },
    byKind: { text: 5999 },
    skipped: [{ reason: "not-storable", count: 1 }],
  });
  const kept = await sql<{ raw: Buffer }>`select raw from quarantine where community_id = ${community}`.execute(
    databases.owner,
  );
  expect(kept.rows[0]?.raw.toString()).toContain("the one that is refused");
});
