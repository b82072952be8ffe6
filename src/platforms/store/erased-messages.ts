import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";
import { holdsTrace, type TracePattern } from "../trace-pattern.ts";

/** What is taken out of messages, and from where on. */
export interface Stretch {
  readonly memberIds: readonly string[];
  /** Finds the person in what others wrote; see `tracePattern`. */
  readonly pattern: TracePattern | undefined;
  /** Stands where they were named. */
  readonly word: string;
  /** Messages behind this id, in the order of ids, at most `limit`. */
  readonly after: string;
  readonly limit: number;
}

/** What was done to a stretch of messages. */
export interface StretchDone {
  /** The last message looked at; undefined behind the end. */
  readonly last: string | undefined;
  readonly seen: number;
  /** Messages of the person whose content went. */
  readonly own: number;
  /** Messages of others in which the person was named. */
  readonly others: number;
}

async function endOf(tx: Tx, community: CommunityId, { after, limit }: Stretch) {
  const found = await sql<{ last: string | null; seen: number }>`
    select max(id::text) as last, count(*) as seen from (
      select id from messages where community_id = ${community} and id > ${after} order by id limit ${limit}) s`.execute(
    tx,
  );
  return found.rows[0] ?? { last: null, seen: 0 };
}

interface Range {
  readonly community: CommunityId;
  readonly of: (column: string) => RawBuilder<unknown>;
}

async function emptyOwn(tx: Tx, { community, of }: Range, memberIds: readonly string[]): Promise<number> {
  const theirs = sql`member_id = any(${[...memberIds]}::uuid[])`;
  const emptied = await sql`
    update messages set text = '', forwarded_from = null, details = null
    where ${of("id")} and ${theirs} and (text <> '' or forwarded_from is not null or details is not null)`.execute(tx);
  await sql`
    delete from message_links l using messages m where ${of("l.message_id")} and l.community_id = ${community}
      and m.community_id = ${community} and m.id = l.message_id and m.${theirs}`.execute(tx);
  // What other imports told of the same messages is kept beside them.
  await sql`
    update import_overlaps o set edition = null from messages m where ${of("o.item_id")} and o.community_id = ${community}
      and m.community_id = ${community} and m.id = o.item_id and m.${theirs} and o.edition is not null`.execute(tx);
  return Number(emptied.numAffectedRows ?? 0n);
}

async function unname(tx: Tx, { of }: Range, named: { pattern: TracePattern; word: string }): Promise<number> {
  const { pattern, word } = named;
  const texts = await sql`
    update messages set text = regexp_replace(text, ${pattern.exact}, ${word}, 'g')
    where ${of("id")} and ${holdsTrace(sql`text`, pattern)}`.execute(tx);
  await sql`
    update messages set forwarded_from = null where ${of("id")} and ${holdsTrace(sql`forwarded_from`, pattern)}`.execute(
    tx,
  );
  await sql`
    update messages set details = regexp_replace(details::text, ${pattern.exact}, ${word}, 'g')::jsonb
    where ${of("id")} and ${holdsTrace(sql`details::text`, pattern)}`.execute(tx);
  // The address goes, its domain still counts.
  await sql`
    update message_links set url = 'https://' || domain || '/'
    where ${of("message_id")} and ${holdsTrace(sql`url`, pattern)}`.execute(tx);
  return Number(texts.numAffectedRows ?? 0n);
}

/** What other imports told of the same messages goes as well; as far as anybody knows from now on, it was what is stored. */
async function forgetEditions(tx: Tx, { community, of }: Range, { memberIds, pattern }: Stretch): Promise<void> {
  await sql`
    update import_overlaps set edition = null where ${of("item_id")} and edition is not null and (
      item_id in (select id from messages where community_id = ${community} and ${of("id")}
        and member_id = any(${[...memberIds]}::uuid[]))
      or ${pattern === undefined ? sql`false` : holdsTrace(sql`edition::text`, pattern)})`.execute(tx);
}

/** Empties a stretch of messages of everything of a person. Repeated, it finds nothing more to do. */
export async function eraseStretch(tx: Tx, community: CommunityId, stretch: Stretch): Promise<StretchDone> {
  const { last, seen } = await endOf(tx, community, stretch);
  if (last === null) return { last: undefined, seen: 0, own: 0, others: 0 };
  const of = (column: string): RawBuilder<unknown> => {
    const id = sql.raw(column);
    const table = column.includes(".") ? sql`true` : sql`community_id = ${community}`;
    return sql`${table} and ${id} > ${stretch.after} and ${id} <= ${last}`;
  };
  const range = { community, of };
  const own = await emptyOwn(tx, range, stretch.memberIds);
  await forgetEditions(tx, range, stretch);
  const { pattern, word } = stretch;
  const others = pattern === undefined ? 0 : await unname(tx, range, { pattern, word });
  return { last, seen, own, others };
}

/** Takes the person out of comings and goings that are known by name alone. */
export async function unnameMoves(tx: Tx, community: CommunityId, pattern: TracePattern): Promise<void> {
  await sql`
    update member_moves set name = '' where community_id = ${community} and ${holdsTrace(sql`name`, pattern)}`.execute(
    tx,
  );
}

/** Empties messages sent before an instant, at most `limit`; returns how many. */
export async function emptyOlder(
  tx: Tx,
  community: CommunityId,
  { before, limit }: { before: number; limit: number },
): Promise<number> {
  const emptied = await sql<{ id: string }>`
    update messages set text = '', details = null, forwarded_from = null where community_id = ${community}
      and id < ${idAt(before)} and id = any(array(
        select id from messages where community_id = ${community} and id < ${idAt(before)}
          and (text <> '' or details is not null or forwarded_from is not null) order by id limit ${limit}))
    returning id`.execute(tx);
  const ids = emptied.rows.map(({ id }) => id);
  await sql`
    update message_links set url = 'https://' || domain || '/'
    where community_id = ${community} and message_id = any(${ids}::uuid[])`.execute(tx);
  await sql`
    update import_overlaps set edition = null
    where community_id = ${community} and item_id = any(${ids}::uuid[]) and edition is not null`.execute(tx);
  const old = idAt(before);
  await sql`delete from message_versions where community_id = ${community} and message_id < ${old}`.execute(tx);
  await sql`
    update deleted_messages set content = null
    where community_id = ${community} and id < ${old} and content is not null`.execute(tx);
  return ids.length;
}
