import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { IncomingLink } from "../model.ts";

/** A message that is stored, or was and is gone. */
export interface KnownMessage {
  readonly id: string;
  readonly spaceId: string;
  readonly externalId: string;
  readonly memberId: string;
  /** It was deleted and is not to come back. */
  readonly isGone: boolean;
}

/** Those of these messages that are stored or gone, by their ids. */
export async function knownAmong(
  tx: Tx,
  community: CommunityId,
  ids: readonly string[],
): Promise<Map<string, KnownMessage>> {
  const among = sql`community_id = ${community} and id = any(${[...ids]}::uuid[])`;
  const found = await sql<KnownMessage>`
    select id, space_id as "spaceId", external_id as "externalId", member_id as "memberId", false as "isGone"
    from messages where ${among}
    union all
    select id, space_id, external_id, member_id, true from deleted_messages where ${among}`.execute(tx);
  return new Map(found.rows.map((message) => [message.id, message]));
}

/** A stored message as far as a change of it needs to know it. Times in milliseconds since 1970 UTC. */
export interface StoredMessage {
  readonly id: string;
  readonly spaceId: string;
  readonly memberId: string;
  readonly text: string;
  readonly details: unknown;
  readonly sentAt: number;
  readonly editedAt: number | null;
  readonly replyToId: string | null;
}

/** A message by its id here, or by its id in its space; locked until the transaction ends. */
export type MessageKey = { readonly id: string } | { readonly spaceId: string; readonly externalId: string };

const storedColumns = sql`id, space_id as "spaceId", member_id as "memberId", text, details, reply_to_id as "replyToId",
  (extract(epoch from sent_at) * 1000)::float8 as "sentAt", (extract(epoch from edited_at) * 1000)::float8 as "editedAt"`;

/** The message; undefined when it is not stored. */
export async function lockMessage(tx: Tx, community: CommunityId, key: MessageKey): Promise<StoredMessage | undefined> {
  const which = "id" in key ? sql`id = ${key.id}` : sql`space_id = ${key.spaceId} and external_id = ${key.externalId}`;
  const found = await sql<StoredMessage>`
    select ${storedColumns} from messages where community_id = ${community} and ${which}
    order by id desc limit 1 for update`.execute(tx);
  return found.rows[0];
}

/** Those of these messages that are stored, by their ids; locked until the transaction ends. */
export async function lockMessages(
  tx: Tx,
  community: CommunityId,
  ids: readonly string[],
): Promise<Map<string, StoredMessage>> {
  const found = await sql<StoredMessage>`
    select ${storedColumns} from messages where community_id = ${community} and id = any(${[...ids]}::uuid[])
    order by id for update`.execute(tx);
  return new Map(found.rows.map((message) => [message.id, message]));
}

/** Keeps what a message says now as its next version, before it is changed. Returns the version's number, from 1. */
export async function keepVersion(
  tx: Tx,
  community: CommunityId,
  { message, at }: { readonly message: StoredMessage; readonly at: number },
): Promise<number> {
  const written = new Date(message.editedAt ?? message.sentAt);
  const kept = await sql<{ version: number }>`
    insert into message_versions (community_id, message_id, version, member_id, text, details, written_at, replaced_at)
    select m.community_id, m.id, 1 + (select coalesce(max(v.version), 0) from message_versions v
      where v.community_id = ${community} and v.message_id = m.id), m.member_id, m.text, m.details, ${written}, ${new Date(at)}
    from messages m where m.community_id = ${community} and m.id = ${message.id} returning version`.execute(tx);
  return kept.rows[0]?.version ?? 0;
}

/** Gives a message the links it has now; what was linked before is in its versions. */
export async function replaceLinks(
  tx: Tx,
  community: CommunityId,
  { id, links }: { readonly id: string; readonly links: readonly IncomingLink[] },
): Promise<void> {
  await sql`delete from message_links where community_id = ${community} and message_id = ${id}`.execute(tx);
  if (links.length === 0) return;
  await sql`
    insert into message_links (community_id, message_id, position, domain, url)
    select ${community}, ${id}, n - 1, domain, url
    from unnest(${links.map((link) => link.domain)}::text[], ${links.map((link) => link.url)}::text[])
      with ordinality l (domain, url, n)`.execute(tx);
}
