import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { type Action, type NewOutboxRow, priorities, type Settlement } from "../outbox/model.ts";

/** The channel on which processes hear that there is something to send. */
export const OUTBOX_CHANNEL = "veche_outbox";

/** Writes rows and wakes whoever sends them; those whose key is known stay as they are. `now` in milliseconds since 1970 UTC. */
export async function addRows(
  tx: Tx,
  community: CommunityId,
  { rows, now }: { readonly rows: readonly NewOutboxRow[]; readonly now: number },
): Promise<void> {
  const written = rows.map((row) => ({
    id: newId(now),
    connection_id: row.connectionId,
    target: row.target,
    priority: priorities[row.priority],
    key: row.key,
    action: row.action,
    due_at: new Date(row.dueAt ?? now).toISOString(),
  }));
  await sql`
    insert into outbox (community_id, id, connection_id, target, priority, key, action, due_at, created_at)
    select ${community}, r.id, r.connection_id, r.target, r.priority, r.key, r.action, r.due_at, ${new Date(now)}
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as r (id uuid, connection_id uuid, target text,
      priority smallint, key text, action jsonb, due_at timestamptz)
    on conflict (community_id, connection_id, key) do nothing`.execute(tx);
  await sql`select pg_notify(${OUTBOX_CHANNEL}, ${community})`.execute(tx);
}

/** Tells the platform's wish to be left alone for a while. `until` in milliseconds since 1970 UTC. */
export async function pauseConnection(db: Db, place: Omit<OutboxPlace, "now">, until: number): Promise<void> {
  await sql`
    update connections set paused_until = greatest(paused_until, ${new Date(until)})
    where community_id = ${place.community} and id = ${place.connectionId}`.execute(db);
}

/** A connection with something to send. Times in milliseconds since 1970 UTC. */
export interface DueConnection {
  readonly community: string;
  readonly connectionId: string;
  readonly platform: string;
  readonly externalId: string;
  /** Whether something is due, as far as one can tell without looking at what stands before it. */
  readonly isDue: boolean;
  /** When the next becomes due that is not yet; null when nothing does. */
  readonly nextAt: number | null;
}

/** Connections of all communities with rows that wait, or that a process died with. */
export async function dueConnections(db: Db, now: number): Promise<DueConnection[]> {
  const at = new Date(now);
  const due = sql`case when o.status = 'sending' then o.held_until else greatest(o.due_at, c.paused_until) end`;
  const found = await sql<DueConnection>`
    select o.community_id as community, o.connection_id as "connectionId", c.platform, c.external_id as "externalId",
      coalesce(bool_or(${due} <= ${at}), false) as "isDue",
      (extract(epoch from min(${due}) filter (where ${due} > ${at})) * 1000)::float8 as "nextAt"
    from outbox o join connections c on c.community_id = o.community_id and c.id = o.connection_id and c.is_on
    join communities m on m.id = o.community_id and m.deleted_at is null
    where o.status in ('waiting', 'sending') group by 1, 2, 3, 4`.execute(db);
  return found.rows;
}

/** A connection of a community, and the instant (milliseconds since 1970 UTC). */
export interface OutboxPlace {
  readonly community: CommunityId;
  readonly connectionId: string;
  readonly now: number;
}

/** A row that this process may send until its lease ends. */
export interface TakenRow {
  readonly id: string;
  readonly key: string;
  readonly action: Action;
  readonly attempts: number;
  readonly fence: number;
}

/**
 * Takes the next row that is due, for so long. A row waits for older ones of its target and priority, those included of
 * which nobody knows what became of them. Several processes may take rows at once.
 */
export async function takeRow(
  db: Db,
  { community, connectionId, now }: OutboxPlace,
  leaseMs: number,
): Promise<TakenRow | undefined> {
  const [at, until] = [new Date(now), new Date(now + leaseMs)];
  const taken = await sql<TakenRow>`
    update outbox o set status = 'sending', attempts = o.attempts + 1, fence = o.fence + 1, held_until = ${until}
    where o.community_id = ${community} and o.id = (
      select n.id from outbox n where n.community_id = ${community} and n.connection_id = ${connectionId}
        and n.status = 'waiting' and n.due_at <= ${at} and not exists (
          select from connections c where c.community_id = ${community} and c.id = ${connectionId}
            and (c.paused_until > ${at} or not c.is_on)) and not exists (
          select from outbox e where e.community_id = ${community} and e.connection_id = ${connectionId}
            and e.target = n.target and e.priority = n.priority and e.position < n.position
            and e.status in ('waiting', 'sending', 'unknown'))
      order by n.priority, n.position limit 1 for update skip locked) and o.status = 'waiting'
    returning o.id, o.key, o.action, o.attempts, o.fence`.execute(db);
  return taken.rows[0];
}

/**
 * Rows whose process died with them: where the platform knows idempotency they wait again, elsewhere nobody knows what
 * became of them. Returns how many there were.
 */
export async function releaseDead(
  db: Db,
  { community, connectionId, now }: OutboxPlace,
  isIdempotent: boolean,
): Promise<number> {
  const released = await sql`
    update outbox set status = ${isIdempotent ? "waiting" : "unknown"}, fence = fence + 1, held_until = null,
      error = ${isIdempotent ? null : "interrupted"}
    where community_id = ${community} and connection_id = ${connectionId} and status = 'sending'
      and held_until < ${new Date(now)}`.execute(db);
  return Number(released.numAffectedRows ?? 0n);
}

/** How an attempt ended for its row. */
export interface RowEnd {
  readonly status: "waiting" | "sent" | "unknown" | "dead";
  readonly dueAt?: number;
  readonly externalId?: string;
  readonly error?: string;
  /** An attempt that the platform put off does not count. */
  readonly uncounted?: boolean;
}

/** Writes down how an attempt ended; false when the row was taken over meanwhile, and nothing is written. */
export async function endAttempt(
  db: Db,
  { community, now }: OutboxPlace,
  { row, end }: { readonly row: TakenRow; readonly end: RowEnd },
): Promise<boolean> {
  const { status, dueAt, externalId, error, uncounted } = end;
  const isOver = status === "sent" || status === "dead";
  const ended = await sql`
    update outbox set status = ${status}, due_at = coalesce(${dueAt === undefined ? null : new Date(dueAt)}, due_at),
      external_id = ${externalId ?? null}, error = ${error ?? null}, held_until = null,
      attempts = attempts - ${uncounted === true ? 1 : 0}, ended_at = ${isOver ? new Date(now) : null}
    where community_id = ${community} and id = ${row.id} and fence = ${row.fence} and status = 'sending'`.execute(db);
  return ended.numAffectedRows === 1n;
}

/** A person's word about a row that is unknown or dead, or that has not gone out yet and is not to; false when it is none. */
export async function settleRow(
  tx: Tx,
  community: CommunityId,
  { id, settlement, now }: { readonly id: string; readonly settlement: Settlement; readonly now: number },
): Promise<boolean> {
  const status = { sent: "sent", again: "waiting", drop: "dropped" }[settlement];
  const ended = settlement === "again" ? null : new Date(now);
  const settled = await sql`
    update outbox set status = ${status}, ended_at = ${ended}, due_at = ${new Date(now)}, attempts = 0, error = null
    where community_id = ${community} and id = ${id}
      and (status in ('unknown', 'dead') or ${settlement === "drop"} and status = 'waiting')`.execute(tx);
  // What waited behind it may go now.
  await sql`select pg_notify(${OUTBOX_CHANNEL}, ${community})`.execute(tx);
  return settled.numAffectedRows === 1n;
}
