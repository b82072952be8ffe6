import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { MessageKey } from "./live-messages.ts";

/** Which of these messages were deleted and are not to come back. */
export async function goneAmong(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    select id from deleted_messages where community_id = ${community} and id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Set(found.rows.map((row) => row.id));
}

/** As `goneAmong`; where nothing was ever deleted the messages are not looked at. */
export async function goneFromSpaces(
  tx: Tx,
  community: CommunityId,
  messages: readonly { readonly id: string }[],
): Promise<ReadonlySet<string>> {
  const any = await sql`select from deleted_messages where community_id = ${community} limit 1`.execute(tx);
  if (any.rows.length === 0) return new Set();
  return goneAmong(
    tx,
    community,
    messages.map(({ id }) => id),
  );
}

/** Who deleted a message, and when (milliseconds since 1970 UTC). */
export interface Deletion {
  readonly id: string;
  readonly at: number;
  readonly byMemberId: string | undefined;
}

/** Tables whose rows go with a message and come back with it, and the column that names the message. */
const PARTS = [
  ["message_reactions", "message_id"],
  ["message_links", "message_id"],
  ["import_overlaps", "item_id"],
] as const;

/** Takes stored messages out of everything that is counted and shown, and keeps them apart. */
export async function deleteMessages(tx: Tx, community: CommunityId, deletions: readonly Deletion[]): Promise<void> {
  const ids = deletions.map(({ id }) => id);
  const parts = PARTS.map(
    ([
      table,
      column,
    ]) => sql`${sql.lit(table)}, (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from ${sql.table(table)} x
      where x.community_id = ${community} and x.${sql.ref(column)} = m.id)`,
  );
  await sql`
    insert into deleted_messages
      (community_id, id, space_id, member_id, external_id, sent_at, deleted_at, by_member_id, content)
    select m.community_id, m.id, m.space_id, m.member_id, m.external_id, m.sent_at, g.at, g.by_member_id,
      jsonb_build_object('messages', jsonb_build_array(to_jsonb(m)), ${sql.join(parts)})
    from unnest(${ids}::uuid[], ${deletions.map(({ at }) => new Date(at))}::timestamptz[],
      ${deletions.map(({ byMemberId }) => byMemberId ?? null)}::uuid[]) as g (id, at, by_member_id)
    join messages m on m.id = g.id
    where m.community_id = ${community} and m.id = any(${ids}::uuid[])`.execute(tx);
  for (const [table, column] of [...PARTS, ["messages", "id"] as const])
    await sql`
      delete from ${sql.table(table)}
      where community_id = ${community} and ${sql.ref(column)} = any(${ids}::uuid[])`.execute(tx);
}

/** A deleted message; `isKept` while what it said can still be brought back. */
export interface DeletedMessage {
  readonly id: string;
  readonly spaceId: string;
  readonly memberId: string;
  readonly isKept: boolean;
  readonly replyToId: string | null;
}

const deletedColumns = sql`id, space_id as "spaceId", member_id as "memberId", content is not null as "isKept",
  content->'messages'->0->>'reply_to_id' as "replyToId"`;

/** A deleted message by its id here, or by its id in its space; locked until the transaction ends. */
export async function lockDeleted(
  tx: Tx,
  community: CommunityId,
  key: MessageKey,
): Promise<DeletedMessage | undefined> {
  const which = "id" in key ? sql`id = ${key.id}` : sql`space_id = ${key.spaceId} and external_id = ${key.externalId}`;
  const found = await sql<DeletedMessage>`
    select ${deletedColumns} from deleted_messages where community_id = ${community} and ${which}
    order by id desc limit 1 for update`.execute(tx);
  return found.rows[0];
}

/** Those of these messages that were deleted, by their ids; locked until the transaction ends. */
export async function lockAllDeleted(
  tx: Tx,
  community: CommunityId,
  ids: readonly string[],
): Promise<Map<string, DeletedMessage>> {
  const found = await sql<DeletedMessage>`
    select ${deletedColumns} from deleted_messages where community_id = ${community} and id = any(${[...ids]}::uuid[])
    order by id for update`.execute(tx);
  return new Map(found.rows.map((message) => [message.id, message]));
}

/** Puts deleted messages back as they were, with their links and marks. Their content must be kept still. */
export async function restoreMessages(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<void> {
  for (const table of ["messages", ...PARTS.map(([name]) => name)])
    await sql`
      insert into ${sql.table(table)}
      select p.* from deleted_messages d
      cross join lateral jsonb_populate_recordset(null::${sql.raw(table)}, d.content->${sql.lit(table)}) p
      where d.community_id = ${community} and d.id = any(${[...ids]}::uuid[])`.execute(tx);
  await sql`
    delete from deleted_messages where community_id = ${community} and id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** Forgets what deleted messages said, now and in earlier versions: nothing brings them back any more. */
export async function forgetDeleted(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<void> {
  const gone = sql`select id from deleted_messages where community_id = ${community} and id = any(${[...ids]}::uuid[])`;
  await sql`delete from message_versions where community_id = ${community} and message_id in (${gone})`.execute(tx);
  await sql`
    update deleted_messages set content = null
    where community_id = ${community} and id = any(${[...ids]}::uuid[]) and content is not null`.execute(tx);
}
