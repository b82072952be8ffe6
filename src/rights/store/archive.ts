import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { holdsTrace, type TracePattern } from "#src/platforms/trace-pattern.ts";

/** A member's row and accounts, as they are kept. */
export interface ArchivedMember {
  readonly id: string;
  readonly name: string;
  readonly isStaff: boolean;
  readonly isBot: boolean;
  readonly createdAt: string;
  readonly accounts: readonly {
    readonly platform: string;
    readonly externalId: string;
    readonly name: string;
    readonly username: string | null;
  }[];
}

const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** The members that make up a person. */
export async function archivedMembers(
  tx: Tx,
  community: CommunityId,
  memberIds: readonly string[],
): Promise<ArchivedMember[]> {
  const found = await sql<ArchivedMember>`
    select m.id, m.name, m.is_staff as "isStaff", m.is_bot as "isBot", ${iso("m.created_at")} as "createdAt",
      coalesce((select jsonb_agg(jsonb_build_object('platform', i.platform, 'externalId', i.external_id, 'name', i.name,
        'username', i.username) order by i.platform, i.external_id) from identities i
        where i.community_id = m.community_id and i.member_id = m.id), '[]') as accounts
    from members m where m.community_id = ${community} and m.id = any(${[...memberIds]}::uuid[]) order by m.id`.execute(
    tx,
  );
  return found.rows;
}

/** A message as the archive tells it. */
export interface ArchivedMessage {
  readonly id: string;
  readonly space: string;
  readonly platform: string;
  readonly externalId: string;
  readonly sentAt: string;
  readonly editedAt: string | null;
  readonly kind: string;
  readonly text: string;
  readonly forwardedFrom: string | null;
  readonly replyToId: string | null;
  readonly details: unknown;
  readonly links: readonly string[];
  readonly reactions: Readonly<Record<string, number>>;
}

/** A stretch of a community's messages in the order of ids: what it holds, and its last id; undefined behind the end. */
export interface Stretch<Row> {
  readonly last: string | undefined;
  readonly rows: readonly Row[];
}

/** Where a stretch begins and how long it is. Looked through whole, so that the cost is that of the messages once. */
export interface StretchAsk {
  readonly memberIds: readonly string[];
  readonly after: string;
  readonly limit: number;
}

async function endOf(tx: Tx, community: CommunityId, { after, limit }: StretchAsk): Promise<string | undefined> {
  const end = await sql<{ last: string | null }>`
    select max(id::text) as last from (select id from messages where community_id = ${community} and id > ${after}
      order by id limit ${limit}) s`.execute(tx);
  return end.rows[0]?.last ?? undefined;
}

type OwnRow = Omit<ArchivedMessage, "links" | "reactions">;

async function ownRows(
  tx: Tx,
  community: CommunityId,
  { memberIds, after, last }: StretchAsk & { readonly last: string },
): Promise<OwnRow[]> {
  const found = await sql<OwnRow>`
    select p.id, s.name as space, s.platform, p.external_id as "externalId", ${iso("p.sent_at")} as "sentAt",
      ${iso("p.edited_at")} as "editedAt", p.kind, p.text, p.forwarded_from as "forwardedFrom",
      p.reply_to_id as "replyToId", p.details
    from messages p join spaces s on s.community_id = p.community_id and s.id = p.space_id
    where p.community_id = ${community} and p.id > ${after} and p.id <= ${last}
      and p.member_id = any(${[...memberIds]}::uuid[]) order by p.id`.execute(tx);
  return found.rows;
}

/** Links and reactions are asked for by ids: a plan for joining them would depend on statistics that a fresh import lacks. */
async function linksOf(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = await sql<{ id: string; url: string }>`
    select message_id as id, url from message_links where community_id = ${community}
      and message_id = any(${[...ids]}::uuid[]) order by message_id, position`.execute(tx);
  const links = new Map<string, string[]>();
  for (const { id, url } of found.rows) links.set(id, [...(links.get(id) ?? []), url]);
  return links;
}

async function reactionsOf(
  tx: Tx,
  community: CommunityId,
  ids: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const found = await sql<{ id: string; emoji: string; count: number }>`
    select message_id as id, emoji, count from message_reactions where community_id = ${community}
      and message_id = any(${[...ids]}::uuid[])`.execute(tx);
  const reactions = new Map<string, Record<string, number>>();
  for (const { id, emoji, count } of found.rows) reactions.set(id, { ...reactions.get(id), [emoji]: count });
  return reactions;
}

