import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { allows, isPermission, type Role, roles } from "#src/accounts/model.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { features } from "#src/features.ts";
import { addressOf, bodyOf, fieldsOf, operationsOf, saneRequestOf } from "./testing/requests.ts";
import { addTestCommunity, addTestKey, ask, joinTestHub, openTestHub, testSite } from "./testing/site.ts";

/** Stands in every text of the other community, and nowhere else. */
const CANARY = "theirsecret";

const databases = await testDatabase();
const site = await testSite(databases, { limits: { take: () => undefined }, withoutSockets: true });
const ours = await addTestCommunity(databases, "Ours");
const theirs = await addTestCommunity(databases, "Theirs");

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

/** Every column of every table of communities, from the catalog, so that no table is forgotten. */
const columns = await sql<Column>`
  select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
    a.attnotnull as "isRequired" from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and exists (select from pg_attribute k where k.attrelid = c.oid and k.attname = 'community_id')
  order by 1, a.attnum`.execute(databases.owner);
const tables = [...new Set(columns.rows.map(({ table }) => table))];

const foreignIds: string[] = [];
/** Of those the ones by which a row is called, one for each table. */
const rowIds: string[] = [];

/** Something of this type with the canary in it, or an id that is remembered. */
function foreignValue({ name, type, isRequired }: Column): unknown {
  if (name === "community_id") return theirs.id;
  if (type === "uuid") {
    const id = newId(Date.now());
    foreignIds.push(id);
    if (name === "id") rowIds.push(id);
    return id;
  }
  if (type.endsWith("[]")) return "{}";
  if (type === "jsonb" || type === "json") return JSON.stringify({ canary: CANARY });
  // Nothing of theirs is revoked, deleted or done with yet, so that doing it would be seen.
  if (type.startsWith("timestamp")) return isRequired ? new Date() : null;
  if (type === "boolean") return false;
  if (type === "bytea") return Buffer.from(newId(Date.now()));
  if (type === "text" || type.startsWith("character")) return `${CANARY} ${newId(Date.now())}`;
  return 1;
}

async function addForeignRow(tx: Tx, table: string): Promise<void> {
  const mine = columns.rows.filter((column) => column.table === table);
  const names = sql.join(mine.map(({ name }) => sql.id(name)));
  const values = sql.join(mine.map((column) => sql`${foreignValue(column)}::${sql.raw(column.type)}`));
  await sql`insert into ${sql.table(table)} (${names}) values (${values}) on conflict do nothing`.execute(tx);
}

/** Rows of the other community in every table; checks and foreign keys rest while they are written. */
async function fillTheirs(): Promise<void> {
  const rest = await sql<{ statement: string }>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint
      where contype = 'c' and conparentid = 0 and coninhcount = 0 and connamespace = 'public'::regnamespace and conrelid <> 0
    union all select format('create table %I partition of %I default', relname || '_any', relname) from pg_class c
      join pg_partitioned_table p on p.partrelid = c.oid and p.partstrat <> 'h' and p.partdefid = 0
        and c.relnamespace = 'public'::regnamespace`.execute(databases.owner);
  for (const { statement } of rest.rows) await sql.raw(statement).execute(databases.owner);
  await databases.asOwner(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of tables) await addForeignRow(tx, table);
  });
}

await fillTheirs();
await openTestHub(databases, ours);

/** What the other community holds, table by table. */
async function theirRows(): Promise<Record<string, string>> {
  const found = await Promise.all(
    tables.map(async (table) => {
      const sum = await sql<{ sum: string | null }>`
        select md5(string_agg(t::text, '|' order by t::text)) as sum from ${sql.table(table)} t
        where community_id = ${theirs.id}`.execute(databases.owner);
      return [table, sum.rows[0]?.sum ?? "empty"] as const;
    }),
  );
  return Object.fromEntries(found);
}

/** A message to the team bears the id that its form was shown with, so that one sent twice comes once: any id may stand there. */
const namedBySender = new Set(["hub_team_messages.id", "hub_team_answers.message_id"]);

/** Columns of our community's rows that point at something of the other one. */
async function pointingAtTheirs(): Promise<string[]> {
  const pointers = columns.rows.filter(
    ({ table, name, type }) => type === "uuid" && name !== "community_id" && !namedBySender.has(`${table}.${name}`),
  );
  const found = await Promise.all(
    pointers.map(async ({ table, name }) => {
      const rows = await sql`
        select from ${sql.table(table)} where community_id = ${ours.id} and ${sql.id(name)} = any(${foreignIds}::uuid[])`.execute(
        databases.owner,
      );
      return rows.rows.length === 0 ? [] : [`${table}.${name}`];
    }),
  );
  return found.flat();
}

const operations = (await operationsOf(features.flatMap((feature) => feature.rawRoutes))).filter(({ path }) =>
  path.includes("{community}"),
);

test("the other community has a row in every table, and there are operations to try", () => {
  expect(rowIds.length).toBeGreaterThan(15);
  expect(operations.length).toBeGreaterThan(40);
});

/** How many requests that name nothing of theirs are sent of each operation: whose id was meant makes no difference there. */
const NAMELESS = 4;

/** One request for every row of theirs that can be named; a single one where a role has no business anyway. */
function requestsFor({ operation, path }: (typeof operations)[number], role: Role | "member") {
  // The document of the API names the permission of each operation. Those of hubs are no permissions of roles.
  const permission = (operation as { "x-permission"?: string })["x-permission"] ?? "community.read";
  const isTheirs = isPermission(permission) ? role !== "member" && allows(role, permission) : true;
  const ids = isTheirs ? rowIds : rowIds.slice(0, 1);
  let nameless = 0;
  return ids.flatMap((id, seed) => {
    const fields = fieldsOf(operation, { slug: ours.slug, ids: [id], noOtherIds: true });
    const [values] = fc.sample(saneRequestOf(fields), { numRuns: 1, seed });
    if (values === undefined) throw new Error(`${path} takes no request`);
    const sent = { address: addressOf(path, fields, values), body: bodyOf(fields, values) };
    if (!JSON.stringify(sent).includes(id) && (nameless += 1) > NAMELESS) return [];
    return [sent];
  });
}

/** What would end a member's visit is asked last. */
const ends = new Set(["leaveHub", "signOutOfHub"]);
const inOrder = operations.toSorted((a, b) => Number(ends.has(a.name)) - Number(ends.has(b.name)));

// The member comes first: what owners may do includes closing the hub.
test.each(["member", ...roles] as const)(
  "whatever the %s of one community asks with ids of another, nothing is read and nothing written",
  { timeout: 240_000 },
  async (role) => {
    const as = role === "member" ? await joinTestHub(site, ours, "anna") : await addTestKey(databases, ours, role);
    const before = await theirRows();
    expect(Object.values(before)).not.toContain("empty");
    let isIn = 0;
    for (const each of inOrder) {
      for (const { address, body } of requestsFor(each, role)) {
        const answer = await ask(site, address, {
          method: each.verb.toUpperCase(),
          as,
          ...(body === undefined ? {} : { body }),
        });
        if (answer.status < 300) isIn += 1;
        expect(`${each.name}: ${JSON.stringify(answer.json) ?? ""}`).not.toContain(CANARY);
        expect(`${each.name}: ${answer.status}`).not.toBe(`${each.name}: 500`);
      }
    }
    expect(await theirRows()).toEqual(before);
    // Whom nobody knows reads nothing of anybody; these are known, and are told something of their own.
    expect(isIn).toBeGreaterThan(0);
  },
);

test("nothing of ours points at anything of theirs afterwards", async () => {
  expect(await pointingAtTheirs()).toEqual([]);
});
