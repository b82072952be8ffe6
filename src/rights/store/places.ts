import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { holdsTrace, type TracePattern } from "#src/platforms/trace-pattern.ts";

/**
 * Tables that `platforms` empties of a person itself, that are derived from those, or that hold nothing but ids and
 * hashes. They are not swept; whether anything of a person is left in them is looked at all the same.
 */
const notSwept = new Set([
  "members",
  "identities",
  "messages",
  "message_links",
  "message_reactions",
  "member_moves",
  "member_cards",
  "member_words",
  "day_counts",
  "erased_marks",
  "erasure_keys",
  "erasures",
  "trail",
  "trail_heads",
]);

/** Rows that are about a person and nobody else: they go whole. What counts people by their ids stays. */
const aboutOnePerson: Readonly<Record<string, readonly string[]>> = {
  member_notes: ["member_id"],
  tagged_members: ["member_id"],
  hub_accounts: ["member_id"],
  hub_group_members: ["member_id"],
  hub_team_messages: ["member_id"],
  hub_files: ["member_id"],
  member_suggestions: ["member_id", "other_id"],
};

/** The bytes of pictures and files that members brought: a person's own go with `hub_files`, those of others are theirs. */
const notRead = new Set(["hub_file_pieces"]);

/** A column that could hold what somebody is called. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly type: "text" | "jsonb" | "text[]" | "bytea";
}

async function columnsOfCommunities(db: Db | Tx): Promise<Place[]> {
  const found = await sql<Place>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and format_type(a.atttypid, null) in ('text', 'jsonb', 'text[]', 'bytea')
      and exists (select from pg_attribute k where k.attrelid = c.oid and k.attname = 'community_id')
    order by 1, 2`.execute(db);
  return found.rows.filter(({ table }) => !notRead.has(table));
}

/** What a person is looked for by. */
export interface Search {
  readonly pattern: TracePattern;
  /** The same as plain texts, for bytes, which no pattern reads. */
  readonly texts: readonly string[];
  readonly memberIds: readonly string[];
}

const names = ({ table, column }: Place) => ({ table: sql.table(table), column: sql.ref(column) });

/** The condition that a column holds the pattern, in whatever way it holds text. */
function holds(place: Place, { pattern, texts }: Search) {
  const { column } = names(place);
  if (place.type === "text") return holdsTrace(column, pattern);
  if (place.type === "bytea")
    return sql`(${holdsTrace(sql`encode(${column}, 'escape')`, pattern)} or exists (
      select from unnest(${[...texts]}::text[]) said where position(convert_to(said, 'UTF8') in ${column}) > 0))`;
  return holdsTrace(sql`${column}::text`, pattern);
}

function without(place: Place, { pattern, word }: { pattern: TracePattern; word: string }) {
  const { column } = names(place);
  if (place.type === "text") return sql`regexp_replace(${column}, ${pattern.exact}, ${word}, 'g')`;
  if (place.type === "jsonb") return sql`regexp_replace(${column}::text, ${pattern.exact}, ${word}, 'g')::jsonb`;
  return sql`(select coalesce(array_agg(regexp_replace(each, ${pattern.exact}, ${word}, 'g')), '{}') from unnest(${column}) each)`;
}

async function unnamePlace(tx: Tx, community: CommunityId, wanted: { place: Place; search: Search; word: string }) {
  const { place, search, word } = wanted;
  const { table, column } = names(place);
  const where = sql`community_id = ${community} and ${holds(place, search)}`;
  // Bytes are kept as they came, such as a broken piece of an export; nobody can take a name out of them.
  if (place.type === "bytea") return void (await sql`delete from ${table} where ${where}`.execute(tx));
  const replaced = without(place, { pattern: search.pattern, word });
  await sql`update ${table} set ${column} = ${replaced} where ${where}`.execute(tx);
}

/**
 * Takes a person out of every other table of the community that could name them: imports' reports and kept pieces,
 * evidence, answers kept for repeats. Goes by the catalog, so that a table of tomorrow is not forgotten. Safe to repeat.
 */
export async function sweep(tx: Tx, community: CommunityId, wanted: { search: Search; word: string }): Promise<number> {
  const places = await columnsOfCommunities(tx);
  const tables = new Set(places.map(({ table }) => table));
  const ids = [...wanted.search.memberIds];
  for (const [table, columns] of Object.entries(aboutOnePerson)) {
    if (!tables.has(table)) continue;
    const theirs = columns.map((column) => sql`${sql.ref(column)} = any(${ids}::uuid[])`);
    await sql`delete from ${sql.table(table)} where community_id = ${community} and (${sql.join(theirs, sql` or `)})`.execute(
      tx,
    );
  }
  const swept = places.filter(({ table }) => !notSwept.has(table));
  for (const place of swept) await unnamePlace(tx, community, { place, ...wanted });
  return swept.length;
}

/** A place in which something of a person is left, and in how many rows. */
export interface Remnant {
  readonly table: string;
  readonly column: string;
  readonly rows: number;
}

/** Tables with rows of people by their id, in which somebody else may rightly bear the same name. */
const namesOfOthers: Readonly<Record<string, string>> = {
  members: "id",
  identities: "member_id",
  member_cards: "member_id",
  member_words: "member_id",
};

/** Looks through every column of every table of the community for what is left of a person. */
export async function remnants(db: Db | Tx, community: CommunityId, search: Search): Promise<Remnant[]> {
  const left: Remnant[] = [];
  for (const place of await columnsOfCommunities(db)) {
    const { table } = names(place);
    const key = namesOfOthers[place.table];
    const theirs = key === undefined ? sql`true` : sql`${sql.ref(key)} = any(${[...search.memberIds]}::uuid[])`;
    const found = await sql<{ rows: number }>`
      select count(*) as rows from ${table} where community_id = ${community} and ${theirs}
        and ${holds(place, search)}`.execute(db);
    const rows = found.rows[0]?.rows ?? 0;
    if (rows > 0) left.push({ table: place.table, column: place.column, rows });
  }
  return left;
}
