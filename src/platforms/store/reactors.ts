import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { IncomingMessage } from "../model.ts";
import type { WriteRows } from "./copy.ts";

/** Stands for the live feed among imports; sorts before all of them. */
export const LIVE = "00000000-0000-0000-0000-000000000000";

/** Somebody's mark under a message that a batch brings. `at` in milliseconds since 1970 UTC, when it is known. */
export interface Reactor {
  readonly emoji: string;
  readonly memberId: string;
  readonly at: number | undefined;
}

const NOBODY: readonly Reactor[] = [];

/** Who put which mark under a message, each once. Whom `memberIds` does not lead to was erased, or could not be stored. */
export function reactorsOf({ reactions }: IncomingMessage, memberIds: ReadonlyMap<string, string>): readonly Reactor[] {
  if (reactions.length === 0) return NOBODY;
  const known = new Map<string, Reactor>();
  for (const { emoji, by } of reactions) {
    for (const { member, at } of by ?? []) {
      const memberId = memberIds.get(member.externalId);
      if (memberId === undefined) continue;
      const key = `${memberId} ${emoji}`;
      if (!known.has(key)) known.set(key, { emoji, memberId, at });
    }
  }
  return known.size === 0 ? NOBODY : [...known.values()];
}

/** The columns of `reactorRows`. */
export const REACTOR_COLUMNS = "community_id, message_id, emoji, member_id, reacted_at, told_by";

/** The marks of a message with those who put them, as COPY reads them. */
export function reactorRows({
  community,
  importId = LIVE,
}: {
  readonly community: CommunityId;
  readonly importId?: string | undefined;
}): WriteRows<{ readonly id: string; readonly reactors: readonly Reactor[] }> {
  return (rows, { id, reactors }) => {
    for (const { emoji, memberId, at } of reactors) {
      rows.begin(6);
      rows.uuid(community);
      rows.uuid(id);
      rows.text(emoji);
      rows.uuid(memberId);
      rows.instant(at);
      rows.uuidList(importId);
    }
  };
}

/** Messages that overlap and of which the staged batch names somebody who is not known to have marked them. */
export function namedAnew(community: CommunityId): RawBuilder<unknown> {
  return sql`select s.message_id from staged_reactors s join overlapping o on o.item_id = s.message_id
    where not exists (select from message_reactors r where r.community_id = ${community} and r.message_id = s.message_id
      and r.emoji = s.emoji and r.member_id = s.member_id)`;
}

/** Adds the staged marks to those that are known, and never counts fewer than are named. */
export async function mergeReactors(tx: Tx, community: CommunityId): Promise<void> {
  const columns = sql.raw(REACTOR_COLUMNS);
  const merged = await sql`
    insert into message_reactors as r (${columns}) select ${columns} from staged_reactors
    order by message_id, emoji, member_id
    on conflict (community_id, message_id, emoji, member_id) do update set told_by = r.told_by || excluded.told_by
    where not r.told_by @> excluded.told_by`.execute(tx);
  if (merged.numAffectedRows === 0n) return;
  await raiseCounts(tx, community, sql`(select message_id from staged_reactors)`);
}

