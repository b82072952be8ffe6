import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { GroupRequest, RequestState } from "./model.ts";

/** A wish to belong about to be kept. `at` in milliseconds since 1970 UTC. */
export interface NewRequest {
  readonly id: string;
  readonly groupId: string;
  readonly accountId: string;
  readonly text: string;
  readonly at: number;
}

/** Keeps a wish; false when one of the same member waits already. */
export async function addRequest(tx: Tx, community: CommunityId, wish: NewRequest): Promise<boolean> {
  const added = await sql`
    insert into hub_group_requests (community_id, id, group_id, account_id, text, made_at, state)
    values (${community}, ${wish.id}, ${wish.groupId}, ${wish.accountId}, ${wish.text}, ${new Date(wish.at)}, 'waiting')
    on conflict do nothing returning 1`.execute(tx);
  return added.rows.length > 0;
}

/** What somebody asked last of a group; undefined when they never did. */
export async function lastRequest(
  tx: Tx,
  community: CommunityId,
  { groupId, accountId }: { groupId: string; accountId: string },
): Promise<{ id: string; state: RequestState; reason: string } | undefined> {
  const found = await sql<{ id: string; state: RequestState; reason: string }>`
    select id, state, reason from hub_group_requests where community_id = ${community} and account_id = ${accountId}
      and group_id = ${groupId} order by id desc limit 1`.execute(tx);
  return found.rows[0];
}

/** Wishes of one group: those that wait with the oldest first, the decided with the latest first. */
export async function requestsOf(
  tx: Tx,
  community: CommunityId,
  ask: { groupId: string; isWaiting: boolean; after: string | undefined; limit: number },
): Promise<GroupRequest[]> {
  const { groupId, isWaiting, after, limit } = ask;
  const behind = isWaiting ? sql`r.id > ${after ?? null}` : sql`r.id < ${after ?? null}`;
  const found = await sql<GroupRequest>`
    select r.id, a.member_id as "memberId", coalesce(m.name, '') as name, r.text, r.state, r.reason,
      to_char(r.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "madeAt"
    from hub_group_requests r
    join hub_accounts a on a.community_id = r.community_id and a.id = r.account_id and a.left_at is null
    left join members m on m.community_id = a.community_id and m.id = a.member_id
    where r.community_id = ${community} and r.group_id = ${groupId} and (r.state = 'waiting') = ${isWaiting}
      and ${after === undefined ? sql`true` : behind}
    order by r.id ${isWaiting ? sql`asc` : sql`desc`} limit ${limit}`.execute(tx);
  return found.rows;
}

/** Whose wish was decided. */
export interface SettledRequest {
  readonly groupId: string;
  readonly groupNumber: number;
  readonly accountId: string;
  readonly memberId: string;
}

/** Decides about a wish that waits, for a group that stands; undefined when there is none. `at` in milliseconds since 1970 UTC. */
export async function settleRequest(
  tx: Tx,
  community: CommunityId,
  settled: { id: string; state: Exclude<RequestState, "waiting">; reason: string; at: number },
): Promise<SettledRequest | undefined> {
  const { id, state, reason, at } = settled;
  const done = await sql<SettledRequest>`
    update hub_group_requests r set state = ${state}, reason = ${reason}, settled_at = ${new Date(at)}
    from hub_groups g, hub_accounts a
    where r.community_id = ${community} and r.id = ${id} and r.state = 'waiting'
      and g.community_id = r.community_id and g.id = r.group_id and g.deleted_at is null
      and a.community_id = r.community_id and a.id = r.account_id
    returning r.group_id as "groupId", g.number as "groupNumber", r.account_id as "accountId", a.member_id as "memberId"`.execute(
    tx,
  );
  return done.rows[0];
}
