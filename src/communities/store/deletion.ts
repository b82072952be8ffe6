import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** Marks a community as deleted or takes the mark away; false when it was so already or is not there. */
export async function markDeleted(tx: Tx, community: CommunityId, at: number | undefined): Promise<boolean> {
  const when = at === undefined ? null : new Date(at);
  const marked = await sql`
    update communities set deleted_at = ${when}
    where id = ${community} and (deleted_at is null) = ${at !== undefined} returning 1`.execute(tx);
  return marked.rows.length > 0;
}

/** A deleted community. */
export interface DeletedRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly deletedAt: Date;
}

/** Deleted communities of which a person is an owner, the last deleted first. */
export async function deletedOf(db: Db, person: { id: string; isInstallOwner: boolean }): Promise<DeletedRow[]> {
  const found = await sql<DeletedRow>`
    select c.id, c.slug, c.name, c.deleted_at as "deletedAt" from communities c
    left join staff_roles s on s.community_id = c.id and s.user_id = ${person.id}
    where c.deleted_at is not null and (${person.isInstallOwner} or s.role = 'owner')
    order by c.deleted_at desc, c.id`.execute(db);
  return found.rows;
}

/** Communities that were deleted before an instant, in milliseconds since 1970 UTC. */
export async function deletedBefore(db: Db, at: number): Promise<DeletedRow[]> {
  const found = await sql<DeletedRow>`
    select id, slug, name, deleted_at as "deletedAt" from communities where deleted_at < ${new Date(at)}
    order by deleted_at`.execute(db);
  return found.rows;
}

/** Gives deleted communities their thirty days once more, from `now` on. */
export async function postponeErasure(tx: Tx, community: string, now: number): Promise<void> {
  await sql`update communities set deleted_at = ${new Date(now)} where id = ${community} and deleted_at is not null`.execute(
    tx,
  );
}

interface Reference {
  readonly child: string;
  readonly parent: string;
}

/** Tables with rows of communities, each partition by itself, in an order in which foreign keys hold. */
async function tablesToEmpty(db: Db): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' order by 1`.execute(db);
  const references = await sql<Reference>`
    select distinct c.relname as child, p.relname as parent from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.relname <> p.relname and c.relnamespace = current_schema()::regnamespace`.execute(db);
  const ordered: string[] = [];
  let rest = tables.rows.map(({ name }) => name);
  while (rest.length > 0) {
    const free = rest.filter(
      (name) => !references.rows.some(({ child, parent }) => parent === name && rest.includes(child)),
    );
    if (free.length === 0) throw new Error("tables refer to each other in a circle");
    ordered.push(...free);
    rest = rest.filter((name) => !free.includes(name));
  }
  return ordered;
}

/** Rows deleted in one transaction: some seconds at most, and what a stop costs. */
const AT_ONCE = 50_000;

async function deleteSome(tx: Tx, community: string, table: string): Promise<number> {
  // The record of who did what goes with its community alone, and only for whoever says so.
  await sql`select set_config('veche.erased_community', ${community}, true)`.execute(tx);
  const gone = await sql`
    delete from ${sql.table(table)} where ctid = any(array(
      select ctid from ${sql.table(table)} where community_id = ${community} limit ${AT_ONCE}))`.execute(tx);
  return Number(gone.numAffectedRows ?? 0n);
}

/** Deletes everything of a community but the community itself, in steps; false when it was stopped before the end. */
export async function emptyCommunity(
  databases: { owner: Db; asOwner: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> },
  community: string,
  signal: AbortSignal,
): Promise<boolean> {
  for (const table of await tablesToEmpty(databases.owner)) {
    let gone = AT_ONCE;
    while (gone === AT_ONCE && !signal.aborted)
      gone = await databases.asOwner((tx) => deleteSome(tx, community, table));
    if (signal.aborted) return false;
  }
  return true;
}

/** Deletes the row of a community that is still deleted; false when somebody brought it back. */
export async function dropCommunity(tx: Tx, community: string): Promise<boolean> {
  const gone = await sql`
    delete from communities where id = ${community} and deleted_at is not null returning 1`.execute(tx);
  return gone.rows.length > 0;
}