/** The person's messages in a stretch, in the order of time. */
export async function archivedMessages(
  tx: Tx,
  community: CommunityId,
  ask: StretchAsk,
): Promise<Stretch<ArchivedMessage>> {
  const last = await endOf(tx, community, ask);
  if (last === undefined) return { last, rows: [] };
  const rows = await ownRows(tx, community, { ...ask, last });
  const ids = rows.map(({ id }) => id);
  const [links, reactions] = [await linksOf(tx, community, ids), await reactionsOf(tx, community, ids)];
  const told = rows.map((row) => ({ ...row, links: links.get(row.id) ?? [], reactions: reactions.get(row.id) ?? {} }));
  return { last, rows: told };
}

/** What somebody else said of the person; who said it is not told, because it is data about them. */
export interface ArchivedMention {
  readonly id: string;
  readonly sentAt: string;
  readonly text: string;
  readonly forwardedFrom: string | null;
}

/** Messages of others in a stretch in which the person is named. */
export async function archivedMentions(
  tx: Tx,
  community: CommunityId,
  ask: StretchAsk & { readonly pattern: TracePattern },
): Promise<Stretch<ArchivedMention>> {
  const last = await endOf(tx, community, ask);
  if (last === undefined) return { last, rows: [] };
  const found = await sql<ArchivedMention>`
    select id, ${iso("sent_at")} as "sentAt", text, forwarded_from as "forwardedFrom" from messages
    where community_id = ${community} and id > ${ask.after} and id <= ${last}
      and (${holdsTrace(sql`text`, ask.pattern)} or ${holdsTrace(sql`forwarded_from`, ask.pattern)})
      and member_id <> all(${[...ask.memberIds]}::uuid[]) order by id`.execute(tx);
  return { last, rows: found.rows };
}

/** Tables that are told by name, or that only help to find and count what is told already. */
const toldOtherwise = new Set([
  "identities",
  "messages",
  "erased_marks",
  "member_cards",
  "member_changes",
  "member_numbers",
  "member_words",
]);

/** Rows of one table that belong to the person. */
export interface ArchivedRecords {
  readonly table: string;
  readonly rows: readonly unknown[];
}

/** More than a person has in any such table; one that has is told as far as this. */
const MOST_ROWS = 200_000;

/** What is ours and nobody's data: whose community it is, and proofs of passwords and keys. */
const NOBODYS = sql.raw(`array['community_id', 'password_hash', 'token_hash', 'sealed', 'public_key']`);

/** A member's own records of the hub, table by table: their account, and by the catalog all that is kept under it. */
export async function ownRecords(tx: Tx, community: CommunityId, memberId: string): Promise<ArchivedRecords[]> {
  const theirs = sql`select id from hub_accounts where community_id = ${community} and member_id = ${memberId}`;
  const ofAccounts = await tablesWith(tx, "account_id");
  const records: ArchivedRecords[] = [];
  for (const table of ["hub_accounts", ...ofAccounts]) {
    const key = table === "hub_accounts" ? sql.ref("id") : sql.ref("account_id");
    const found = await sql<{ row: unknown }>`
      select to_jsonb(t) - ${NOBODYS} as row from ${sql.table(table)} t
      where community_id = ${community} and ${key} in (${theirs}) limit ${MOST_ROWS}`.execute(tx);
    if (found.rows.length > 0) records.push({ table, rows: found.rows.map(({ row }) => row) });
  }
  return records;
}

/** Tables with a column of this name that whoever asks may read, by name. */
async function tablesWith(tx: Tx, column: string): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = ${column} and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and has_table_privilege(c.oid, 'select') order by 1`.execute(tx);
  return found.rows.map(({ name }) => name);
}

/** Everything else that is kept under the person's id, table by table: by the catalog, so that no table is forgotten. */
export async function archivedRecords(
  tx: Tx,
  community: CommunityId,
  memberIds: readonly string[],
): Promise<ArchivedRecords[]> {
  const tables = await tablesWith(tx, "member_id");
  const records: ArchivedRecords[] = [];
  for (const name of tables.filter((table) => !toldOtherwise.has(table))) {
    const found = await sql<{ row: unknown }>`
      select to_jsonb(t) - ${NOBODYS} as row from ${sql.table(name)} t
      where community_id = ${community} and member_id = any(${[...memberIds]}::uuid[]) limit ${MOST_ROWS}`.execute(tx);
    if (found.rows.length > 0) records.push({ table: name, rows: found.rows.map(({ row }) => row) });
  }
  return records;
}
