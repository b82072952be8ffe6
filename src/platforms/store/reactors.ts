import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

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
  if (added.numAffectedRows === 0n) return false;
  await sql`
    insert into message_reactions as r (community_id, message_id, emoji, count)
    values (${community}, ${messageId}, ${emoji}, 1)
    on conflict (community_id, message_id, emoji) do update set count = r.count + 1`.execute(tx);
  return true;
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
