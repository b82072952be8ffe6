import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { FOUNDERS, type HandTick, type LaunchFacts } from "./model.ts";

type Row = { [K in keyof LaunchFacts]: LaunchFacts[K] | null };

const at = (instant: ReturnType<typeof sql>) => sql`(extract(epoch from ${instant}) * 1000)::float8`;

/** The last time the team changed this setting of the hub, by the record of who did what. */
const changed = (field: string) => sql`(select max(t.at) from trail t where t.community_id = c.id
  and t.operation = 'changeHub' and ${field} = any(string_to_array(t.details->>'changed', ', ')))`;

/** What has happened in a community on its way to being open. */
export async function launchFacts(tx: Tx, community: CommunityId): Promise<LaunchFacts> {
  const found = await sql<Row>`
    select coalesce(h.is_open, false) as "isOpen", coalesce(h.joining, 'everyone') as joining,
      coalesce(h.rules, '') <> '' as "hasRules",
      ${at(sql`(select min(s.created_at) from hub_boards b join spaces s on s.community_id = b.community_id and s.id = b.id
        where b.community_id = c.id)`)} as "openedAt",
      ${at(changed("joining"))} as "joiningChosenAt", ${at(changed("rules"))} as "rulesAt",
      ${at(sql`(select min(i.made_at) from hub_invitations i where i.community_id = c.id)`)} as "invitedAt",
      (select coalesce(sum(i.used), 0)::int from hub_invitations i where i.community_id = c.id) as invited,
      ${at(sql`(select a.joined_at from hub_accounts a where a.community_id = c.id and a.user_id is null
        order by a.joined_at offset ${FOUNDERS - 1} limit 1)`)} as "foundersAt",
      ${at(sql`(select p.sent_at from hub_posts p where p.community_id = c.id and not p.as_team order by p.sent_at limit 1)`)} as "firstPostAt",
      ${at(sql`(select min(t.pinned_at) from hub_topics t where t.community_id = c.id and t.deleted_at is null)`)} as "pinnedAt",
      ${at(sql`(select min(t.at) from trail t where t.community_id = c.id
        and t.operation in ('createAuditLink', 'createAuditLetter'))`)} as "reportAt"
    from communities c left join hubs h on h.community_id = c.id where c.id = ${community}`.execute(tx);
  const [row] = found.rows;
  if (row === undefined) throw new Error("a community without a row");
  const told = Object.entries(row).map(([name, value]) => [name, value ?? undefined]);
  // The very row, with undefined for null.
  return Object.fromEntries(told) as LaunchFacts;
}

/** What the team ticked by hand; `put-away` among it while nobody wants to see the list. */
export async function ticksOf(tx: Tx, community: CommunityId): Promise<HandTick[]> {
  const found = await sql<HandTick>`
    select step, by_name as by, ${at(sql`ticked_at`)} as at from hub_launch_ticks
    where community_id = ${community}`.execute(tx);
  return found.rows;
}

/** Ticks a step, or takes the tick back. `at` in milliseconds since 1970 UTC. */
export async function writeTick(
  tx: Tx,
  community: CommunityId,
  { step, at: tickedAt, by, isDone }: HandTick & { isDone: boolean },
): Promise<void> {
  if (!isDone) {
    await sql`delete from hub_launch_ticks where community_id = ${community} and step = ${step}`.execute(tx);
    return;
  }
  await sql`
    insert into hub_launch_ticks (community_id, step, ticked_at, by_name)
    values (${community}, ${step}, ${new Date(tickedAt)}, ${by}) on conflict do nothing`.execute(tx);
}
