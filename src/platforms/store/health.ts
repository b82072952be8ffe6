import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { Checked } from "../adapter.ts";
import type { ConnectionFacts, Gap } from "../health.ts";

/** A connection that is about to be looked after. */
export interface ClaimedConnection {
  readonly community: string;
  readonly connectionId: string;
  readonly platform: string;
  readonly externalId: string;
  /** Since when nothing came through, in milliseconds since 1970 UTC; null when all was well. */
  readonly failingSince: number | null;
}

/** Takes connections that nobody has looked after since `before`; another process takes others. Times in milliseconds since 1970 UTC. */
export async function claimUnchecked(
  db: Db,
  ask: { platforms: readonly string[]; before: number; now: number; limit: number },
): Promise<ClaimedConnection[]> {
  const found = await sql<ClaimedConnection>`
    update connections c set checked_at = ${new Date(ask.now)}
    from (select n.community_id, n.id from connections n
      join communities m on m.id = n.community_id and m.deleted_at is null
      where n.is_on and n.platform = any(${[...ask.platforms]}) and (n.checked_at is null or n.checked_at < ${new Date(ask.before)})
      order by n.checked_at nulls first limit ${ask.limit} for update of n skip locked) n
    where c.community_id = n.community_id and c.id = n.id
    returning c.community_id as community, c.id as "connectionId", c.platform, c.external_id as "externalId",
      (extract(epoch from c.failing_since) * 1000)::float8 as "failingSince"`.execute(db);
  return found.rows;
}

/** Writes down what a look after a connection found. `now` in milliseconds since 1970 UTC. */
export async function writeChecked(
  db: Db,
  { community, connectionId }: Pick<ClaimedConnection, "community" | "connectionId">,
  { missing, failure, now }: Checked & { readonly now: number },
): Promise<void> {
  await sql`
    update connections set missing = ${[...missing]}, failure = ${failure ?? null},
      failing_since = case when ${failure === undefined} then null else coalesce(failing_since, ${new Date(now)}) end
    where community_id = ${community} and id = ${connectionId}`.execute(db);
}

/** Writes down that nothing was heard for a while, and why. */
export async function addGap(
  db: Db,
  { community, connectionId }: Pick<ClaimedConnection, "community" | "connectionId">,
  gap: Gap,
): Promise<void> {
  await sql`
    insert into connection_gaps (community_id, id, connection_id, from_at, until_at, reason)
    values (${community}, ${newId(gap.until)}, ${connectionId}, ${new Date(gap.from)}, ${new Date(gap.until)}, ${gap.reason})`.execute(
    db,
  );
}

/** Notes that something came in by a connection. `at` in milliseconds since 1970 UTC. */
export async function noteEvent(db: Db, community: CommunityId, event: { id: string; at: number }): Promise<void> {
  await sql`
    update connections set last_event_at = greatest(last_event_at, ${new Date(event.at)})
    where community_id = ${community} and id = ${event.id}`.execute(db);
}

const instant = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;
const DAY_MS = 86_400_000;
/** The gaps shown of a connection, the latest first. */
const GAPS_SHOWN = 5;

/** Every connection of a community with what is known of its health. `now` in milliseconds since 1970 UTC. */
export async function connectionFacts(tx: Tx, community: CommunityId, now: number): Promise<ConnectionFacts[]> {
  const found = await sql<ConnectionFacts>`
    select c.id, c.platform, c.name, c.is_on as "isOn", c.missing, c.failure, ${instant("c.created_at")} as "madeAt",
      ${instant("c.checked_at")} as "checkedAt", ${instant("c.failing_since")} as "failingSince",
      ${instant("c.last_event_at")} as "lastEventAt", ${instant("c.sealed_at")} as "tokenSince",
      ${instant("c.paused_until")} as "pausedUntil", coalesce(o.waiting, 0) as waiting, coalesce(o.unknown, 0) as unknown,
      coalesce(o.dead, 0) as dead, ${instant("o.oldest")} as "oldestWaitingAt",
      (select count(*) from receipts r where r.community_id = c.community_id and r.connection_id = c.id
        and r.received_at > ${new Date(now - DAY_MS)}) as "receivedToday",
      (select count(*) from live_quarantine q where q.community_id = c.community_id and q.connection_id = c.id
        and q.settled_at is null) as "setAside",
      coalesce((select json_agg(json_build_object('from', (extract(epoch from g.from_at) * 1000)::float8,
          'until', (extract(epoch from g.until_at) * 1000)::float8, 'reason', g.reason) order by g.until_at desc)
        from (select * from connection_gaps x where x.community_id = c.community_id and x.connection_id = c.id
          order by x.until_at desc limit ${GAPS_SHOWN}) g), '[]') as gaps
    from connections c left join (
      select connection_id, count(*) filter (where status in ('waiting', 'sending')) as waiting,
        count(*) filter (where status = 'unknown') as unknown, count(*) filter (where status = 'dead') as dead,
        min(due_at) filter (where status in ('waiting', 'sending')) as oldest
      from outbox where community_id = ${community} and status in ('waiting', 'sending', 'unknown', 'dead')
      group by 1) o on o.connection_id = c.id
    where c.community_id = ${community} order by c.created_at, c.id`.execute(tx);
  return found.rows;
}

/** A sort of row of the outbox. */
export interface OutboxFigure {
  readonly status: string;
  readonly rows: number;
  /** For how long the oldest has been due. */
  readonly oldestSeconds: number;
}

/** The rows of the outbox that are not over, by status, in all communities; a status without rows is left out. */
export async function outboxFigures(db: Db): Promise<OutboxFigure[]> {
  const found = await sql<OutboxFigure>`
    select status, count(*) as rows, greatest(0, extract(epoch from clock_timestamp() - min(due_at)))::float8 as "oldestSeconds"
    from outbox where status in ('waiting', 'sending', 'unknown', 'dead') group by status`.execute(db);
  return found.rows;
}
