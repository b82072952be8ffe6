import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { Fact } from "#src/events.ts";
import type { Consumer } from "./consumer.ts";

/** The right to read one community's log for one consumer. Work done under an older fence cannot be committed. */
export interface Lease {
  readonly community: CommunityId;
  readonly consumer: string;
  readonly holder: string;
  readonly fence: number;
}

/** A holder that dies is replaced after this long. */
const LEASE_SECONDS = 30;

/** Takes or prolongs the lease; undefined while somebody else holds it. */
export async function takeLease(
  db: Db,
  community: CommunityId,
  ask: { consumer: string; holder: string },
): Promise<Lease | undefined> {
  const taken = await sql<{ fence: number }>`
    insert into consumer_leases as lease (community_id, consumer, holder, fence, held_until)
    values (${community}, ${ask.consumer}, ${ask.holder}, 1, now() + make_interval(secs => ${LEASE_SECONDS}))
    on conflict (community_id, consumer) do update set
      holder = excluded.holder, held_until = excluded.held_until,
      fence = lease.fence + case when lease.holder = excluded.holder then 0 else 1 end
    where lease.holder = excluded.holder or lease.held_until < now()
    returning fence`.execute(db);
  const fence = taken.rows[0]?.fence;
  return fence === undefined ? undefined : { community, ...ask, fence };
}

/** Gives the lease back, so that another process need not wait for its end. */
export async function returnLease(db: Db, lease: Lease): Promise<void> {
  await sql`
    update consumer_leases set held_until = now() where community_id = ${lease.community}
      and consumer = ${lease.consumer} and holder = ${lease.holder} and fence = ${lease.fence}`.execute(db);
}

/** Whether the lease still stands; locks it until the transaction ends, so that nobody can take it over before the commit. */
export async function leaseStands(tx: Tx, lease: Lease): Promise<boolean> {
  const found = await sql`
    select from consumer_leases where community_id = ${lease.community} and consumer = ${lease.consumer}
      and holder = ${lease.holder} and fence = ${lease.fence} for update`.execute(tx);
  return found.rows.length === 1;
}

/** Facts after the cursor that the consumer wants, and how far the cursor may move when they are done. */
export interface Batch {
  readonly from: number;
  readonly facts: readonly Fact[];
  readonly until: number;
}

/** The next facts for a consumer; undefined when it has read everything. */
export async function nextBatch(db: Db, community: CommunityId, consumer: Consumer): Promise<Batch | undefined> {
  const where = await sql<{ head: number; cursor: number }>`
    select h.seq as head, coalesce(c.seq, 0) as cursor from log_heads h
    left join cursors c on c.community_id = h.community_id and c.consumer = ${consumer.name}
    where h.community_id = ${community}`.execute(db);
  const { head, cursor } = where.rows[0] ?? { head: 0, cursor: 0 };
  if (head <= cursor) return undefined;
  const found = await sql<Fact>`
    select seq, kind, (extract(epoch from happened_at) * 1000)::float8 as "happenedAt", payload from facts
    where community_id = ${community} and seq > ${cursor} and seq <= ${head} and kind = any(${[...consumer.kinds]})
    order by seq limit ${consumer.batch}`.execute(db);
  const facts = found.rows;
  const until = facts.length < consumer.batch ? head : (facts.at(-1)?.seq ?? head);
  return { from: cursor, facts, until };
}

/** Remembers how far the consumer has read, and whether there was something to digest. */
export async function moveCursor(
  tx: Tx,
  lease: Lease,
  { seq, digested }: { readonly seq: number; readonly digested: boolean },
): Promise<void> {
  await sql`
    insert into cursors as c (community_id, consumer, seq, digested_at)
    values (${lease.community}, ${lease.consumer}, ${seq}, case when ${digested} then clock_timestamp() end)
    on conflict (community_id, consumer) do update
      set seq = excluded.seq, digested_at = coalesce(excluded.digested_at, c.digested_at)`.execute(tx);
}

/** Puts a fact aside that the consumer could not digest. `error` is the failure's name and code, without user text. */
export async function parkFact(tx: Tx, lease: Lease, parked: { seq: number; error: string }): Promise<void> {
  await sql`
    insert into parked_facts as p (community_id, consumer, seq, error, parked_at)
    values (${lease.community}, ${lease.consumer}, ${parked.seq}, ${parked.error}, now())
    on conflict (community_id, consumer, seq) do update
      set attempts = p.attempts + 1, error = excluded.error, parked_at = excluded.parked_at, settled_at = null`.execute(
    tx,
  );
}

/** A community in which a consumer has facts to read. */
export interface Behind {
  readonly id: string;
  /** For so many milliseconds all that it has to read may wait for more; 0 when it is to be read now. */
  readonly waitMs: number;
  /** The last number of the community's log. */
  readonly head: number;
}

/**
 * Communities in which the consumer has facts to read. `looked` says up to which number of a log it is known that nothing
 * there is to be read at once: a log that grows while facts gather need not be searched from the cursor each time.
 */
export async function communitiesBehind(
  db: Db,
  { name, kinds, gathers = { kinds: [], ms: 0 } }: Pick<Consumer, "name" | "kinds" | "gathers">,
  looked: ReadonlyMap<string, number> = new Map(),
): Promise<Behind[]> {
  const urgent = kinds.filter((kind) => !gathers.kinds.includes(kind));
  const found = await sql<Behind>`
    select h.community_id as id, h.seq as head, case when c.digested_at is null or exists (
        select from facts f where f.community_id = h.community_id and f.seq > greatest(c.seq, looked.seq)
          and f.kind = any(${urgent})) then 0
      else greatest(0, ${gathers.ms} - extract(epoch from clock_timestamp() - c.digested_at) * 1000)::float8 end as "waitMs"
    from log_heads h
    left join cursors c on c.community_id = h.community_id and c.consumer = ${name}
    left join unnest(${[...looked.keys()]}::uuid[], ${[...looked.values()]}::bigint[]) as looked (id, seq)
      on looked.id = h.community_id
    where h.seq > coalesce(c.seq, 0) and not exists (
      select from communities d where d.id = h.community_id and d.deleted_at is not null)`.execute(db);
  return found.rows;
}

/** A name under which one process holds its leases. */
export function newHolder(): string {
  return newId(Date.now());
}