async function raiseCounts(tx: Tx, community: CommunityId, messages: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into message_reactions as c (community_id, message_id, emoji, count)
    select ${community}, message_id, emoji, count(*) from message_reactors
    where community_id = ${community} and message_id in ${messages} group by message_id, emoji order by message_id, emoji
    on conflict (community_id, message_id, emoji) do update set count = excluded.count where c.count < excluded.count`.execute(
    tx,
  );
}

/** Counts at least as many marks under these messages as there are people known to have put them. */
export async function countNamed(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  await raiseCounts(tx, community, sql`(select unnest(${[...messageIds]}::uuid[]))`);
}

/** Forgets that an import told of marks under messages behind one id up to another; of whom nobody else told, they go. */
export async function forgetTelling(
  tx: Tx,
  community: CommunityId,
  { importId, after, last }: { readonly importId: string; readonly after: string; readonly last: string },
): Promise<void> {
  const told = sql`community_id = ${community} and message_id > ${after} and message_id <= ${last}`;
  await sql`delete from message_reactors where ${told} and told_by = array[${importId}::uuid]`.execute(tx);
  await sql`
    update message_reactors set told_by = array_remove(told_by, ${importId}::uuid)
    where ${told} and told_by @> array[${importId}::uuid]`.execute(tx);
}

/** Somebody's mark under a message. `at` in milliseconds since 1970 UTC. */
export interface Mark {
  readonly messageId: string;
  readonly emoji: string;
  readonly memberId: string;
  readonly at: number;
}

/** Writes a mark down and counts it; false when it was there already. */
export async function addReactor(
  tx: Tx,
  community: CommunityId,
  { messageId, emoji, memberId, at }: Mark,
): Promise<boolean> {
  const added = await sql`
    insert into message_reactors (community_id, message_id, emoji, member_id, reacted_at)
    values (${community}, ${messageId}, ${emoji}, ${memberId}, ${new Date(at)}) on conflict do nothing`.execute(tx);
  if (added.numAffectedRows === 0n) {
    await tellLive(tx, community, { messageId, emoji, memberId, at });
    return false;
  }
  await sql`
    insert into message_reactions as r (community_id, message_id, emoji, count)
    values (${community}, ${messageId}, ${emoji}, 1)
    on conflict (community_id, message_id, emoji) do update set count = r.count + 1`.execute(tx);
  await countInEditions(tx, community, { messageId, emoji, by: 1 });
  return true;
}

/** A mark that an import brought was put for all to see: undoing the import leaves it. */
async function tellLive(tx: Tx, community: CommunityId, { messageId, emoji, memberId }: Mark): Promise<void> {
  await sql`
    update message_reactors set told_by = told_by || ${LIVE}::uuid
    where community_id = ${community} and message_id = ${messageId} and emoji = ${emoji} and member_id = ${memberId}
      and not told_by @> array[${LIVE}::uuid]`.execute(tx);
}

/** What is marked now would be so as well if one of the imports that tell differently of the message had never been. */
async function countInEditions(
  tx: Tx,
  community: CommunityId,
  { messageId, emoji, by }: { messageId: string; emoji: string; by: 1 | -1 },
): Promise<void> {
  await sql`
    update import_overlaps set edition = jsonb_set(edition, array['reactions', ${emoji}],
      to_jsonb(greatest(0, coalesce((edition->'reactions'->>${emoji})::int, 0) + ${by}::int)))
    where community_id = ${community} and item_id = ${messageId} and edition is not null`.execute(tx);
}

/**
 * Takes a mark back and counts it off; false when nobody had put it there. Of marks that only an import or a total knows
 * nobody knows whose they are, so one of those may be meant.
 */
export async function removeReactor(tx: Tx, community: CommunityId, mark: Mark): Promise<boolean> {
  const { messageId, emoji, memberId } = mark;
  const which = sql`community_id = ${community} and message_id = ${messageId} and emoji = ${emoji}`;
  const known = await sql<{ nameless: boolean }>`
    select r.count > (select count(*) from message_reactors where ${which}) as nameless
    from message_reactions r where ${which} for update`.execute(tx);
  const removed = await sql`delete from message_reactors where ${which} and member_id = ${memberId}`.execute(tx);
  if (removed.numAffectedRows === 0n && known.rows[0]?.nameless !== true) return false;
  await sql`delete from message_reactions where ${which} and count = 1`.execute(tx);
  await sql`update message_reactions set count = count - 1 where ${which} and count > 1`.execute(tx);
  await countInEditions(tx, community, { messageId, emoji, by: -1 });
  return true;
}

/** Replaces a message's totals. */
export async function countReactions(
  tx: Tx,
  community: CommunityId,
  { messageId, counts }: { messageId: string; counts: readonly { emoji: string; count: number }[] },
): Promise<void> {
  await sql`delete from message_reactions where community_id = ${community} and message_id = ${messageId}`.execute(tx);
  await sql`
    insert into message_reactions (community_id, message_id, emoji, count)
    select ${community}, ${messageId}, emoji, sum(count)
    from unnest(${counts.map((each) => each.emoji)}::text[], ${counts.map((each) => each.count)}::int[]) c (emoji, count)
    where count > 0 group by emoji`.execute(tx);
}
