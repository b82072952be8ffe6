import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { type Edition, merged, type Rewritten, storedEdition, writeEditions } from "./overlaps.ts";
import { forgetTelling, LIVE } from "./reactors.ts";

/** Messages behind one id up to another, of what an import brought. */
export interface WithdrawnRange {
  readonly importId: string;
  /** Not included. */
  readonly after: string;
  /** Included. */
  readonly last: string;
}

const inRange = (id: string, { after, last }: WithdrawnRange): RawBuilder<unknown> =>
  sql`${sql.ref(id)} > ${after} and ${sql.ref(id)} <= ${last}`;

/** Somebody else than the import brought it as well. */
const isSharedBy = (item: string, community: CommunityId, importId: string): RawBuilder<unknown> => sql`exists (
  select from import_overlaps o where o.community_id = ${community} and o.item_id = ${sql.ref(item)} and o.import_id <> ${importId})`;

/** The last of the next messages in the order of ids, whoever brought them; undefined behind the end. */
export async function endOfRange(
  tx: Tx,
  community: CommunityId,
  { after, last, limit }: { after: string; last: string; limit: number },
): Promise<string | undefined> {
  const found = await sql<{ last: string | null }>`
    select max(id::text) as last from (
      select id from messages where community_id = ${community} and id > ${after} and id <= ${last} order by id limit ${limit}
    ) s`.execute(tx);
  return found.rows[0]?.last ?? undefined;
}

/**
 * Answers that stay lose the message they answer when it goes: they become what they would be had it never come. Says
 * from when to when they were written (milliseconds since 1970 UTC), because they count otherwise from now on.
 */
export async function unlinkAnswers(
  tx: Tx,
  community: CommunityId,
  range: WithdrawnRange,
): Promise<{ firstAt: number; lastAt: number } | undefined> {
  const { importId } = range;
  const found = await sql<{ first: number | null; last: number | null }>`
    with unlinked as (
      update messages m set reply_to_id = null, reply_to_member_id = null from messages p
      where m.community_id = ${community} and m.id > ${range.after} and m.reply_to_id = p.id
        and p.community_id = ${community} and p.import_id = ${importId} and ${inRange("p.id", range)}
        and not ${isSharedBy("p.id", community, importId)}
        and (m.import_id is distinct from ${importId} or ${isSharedBy("m.id", community, importId)})
      returning extract(epoch from m.sent_at)::float8 * 1000 as at)
    select min(at) as first, max(at) as last from unlinked`.execute(tx);
  const { first, last } = found.rows[0] ?? { first: null, last: null };
  return first === null || last === null ? undefined : { firstAt: first, lastAt: last };
}

/** Takes out the messages that this import alone brought; says how many. */
export async function removeMessages(tx: Tx, community: CommunityId, range: WithdrawnRange): Promise<number> {
  const { importId } = range;
  const removed = await sql<{ id: string }>`
    delete from messages m where m.community_id = ${community} and ${inRange("m.id", range)} and m.import_id = ${importId}
      and not ${isSharedBy("m.id", community, importId)} returning m.id`.execute(tx);
  const ids = removed.rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  for (const table of ["message_reactions", "message_links", "message_versions", "message_reactors"])
    await sql`
      delete from ${sql.table(table)} where community_id = ${community} and message_id = any(${ids}::uuid[])`.execute(
      tx,
    );
  return ids.length;
}

interface Shared {
  readonly id: string;
  readonly owner: string;
  readonly stored: Edition;
  readonly carriers: readonly { readonly importId: string; readonly edition: Edition | null }[];
}

/** Messages that this import brought and others too, of which the editions differ. */
async function findDiffering(tx: Tx, community: CommunityId, range: WithdrawnRange): Promise<Shared[]> {
  const { importId } = range;
  const found = await sql<Shared>`
    select m.id, coalesce(m.import_id, ${LIVE}) as owner, ${storedEdition("m")} as stored,
      (select jsonb_agg(jsonb_build_object('importId', o.import_id, 'edition', o.edition) order by o.import_id)
        from import_overlaps o where o.community_id = m.community_id and o.item_id = m.id) as carriers
    from messages m
    where m.community_id = ${community} and m.id in (
      select o.item_id from import_overlaps o
      where o.community_id = ${community} and ${inRange("o.item_id", range)} and o.edition is not null)
      and (m.import_id = ${importId} or exists (
        select from import_overlaps o where o.community_id = m.community_id and o.item_id = m.id and o.import_id = ${importId}))
    order by m.id`.execute(tx);
  return found.rows;
}

/** What is stored of a message without what this import told of it: what the others told, in the order they came. */
function without({ id, stored, carriers }: Shared, importId: string): Rewritten | undefined {
  const editions = carriers
    .filter((carrier) => carrier.importId !== importId)
    // An import without an edition of its own brought just what is stored.
    .map(({ edition }) => edition ?? stored);
  const [first, ...others] = editions;
  return first === undefined ? undefined : { id, edition: others.reduce(merged, first) };
}

