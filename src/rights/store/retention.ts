import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { RetentionKind } from "../model.ts";

/** A rule as it is kept. */
export interface RuleRow {
  readonly kind: RetentionKind;
  readonly days: number;
  readonly appliedAt: Date | null;
  readonly removed: number;
}

/** The rules of a community. */
export async function rulesOf(tx: Tx, community: CommunityId): Promise<RuleRow[]> {
  const found = await sql<RuleRow>`
    select kind, days, applied_at as "appliedAt", removed from retention_rules
    where community_id = ${community} order by kind`.execute(tx);
  return found.rows;
}

/** Communities with rules that are not deleted. */
export async function communitiesWithRules(db: Db): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct r.community_id as id from retention_rules r
    join communities c on c.id = r.community_id and c.deleted_at is null order by 1`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** Sets a rule; without days it goes, and everything of that kind is kept from then on. */
export async function setRule(
  tx: Tx,
  community: CommunityId,
  rule: { kind: RetentionKind; days: number | undefined; by: string | null; at: number },
): Promise<void> {
  if (rule.days === undefined) {
    await sql`delete from retention_rules where community_id = ${community} and kind = ${rule.kind}`.execute(tx);
    return;
  }
  await sql`
    insert into retention_rules (community_id, kind, days, set_at, set_by)
    values (${community}, ${rule.kind}, ${rule.days}, ${new Date(rule.at)}, ${rule.by})
    on conflict (community_id, kind) do update set days = excluded.days, set_at = excluded.set_at, set_by = excluded.set_by`.execute(
    tx,
  );
}

/** Notes what a rule removed. */
export async function noteApplied(
  tx: Tx,
  community: CommunityId,
  done: { kind: RetentionKind; removed: number; at: number },
): Promise<void> {
  await sql`
    update retention_rules set applied_at = ${new Date(done.at)}, removed = removed + ${done.removed}
    where community_id = ${community} and kind = ${done.kind}`.execute(tx);
}

/** What is older than an instant, in milliseconds since 1970 UTC, by kind: the condition and the table it holds for. */
function older(community: CommunityId, kind: RetentionKind, before: number) {
  const at = new Date(before);
  const mine = sql`community_id = ${community}`;
  switch (kind) {
    case "message-texts":
      return {
        table: sql`messages`,
        where: sql`${mine} and sent_at < ${at} and (text <> '' or details is not null or forwarded_from is not null)`,
      };
    case "broken-pieces":
      return {
        table: sql`(select community_id, quarantined_at as came_at from quarantine
          union all select community_id, received_at from live_quarantine where raw <> '') pieces`,
        where: sql`${mine} and came_at < ${at}`,
      };
    case "closed-requests":
      return {
        table: sql`data_requests`,
        where: sql`${mine} and state <> 'open' and answered_at < ${at} and (asked_by <> '' or details <> '' or answer <> '')`,
      };
  }
}

/** How much of a kind is older than an instant. */
export async function countOlder(
  tx: Tx,
  community: CommunityId,
  ask: { kind: RetentionKind; before: number },
): Promise<number> {
  const { table, where } = older(community, ask.kind, ask.before);
  const found = await sql<{ count: number }>`select count(*) as count from ${table} where ${where}`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** Closed requests that are too old lose who asked and what was written; that there was one stays. */
export async function forgetRequests(tx: Tx, community: CommunityId, before: number): Promise<number> {
  const { where } = older(community, "closed-requests", before);
  const done = await sql`
    update data_requests set asked_by = '', details = '', answer = '' where ${where}`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}
