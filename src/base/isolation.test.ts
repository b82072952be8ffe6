import { sql } from "kysely";
import { expect, test } from "vitest";
import { type CommunityId, provenCommunity } from "./community-id.ts";
import type { Tx } from "./database.ts";
import { newId } from "./ids.ts";
import { emptyCommunity } from "./testing/community.ts";
import { testDatabase } from "./testing/database.ts";

const databases = await testDatabase();

/** Tables that belong to no community. Anything else has `community_id` first in every key. */
const globalTables = [
  "backup_codes",
  "half_sign_ins",
  "passkey_challenges",
  "passkeys",
  "totp_secrets",
  "communities",
  "email_changes",
  "held_work",
  "hub_domains",
  "install_hold",
  "install_request_keys",
  "install_trail",
  "install_trail_head",
  "kysely_migration",
  "kysely_migration_lock",
  "letters",
  "passwords",
  "push_keys",
  "reset_links",
  "sessions",
  "start_links",
  "users",
];

const found = await sql<{ name: string; isCommunitys: boolean }>`
  select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'community_id') as "isCommunitys"
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by 1`.execute(databases.owner);
const communityTables = found.rows.filter((row) => row.isCommunitys).map((row) => row.name);

test("every table is a community's or is known by name to be nobody's", () => {
  const others = found.rows.filter((row) => !row.isCommunitys).map((row) => row.name);
  expect(others.filter((name) => !globalTables.includes(name))).toEqual([]);
  expect(communityTables.length).toBeGreaterThan(15);
});

test("every primary key, unique key and unique index of a community's table begins with its community", async () => {
  const keys = await sql<{ key: string; first: string | null }>`
    select i.indexrelid::regclass::text as key, a.attname as first from pg_index i
    join pg_class c on c.oid = i.indrelid and not c.relispartition
    left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indisunique and c.relname = any(${communityTables})`.execute(databases.owner);
  expect(keys.rows.length).toBeGreaterThanOrEqual(communityTables.length);
  expect(keys.rows.filter((row) => row.first !== "community_id")).toEqual([]);
});

test("every community's table has a primary key", async () => {
  const without = await sql<{ name: string }>`
    select relname as name from pg_class c where relname = any(${communityTables})
    and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`.execute(databases.owner);
  expect(without.rows).toEqual([]);
});

test("a foreign key between communities' tables takes the community along", async () => {
  const keys = await sql<{ name: string; first: string; to: string }>`
    select k.conrelid::regclass || '.' || k.conname as name, a.attname as first, k.confrelid::regclass::text as to
    from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'public'::regnamespace`.execute(databases.owner);
  const foreign = keys.rows.filter((row) => communityTables.includes(row.to));
  expect(foreign.length).toBeGreaterThan(0);
  expect(foreign.filter((row) => row.first !== "community_id")).toEqual([]);
});

test("every community's table is under row-level security", async () => {
  const open = await sql<{ name: string }>`
    select c.relname as name from pg_class c where c.relname = any(${[...communityTables, "communities"]})
    and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*'))`.execute(
    databases.owner,
  );
  expect(open.rows).toEqual([]);
});

test("the role of procedures has no right at all on tables that belong to no community", async () => {
  const rights = await sql<{ name: string }>`
    select name from unnest(${globalTables.filter((name) => name !== "communities")}::text[]) name
    where has_table_privilege('veche_app_test', name, 'select, insert, update, delete, truncate')`.execute(
    databases.owner,
  );
  expect(rights.rows).toEqual([]);
});

/** A value that a column of this type takes. */
function sampleOf(type: string): unknown {
  if (type === "uuid") return newId(Date.now());
  if (type.endsWith("[]")) return "{}";
  if (type === "jsonb" || type === "json") return "{}";
  if (type.startsWith("timestamp")) return new Date();
  if (type === "boolean") return false;
  if (type === "bytea") return Buffer.from("x");
  if (type === "text" || type.startsWith("character")) return newId(Date.now());
  return 1;
}

