/** Describes what a database holds, for comparing a fresh one with one that was upgraded step by step. */
import { sql } from "kysely";
import type { Db } from "../src/base/database.ts";

const MINE = sql`current_schema()::regnamespace`;

/** Each query gives one column, `line`. The order of columns in a table is left out: an upgrade appends what a fresh schema has in the middle. */
const QUERIES = [
  sql<{
    line: string;
  }>`select format('%s %s rls=%s forced=%s grants=%s partition=%s %s', case relkind when 'p' then 'partitioned table' when 'r' then 'table'
      when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else relkind::text end, relname, relrowsecurity, relforcerowsecurity,
      (select string_agg(acl::text, ' ' order by acl::text) from unnest(relacl) acl), pg_get_expr(relpartbound, oid), pg_get_partkeydef(oid)) as line
    from pg_class where relnamespace = ${MINE} and relkind in ('r', 'p', 'S', 'v', 'm')`,
  sql<{
    line: string;
  }>`select format('column %s.%s %s %s default=%s generated=%s identity=%s', attrelid::regclass, attname, format_type(atttypid, atttypmod),
      case when attnotnull then 'not null' end, pg_get_expr(adbin, adrelid), attgenerated, attidentity) as line
    from pg_attribute a join pg_class c on c.oid = attrelid left join pg_attrdef d on d.adrelid = attrelid and d.adnum = attnum
    where c.relnamespace = ${MINE} and c.relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped`,
  sql<{ line: string }>`select format('index %s', pg_get_indexdef(indexrelid)) as line
    from pg_index join pg_class c on c.oid = indexrelid where c.relnamespace = ${MINE}`,
  sql<{
    line: string;
  }>`select format('constraint %s on %s %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) as line
    from pg_constraint where connamespace = ${MINE}`,
  sql<{
    line: string;
  }>`select format('policy %s on %s %s for %s to %s using %s check %s', policyname, tablename, permissive, cmd, roles, qual, with_check) as line
    from pg_policies where schemaname = current_schema()`,
  sql<{ line: string }>`select format('function %s', pg_get_functiondef(oid)) as line
    from pg_proc where pronamespace = ${MINE} and prokind in ('f', 'p')`,
  sql<{ line: string }>`select format('trigger %s', pg_get_triggerdef(t.oid)) as line
    from pg_trigger t join pg_class c on c.oid = tgrelid where c.relnamespace = ${MINE} and not tgisinternal`,
  sql<{
    line: string;
  }>`select format('type %s of %s', typname, (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid)) as line
    from pg_type t where typnamespace = ${MINE} and typtype in ('e', 'd')`,
];

/** Everything in the schema, one line each, sorted: two schemas are the same when their lines are. */
export async function describeSchema(db: Db): Promise<string[]> {
  const found = await Promise.all(QUERIES.map((query) => query.execute(db)));
  return found.flatMap(({ rows }) => rows.map(({ line }) => line)).toSorted();
}

/** What one has and the other lacks; empty when they are the same. */
export function schemaDifference(fresh: readonly string[], upgraded: readonly string[]): string[] {
  const [inFresh, inUpgraded] = [new Set(fresh), new Set(upgraded)];
  const missing = fresh.filter((line) => !inUpgraded.has(line)).map((line) => `only fresh: ${line}`);
  return [...missing, ...upgraded.filter((line) => !inFresh.has(line)).map((line) => `only upgraded: ${line}`)];
}
