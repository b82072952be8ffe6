import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** The sample community of this install, if there is one. */
export async function findSample(db: Db): Promise<{ id: string; slug: string } | undefined> {
  const found = await sql<{ id: string; slug: string }>`
    select id, slug from communities where is_sample order by created_at limit 1`.execute(db);
  return found.rows[0];
}

/** The ids of members by their accounts' ids on a platform. */
export async function membersByAccount(tx: Tx, community: CommunityId, accounts: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct member_id as id from identities
    where community_id = ${community} and external_id = any(${[...accounts]})`.execute(tx);
  return found.rows.map((row) => row.id);
}

interface Link {
  readonly child: string;
  readonly parent: string;
}

/** Tables with rows of communities: those that refer to others before those they refer to. */
async function tablesToEmpty(tx: Tx): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`.execute(tx);
  const links = await sql<Link>`
    select c.relname as child, p.relname as parent from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace and c.relname <> p.relname`.execute(tx);
  const ordered: string[] = [];
  let rest = tables.rows.map(({ name }) => name);
  while (rest.length > 0) {
    const free = rest.filter(
      (name) => !links.rows.some(({ child, parent }) => parent === name && rest.includes(child)),
    );
    // A circle of references: the rows of all of them go in one go at the end.
    const now = free.length > 0 ? free : rest;
    ordered.push(...now);
    rest = rest.filter((name) => !now.includes(name));
  }
  return ordered;
}

/**
 * Deletes every row of the sample community and the community itself. The one place that writes tables of all features,
 * because nothing of a sample is worth keeping. Consumers at work lose their lease first, so none writes behind it.
 */
export async function eraseSample(tx: Tx, community: CommunityId): Promise<void> {
  const sample = await sql`select from communities where id = ${community} and is_sample for update`.execute(tx);
  if (sample.rows.length === 0) return;
  // The record of who did what goes only with its community, and only by name.
  await sql`select set_config('veche.erased_community', ${community}, true)`.execute(tx);
  await sql`delete from consumer_leases where community_id = ${community}`.execute(tx);
  for (const name of await tablesToEmpty(tx))
    await sql`delete from ${sql.table(name)} where community_id = ${community}`.execute(tx);
  await sql`delete from communities where id = ${community}`.execute(tx);
}
