import { sql } from "kysely";
import type { Tx } from "../database.ts";

/** A table as a backup keeps it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** A part of a partitioned table, with the range it holds in PostgreSQL's own words. */
export interface PartitionShape {
  readonly parent: string;
  readonly name: string;
  readonly bound: string;
}

/** Everything of a schema that has to be carried over, in an order in which foreign keys hold. */
export interface Catalog {
  readonly tables: readonly TableShape[];
  readonly partitions: readonly PartitionShape[];
}

/** What the migrator and the restore write themselves on the other side. */
const MADE_BY_RESTORING = new Set(["kysely_migration", "kysely_migration_lock", "install_hold", "held_work"]);

interface Reference {
  readonly child: string;
  readonly parent: string;
}

/** Parents before children; a table that refers to itself is checked at the end of its own statement. */
function inOrder(tables: readonly TableShape[], references: readonly Reference[]): TableShape[] {
  const ordered: TableShape[] = [];
  const placed = new Set<string>();
  let rest = [...tables];
  while (rest.length > 0) {
    const ready = rest.filter(({ name }) =>
      references.every(({ child, parent }) => child !== name || parent === name || placed.has(parent)),
    );
    if (ready.length === 0) throw new Error("tables refer to each other in a circle");
    for (const table of ready) placed.add(table.name);
    ordered.push(...ready);
    rest = rest.filter(({ name }) => !placed.has(name));
  }
  return ordered;
}

/** Reads the shape of the current schema. */
export async function readCatalog(tx: Tx): Promise<Catalog> {
  const columns = await sql<{ name: string; columns: string[] }>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    group by c.relname order by c.relname`.execute(tx);
  const references = await sql<Reference>`
    select c.relname as child, p.relname as parent from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace and not c.relispartition`.execute(tx);
  const partitions = await sql<PartitionShape>`
    select p.relname as parent, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i
    join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    where c.relispartition and c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    order by c.relname`.execute(tx);
  const tables = columns.rows.filter(({ name }) => !MADE_BY_RESTORING.has(name));
  return { tables: inOrder(tables, references.rows), partitions: partitions.rows };
}

/** How many rows a table holds, and a sum over all of them that any changed, missing or additional row changes. */
export interface Checksum {
  readonly table: string;
  readonly rows: number;
  readonly sum: string;
}

/** The checksum of a table. It does not depend on the order in which rows lie on the disk. */
export async function checksumOf(tx: Tx, table: TableShape): Promise<Checksum> {
  const row = sql.join(table.columns.map((column) => sql.ref(column)));
  const found = await sql<{ rows: number; sum: string }>`
    select count(*) as rows, coalesce(sum(hashtextextended(row(${row})::text, 0)::numeric), 0)::text as sum
    from ${sql.table(table.name)}`.execute(tx);
  return { table: table.name, rows: found.rows[0]?.rows ?? 0, sum: found.rows[0]?.sum ?? "0" };
}
