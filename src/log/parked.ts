import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Fact, FactKind } from "#src/events.ts";
import type { Consumer } from "./consumer.ts";

/** A fact that a consumer could not digest and went on without. */
export interface ParkedFact {
  readonly consumer: string;
  readonly seq: number;
  readonly kind: FactKind;
  /** The failure's name and code; never what a member wrote. */
  readonly error: string;
  readonly attempts: number;
  /** Milliseconds since 1970 UTC. */
  readonly parkedAt: number;
}

/** How far a consumer has read in a community. */
export interface Reading {
  readonly consumer: string;
  readonly read: number;
  readonly head: number;
}

/** Facts that wait for a person, the oldest first; at most `limit`, after the one named. */
export async function parkedFacts(
  tx: Tx,
  community: CommunityId,
  page: { after?: { consumer: string; seq: number }; limit: number },
): Promise<ParkedFact[]> {
  const found = await sql<ParkedFact>`
    select p.consumer, p.seq, f.kind, p.error, p.attempts, (extract(epoch from p.parked_at) * 1000)::float8 as "parkedAt"
    from parked_facts p join facts f on f.community_id = p.community_id and f.seq = p.seq
    where p.community_id = ${community} and p.settled_at is null
      and (p.consumer, p.seq) > (${page.after?.consumer ?? ""}, ${page.after?.seq ?? 0})
    order by p.consumer, p.seq limit ${page.limit}`.execute(tx);
  return found.rows;
}

/** Where the consumers stand in a community. */
export async function readings(tx: Tx, community: CommunityId, consumers: readonly string[]): Promise<Reading[]> {
  const found = await sql<Reading>`
    select n.name as consumer, coalesce(c.seq, 0) as read, coalesce(h.seq, 0) as head from unnest(${[...consumers]}::text[]) n (name)
    left join cursors c on c.community_id = ${community} and c.consumer = n.name
    left join log_heads h on h.community_id = ${community} order by 1`.execute(tx);
  return found.rows;
}

/**
 * Hands a parked fact to its consumer once more, in one transaction with marking it settled. Throws what the consumer
 * throws, and the fact stays parked; refuses when it is not parked.
 */
export async function retryParked(
  databases: Databases,
  consumer: Consumer,
  place: { community: CommunityId; seq: number },
): Promise<void> {
  const { community, seq } = place;
  await databases.asOwner(async (tx) => {
    const found = await sql<Fact>`
      select f.seq, f.kind, (extract(epoch from f.happened_at) * 1000)::float8 as "happenedAt", f.payload
      from parked_facts p join facts f on f.community_id = p.community_id and f.seq = p.seq
      where p.community_id = ${community} and p.consumer = ${consumer.name} and p.seq = ${seq} and p.settled_at is null
      for update of p`.execute(tx);
    if (found.rows.length === 0) refuse("not-found", "log.not-parked", { seq });
    await consumer.react(tx, community, found.rows);
    await settleParked(tx, community, { consumer: consumer.name, seq });
  });
}

/** Lets a parked fact rest: nothing is done with it. Refuses when it is not parked. */
export async function settleParked(
  tx: Tx,
  community: CommunityId,
  which: { consumer: string; seq: number },
): Promise<void> {
  const settled = await sql`
    update parked_facts set settled_at = now() where community_id = ${community} and consumer = ${which.consumer}
      and seq = ${which.seq} and settled_at is null`.execute(tx);
  if (settled.numAffectedRows === 0n) refuse("not-found", "log.not-parked", { seq: which.seq });
}
