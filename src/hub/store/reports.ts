import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { ENOUGH_TO_KNOW_BY } from "./posts.ts";

/** A post that somebody asked the team to look at. */
export interface ReportRow {
  readonly id: string;
  readonly topic: number;
  readonly title: string;
  readonly number: number;
  readonly reporter: string;
  readonly author: string;
  readonly reason: string;
  /** How the stored message begins, with its markup; empty when nothing of it is left. */
  readonly text: string;
  readonly madeAt: Date;
  readonly isSettled: boolean;
}

/** Keeps a report; the same person's second one of the same post replaces the first. `at` in milliseconds since 1970 UTC. */
export async function addReport(
  tx: Tx,
  community: CommunityId,
  report: { id: string; topic: number; number: number; accountId: string; reason: string; at: number },
): Promise<void> {
  await sql`
    insert into hub_reports (community_id, id, topic, number, account_id, reason, made_at)
    values (${community}, ${report.id}, ${report.topic}, ${report.number}, ${report.accountId}, ${report.reason},
      ${new Date(report.at)})
    on conflict (community_id, topic, number, account_id) do update set reason = excluded.reason,
      made_at = excluded.made_at, settled_at = null, settled_by = null`.execute(tx);
}

/** Reports, the oldest first; `after` is the id of the last one before. */
export async function reportsOf(
  tx: Tx,
  community: CommunityId,
  ask: { settled: boolean; after: string | undefined; limit: number },
): Promise<ReportRow[]> {
  const found = await sql<ReportRow>`
    select r.id, r.topic, t.title, r.number, coalesce(w.name, '') as reporter, coalesce(m.name, '') as author, r.reason,
      left(coalesce(said.text, ''), ${ENOUGH_TO_KNOW_BY}) as text, r.made_at as "madeAt", r.settled_at is not null as "isSettled"
    from hub_reports r
    join hub_topics t on t.community_id = r.community_id and t.number = r.topic
    join hub_posts p on p.community_id = r.community_id and p.topic = r.topic and p.number = r.number
    left join messages said on said.community_id = p.community_id and said.id = p.message_id
    join hub_accounts a on a.community_id = r.community_id and a.id = r.account_id
    left join members w on w.community_id = a.community_id and w.id = a.member_id
    left join members m on m.community_id = p.community_id and m.id = p.member_id
    where r.community_id = ${community} and (r.settled_at is not null) = ${ask.settled}
      and ${ask.after === undefined ? sql`true` : sql`r.id > ${ask.after}`}
    order by r.id limit ${ask.limit}`.execute(tx);
  return found.rows;
}

/** Marks a report as looked at, or as waiting again; false when there is none. `at` in milliseconds since 1970 UTC. */
export async function settleReport(
  tx: Tx,
  community: CommunityId,
  which: { id: string; at: number | undefined; by: string },
): Promise<boolean> {
  const settled = await sql`
    update hub_reports set settled_at = ${which.at === undefined ? null : new Date(which.at)}, settled_by = ${which.by}
    where community_id = ${community} and id = ${which.id} returning 1`.execute(tx);
  return settled.rows.length > 0;
}