/**
 * Gives back to others what they brought as well: what they told of a message stands as if this import had never been,
 * and it is stored under the first of them. Says how many messages stay in this way.
 */
export async function giveBack(tx: Tx, community: CommunityId, range: WithdrawnRange): Promise<number> {
  const { importId } = range;
  const differing = await findDiffering(tx, community, range);
  const rewritten = differing.map((shared) => without(shared, importId)).filter((each) => each !== undefined);
  // Who has no edition kept what was stored: it has to be said before that changes.
  await sql`
    update import_overlaps o set edition = ${storedEdition("m")} from messages m
    where o.community_id = ${community} and o.item_id = any(${differing.map(({ id }) => id)}::uuid[]) and o.edition is null
      and m.community_id = o.community_id and m.id = o.item_id`.execute(tx);
  await forgetTelling(tx, community, range);
  await writeEditions(tx, community, rewritten);
  await sql`
    delete from import_overlaps o where o.community_id = ${community} and ${inRange("o.item_id", range)} and o.import_id = ${importId}`.execute(
    tx,
  );
  const kept = await sql<{ id: string }>`
    update messages m set import_id = nullif(h.heir, ${LIVE}::uuid)
    from (select item_id, min(import_id::text)::uuid as heir from import_overlaps
      where community_id = ${community} and ${inRange("item_id", range)} group by item_id) h
    where m.community_id = ${community} and m.id = h.item_id and m.import_id = ${importId} returning m.id`.execute(tx);
  await tidyOverlaps(tx, community, range);
  return kept.rows.length;
}

/** Whoever a thing is stored under needs no row beside it, unless others told it otherwise. */
async function tidyOverlaps(tx: Tx, community: CommunityId, range: WithdrawnRange): Promise<void> {
  await sql`
    delete from import_overlaps o using messages m
    where o.community_id = ${community} and ${inRange("o.item_id", range)} and m.community_id = ${community} and m.id = o.item_id
      and o.import_id = coalesce(m.import_id, ${LIVE}) and (o.edition is null or not exists (
        select from import_overlaps x where x.community_id = o.community_id and x.item_id = o.item_id and x.import_id <> o.import_id))`.execute(
    tx,
  );
  await sql`
    delete from import_overlaps o using member_moves v
    where o.community_id = ${community} and ${inRange("o.item_id", range)} and v.community_id = ${community} and v.id = o.item_id
      and o.import_id = coalesce(v.import_id, ${LIVE})`.execute(tx);
}

/** Takes out the comings and goings that this import alone brought; says how many. */
export async function removeMoves(tx: Tx, community: CommunityId, importId: string): Promise<number> {
  const removed = await sql`
    delete from member_moves v where v.community_id = ${community} and v.import_id = ${importId}
      and not ${isSharedBy("v.id", community, importId)}`.execute(tx);
  await sql`
    update member_moves v set import_id = nullif(h.heir, ${LIVE}::uuid)
    from (select o.item_id, min(o.import_id::text)::uuid as heir from import_overlaps o join member_moves w
      on w.community_id = o.community_id and w.id = o.item_id
      where o.community_id = ${community} and o.import_id <> ${importId} and w.import_id = ${importId} group by o.item_id) h
    where v.community_id = ${community} and v.id = h.item_id and v.import_id = ${importId}`.execute(tx);
  await sql`
    delete from import_overlaps o using member_moves v
    where o.community_id = ${community} and v.community_id = ${community} and v.id = o.item_id
      and o.import_id in (${importId}, coalesce(v.import_id, ${LIVE}))`.execute(tx);
  return Number(removed.numAffectedRows ?? 0n);
}

/** From when to when an import's comings and goings happened, in milliseconds since 1970 UTC. */
export async function spanOfMoves(
  tx: Tx,
  community: CommunityId,
  importId: string,
): Promise<{ firstAt: number; lastAt: number } | undefined> {
  const found = await sql<{ first: number | null; last: number | null }>`
    select extract(epoch from min(happened_at))::float8 * 1000 as first, extract(epoch from max(happened_at))::float8 * 1000 as last
    from member_moves where community_id = ${community} and import_id = ${importId}`.execute(tx);
  const { first, last } = found.rows[0] ?? { first: null, last: null };
  return first === null || last === null ? undefined : { firstAt: first, lastAt: last };
}

/** Takes people out, with their accounts. */
export async function removePeople(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<void> {
  for (const [table, column] of [
    ["identities", "member_id"],
    ["members", "id"],
  ] as const)
    await sql`
      delete from ${sql.table(table)} where community_id = ${community} and ${sql.ref(column)} = any(${[...memberIds]}::uuid[])`.execute(
      tx,
    );
}

/** Takes spaces out, topics before what they are part of. */
export async function removeSpaces(tx: Tx, community: CommunityId, spaceIds: readonly string[]): Promise<void> {
  const ids = [...spaceIds];
  for (const isTopic of [true, false])
    await sql`
      delete from spaces where community_id = ${community} and id = any(${ids}::uuid[]) and (parent_id is not null) = ${isTopic}`.execute(
      tx,
    );
}
