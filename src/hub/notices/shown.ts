import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { isForGroups } from "../store/circles.ts";
import { MOST_COUNTED, type Notice, type NoticeKey } from "./kinds.ts";

/** A page of somebody's notices: what they may see of them now. */
export interface NoticesAsk {
  readonly accountId: string;
  readonly boardIds: readonly string[];
  readonly unreadOnly: boolean;
  /** The key of the last one before: `at` in milliseconds since 1970 UTC. */
  readonly after: readonly [number, string, number, number] | undefined;
  readonly limit: number;
}

/** Somebody's notices, the latest first, without those of topics that are gone or in boards they may not read any more. */
export async function noticesOf(tx: Tx, community: CommunityId, ask: NoticesAsk): Promise<Notice[]> {
  const [at, kind, topic, number] = ask.after ?? [];
  const behind =
    at === undefined
      ? sql`true`
      : sql`(n.at, n.kind, n.topic, n.number) < (${new Date(at)}, ${kind}, ${topic}, ${number})`;
  const found = await sql<Omit<Notice, "at"> & { at: Date }>`
    select n.kind, n.topic, n.number, coalesce(t.title, g.name, '') as title, n.first, n.count, coalesce(m.name, '') as actor, n.at,
      n.read_at is not null as "isRead"
    from hub_notices n
    left join hub_topics t on t.community_id = n.community_id and t.number = n.topic
    left join hub_groups g on g.community_id = n.community_id and n.kind = 'group' and g.number = n.number
    left join members m on m.community_id = n.community_id and m.id = n.actor_id
    where n.community_id = ${community} and n.account_id = ${ask.accountId} and n.in_hub
      and (n.topic = 0 or (t.deleted_at is null and t.board_id = any(${[...ask.boardIds]}::uuid[])))
      and ${ask.unreadOnly ? sql`n.read_at is null` : sql`true`} and ${behind}
    order by n.at desc, n.kind desc, n.topic desc, n.number desc limit ${ask.limit}`.execute(tx);
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/**
 * How many unread notices there are for an account `a`, with its reader's groups in `groups`: a part of the question that each
 * page begins with. At most one more than is ever shown.
 */
export function unreadOf(groups: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(select count(*)::int from (select from hub_notices n
    left join hub_topics t on t.community_id = n.community_id and t.number = n.topic
    where n.community_id = a.community_id and n.account_id = a.id and n.read_at is null and n.in_hub
      and (n.topic = 0 or (t.deleted_at is null and (a.user_id is not null or t.board_id = any(array(
        select b.id from hub_boards b where b.community_id = a.community_id and ${isForGroups(groups)})))))
    limit ${MOST_COUNTED + 1}) unread)`;
}

const asRead = (at: number) =>
  sql`read_at = ${new Date(at)}, last = case when n.kind = 'reaction' then n.count else n.last end`;

/** Marks one notice as read, or without a key all of an account. `at` in milliseconds since 1970 UTC. */
export async function readNotices(
  tx: Tx,
  community: CommunityId,
  which: { accountId: string; key: NoticeKey | undefined; at: number },
): Promise<void> {
  const { accountId, key, at } = which;
  const only =
    key === undefined ? sql`true` : sql`n.kind = ${key.kind} and n.topic = ${key.topic} and n.number = ${key.number}`;
  await sql`
    update hub_notices n set ${asRead(at)} where n.community_id = ${community} and n.account_id = ${accountId}
      and n.read_at is null and ${only}`.execute(tx);
}

/** Notices removed in one statement. */
const AT_ONCE = 5_000;

/** Removes what was told before an instant (milliseconds since 1970 UTC), community by community in small steps. */
export async function forgetNotices(db: Db, before: number, signal: AbortSignal): Promise<void> {
  const found = await sql<{ id: string }>`select community_id as id from hubs`.execute(db);
  for (const { id } of found.rows) {
    let some = AT_ONCE;
    while (some === AT_ONCE && !signal.aborted) {
      const gone = await sql`
        delete from hub_notices where community_id = ${id} and (account_id, kind, topic, number) in (
          select account_id, kind, topic, number from hub_notices where community_id = ${id} and at < ${new Date(before)}
          limit ${AT_ONCE})`.execute(db);
      some = Number(gone.numAffectedRows ?? 0);
    }
  }
}
