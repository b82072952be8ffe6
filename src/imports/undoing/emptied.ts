import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** Tables whose rows go with the person or space they belong to. */
const GOES_ALONG = ["identities", "spaces"];

/** Where the team has tied something to somebody, or somebody is part of another person, without a foreign key. */
const TIES = [
  "member_parts",
  "tagged_members",
  "member_notes",
  "erasures",
  "hub_accounts",
  "hub_group_members",
  "hub_team_messages",
  "hub_files",
  "message_reactors",
  "deleted_messages",
];

/** A column by which other tables refer to people or spaces. */
interface Reference {
  readonly table: string;
  readonly column: string;
}

/** Who refers to a table by a foreign key: what the team has tied to somebody is no reason to lose it. */
async function referencesTo(tx: Tx, table: "members" | "spaces"): Promise<Reference[]> {
  const found = await sql<Reference>`
    select c.conrelid::regclass::text as table, a.attname as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.confrelid = ${table}::regclass and a.attname <> 'community_id'`.execute(tx);
  return found.rows.filter((reference) => !GOES_ALONG.includes(reference.table));
}

/** Nothing refers to the row that a query calls `x`. */
function isFree(references: readonly Reference[]): RawBuilder<unknown> {
  const each = references.map(
    ({ table, column }) => sql`and not exists (select from ${sql.table(table)} r
      where r.community_id = x.community_id and r.${sql.ref(column)} = x.id)`,
  );
  return sql`true ${sql.join(each, sql` `)}`;
}

/**
 * People of a platform of whom nothing is left: no message, no mark, no coming or going. People come with one of these,
 * never otherwise. Whoever is part of another person, was erased, or has something of the team's
 * tied to them stays.
 */
export async function emptiedPeople(tx: Tx, community: CommunityId, platform: string): Promise<string[]> {
  // One pass over the messages and a table of their authors in memory.
  await sql`set local work_mem = '64MB'`.execute(tx);
  const free = isFree(await referencesTo(tx, "members"));
  const found = await sql<{ id: string }>`
    select x.id from members x
    where x.community_id = ${community} and x.erased_at is null
      and exists (select from identities i where i.community_id = x.community_id and i.member_id = x.id and i.platform = ${platform})
      and not exists (select from messages m where m.community_id = x.community_id and m.member_id = x.id)
      and not exists (select from member_moves v where v.community_id = x.community_id and v.member_id = x.id)
      and ${free} and ${isFree(TIES.map((table) => ({ table, column: "member_id" })))}`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Which spaces of an import may have been brought by nobody else. */
export interface BroughtSpaces {
  readonly importId: string;
  readonly platform: string;
  /** The formats whose imports bring spaces of the same platform. */
  readonly formats: readonly string[];
}

/** Spaces that this import brought and no other, in which nothing is left. */
export async function emptiedSpaces(tx: Tx, community: CommunityId, brought: BroughtSpaces): Promise<string[]> {
  const { importId, platform, formats } = brought;
  const free = isFree(await referencesTo(tx, "spaces"));
  const found = await sql<{ id: string; parts: string[] }>`
    select x.id, array(select c.id::text from spaces c where c.community_id = x.community_id and c.parent_id = x.id) as parts
    from spaces x join imports i on i.community_id = x.community_id and i.id = ${importId}
    where x.community_id = ${community} and x.platform = ${platform} and i.report->'spaces' ? x.external_id
      and not exists (select from messages m where m.community_id = x.community_id and m.space_id = x.id)
      and not exists (select from member_moves v where v.community_id = x.community_id and v.space_id = x.id)
      and not exists (select from imports o where o.community_id = x.community_id and o.id <> i.id
        and o.format = any(${[...formats]}) and o.status <> 'withdrawn' and o.report->'spaces' ? x.external_id)
      and ${free}`.execute(tx);
  const empty = new Set(found.rows.map((row) => row.id));
  return found.rows.filter(({ parts }) => parts.every((part) => empty.has(part))).map((row) => row.id);
}

/** Throws away the numbers of days that an import brought, and what it had put aside for a person to look at. */
export async function dropOwn(tx: Tx, community: CommunityId, importId: string): Promise<void> {
  for (const table of ["daily_numbers", "quarantine"])
    await sql`delete from ${sql.table(table)} where community_id = ${community} and import_id = ${importId}`.execute(
      tx,
    );
}
