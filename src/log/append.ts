import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { NewFact } from "#src/events.ts";

/** The channel on which every process hears that a community's log has grown. The payload is the community's id. */
export const LOG_CHANNEL = "veche_log";

/**
 * Tells facts in the transaction that made them true. Numbers are reserved by one update of the community's counter
 * row, whose lock is held to the commit: so call it last, after everything slow. Returns the last number.
 */
export async function append(tx: Tx, community: CommunityId, facts: readonly NewFact[]): Promise<number> {
  const told = await sql<{ seq: number }>`
    with head as (
      insert into log_heads as head (community_id, seq) values (${community}, ${facts.length})
      on conflict (community_id) do update set seq = head.seq + excluded.seq returning seq),
    told as (
      insert into facts (community_id, seq, kind, happened_at, recorded_at, payload)
      select ${community}, head.seq - ${facts.length} + f.n, f.fact->>'kind',
        to_timestamp((f.fact->>'happenedAt')::float8 / 1000), clock_timestamp(), f.fact->'payload'
      from head cross join jsonb_array_elements(${JSON.stringify(facts)}::jsonb) with ordinality f (fact, n))
    select seq, pg_notify(${LOG_CHANNEL}, ${community}) from head`.execute(tx);
  return told.rows[0]?.seq ?? 0;
}