/** Writes one row of any table, for a community: the types are read from the catalog, so that no new table is forgotten. */
async function addRow(tx: Tx, table: string, community: string): Promise<void> {
  const columns = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, null) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'`.execute(
    tx,
  );
  const values = columns.rows.map(({ name, type }) => (name === "community_id" ? community : sampleOf(type)));
  const names = sql.join(columns.rows.map(({ name }) => sql.id(name)));
  const casts = columns.rows.map(({ type }, at) => sql`${values[at]}::${sql.raw(type)}`);
  await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(casts)})`.execute(tx);
}

async function withoutChecks(work: (tx: Tx) => Promise<void>): Promise<void> {
  await databases.asOwner(async (tx) => {
    // Sample values fit the types and nothing else; triggers and foreign keys rest, checks are dropped from this test's database.
    await sql`set local session_replication_role = replica`.execute(tx);
    await work(tx);
  });
}

const [ours, theirs] = [await emptyCommunity(databases), await emptyCommunity(databases)];
const checks = await sql<{ drop: string }>`
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint
  where contype = 'c' and conparentid = 0 and coninhcount = 0 and connamespace = 'public'::regnamespace and conrelid <> 0`.execute(
  databases.owner,
);
for (const { drop } of checks.rows) await sql.raw(drop).execute(databases.owner);
const partitioned = await sql<{ make: string }>`
  select format('create table %I partition of %I default', relname || '_any', relname) as make from pg_class c
  join pg_partitioned_table p on p.partrelid = c.oid and p.partstrat <> 'h' and p.partdefid = 0`.execute(
  databases.owner,
);
for (const { make } of partitioned.rows) await sql.raw(make).execute(databases.owner);
const seeded = communityTables.filter((name) => name !== "log_heads");
await withoutChecks(async (tx) => {
  for (const table of seeded) for (const community of [ours, theirs]) await addRow(tx, table, community);
});

async function seenBy(tx: Tx, table: string): Promise<string[]> {
  const rows = await sql<{ community: string }>`select community_id as community from ${sql.table(table)}`.execute(tx);
  return rows.rows.map((row) => row.community);
}

const nobody = provenCommunity("");

test.each(communityTables)(
  "%s shows nothing to whoever named no community, and only its own to whoever did",
  async (table) => {
    expect(await databases.asCommunity(nobody, (tx) => seenBy(tx, table))).toEqual([]);
    expect(await databases.asCommunity(ours, (tx) => seenBy(tx, table))).toEqual([ours]);
  },
);

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  );
}

test.each(communityTables)(
  "a row of another community cannot be written into %s, changed or deleted",
  async (table) => {
    const write = (community: CommunityId) => databases.asCommunity(community, (tx) => addRow(tx, table, theirs));
    expect(await failure(write(ours))).toBe("42501");
    expect(await failure(write(nobody))).toBe("42501");
    await failure(
      databases.asCommunity(ours, (tx) =>
        sql`delete from ${sql.table(table)} where community_id = ${theirs}`.execute(tx),
      ),
    );
    expect(await databases.asOwner((tx) => seenBy(tx, table))).toContain(theirs);
  },
);

test("the community that a transaction named is forgotten with it, whatever connection comes next", async () => {
  const named = Array.from({ length: 200 }, (_, i) => {
    const community = [ours, theirs, nobody][i % 3] ?? nobody;
    return databases.asCommunity(community, async (tx) => {
      if (i % 7 === 0) await sql`select 1 / 0`.execute(tx);
      return { community, seen: await seenBy(tx, "spaces") };
    });
  });
  for (const outcome of await Promise.allSettled(named)) {
    if (outcome.status === "rejected") continue;
    const { community, seen } = outcome.value;
    expect(seen).toEqual(community === nobody ? [] : [community]);
  }
});
