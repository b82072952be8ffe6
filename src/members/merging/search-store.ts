import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Search } from "./model.ts";

/** The last search of a community as stored; instants in milliseconds since 1970 UTC. */
export interface SearchRow {
  readonly status: Search["status"];
  readonly stage: Search["stage"];
  readonly share: number;
  readonly accounts: number;
  readonly found: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly completeAt: number | null;
}

/** A search whose process said nothing for so long is dead, and may be taken over. In seconds. */
const SILENCE = 60;

const at = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;

/** The last search; undefined when there was none. */
export async function readSearch(tx: Tx | Db, community: CommunityId): Promise<SearchRow | undefined> {
  const found = await sql<SearchRow>`
    select status, stage, share, accounts, found, ${at("started_at")} as "startedAt",
      ${at("finished_at")} as "finishedAt", ${at("complete_at")} as "completeAt"
    from suggestion_searches where community_id = ${community}`.execute(tx);
  return found.rows[0];
}

/** Puts a search in line, unless one waits or runs. */
export async function askForSearch(tx: Tx | Db, community: CommunityId, now: number): Promise<void> {
  await sql`
    insert into suggestion_searches as s (community_id, status, stage, share, accounts, found, asked_at)
    values (${community}, 'waiting', 'reading', 0, 0, 0, to_timestamp(${now / 1000}))
    on conflict (community_id) do update set status = 'waiting', stage = 'reading', share = 0, found = 0,
      asked_at = excluded.asked_at, started_at = null, finished_at = null
    where s.status in ('cancelled', 'failed', 'done')`.execute(tx);
}

/** Stops a search: at once if it waits, at its next pause if it runs. False when there is nothing to stop. */
export async function stopSearch(tx: Tx, community: CommunityId, now: number): Promise<boolean> {
  const done = await sql`
    update suggestion_searches set status = case when status = 'waiting' then 'cancelled' else 'cancelling' end,
      finished_at = case when status = 'waiting' then to_timestamp(${now / 1000}) end
    where community_id = ${community} and status in ('waiting', 'running')`.execute(tx);
  return done.numAffectedRows === 1n;
}

/** Takes the search that waits, or one whose process died. False when there is none or another process is at it. */
export async function takeSearch(db: Db, community: CommunityId, now: number): Promise<boolean> {
  const done = await sql`
    update suggestion_searches set status = 'running', started_at = to_timestamp(${now / 1000}), heartbeat_at = now()
    where community_id = ${community} and (status = 'waiting'
      or status in ('running', 'cancelling') and heartbeat_at < now() - make_interval(secs => ${SILENCE}))`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Notes how far a search is. False when it shall stop. */
export async function noteSearch(
  db: Db,
  community: CommunityId,
  progress: { stage: Search["stage"]; share: number; accounts: number },
): Promise<boolean> {
  const done = await sql<{ status: string }>`
    update suggestion_searches set stage = ${progress.stage}, share = ${progress.share},
      accounts = ${progress.accounts}, heartbeat_at = now()
    where community_id = ${community} returning status`.execute(db);
  return done.rows[0]?.status === "running";
}

/** Notes how a search ended. */
export async function endSearch(
  db: Db | Tx,
  community: CommunityId,
  end: { status: "done" | "cancelled" | "failed" | "waiting"; found: number; now: number },
): Promise<void> {
  const now = sql`to_timestamp(${end.now / 1000})`;
  await sql`
    update suggestion_searches set status = ${end.status}, found = ${end.found}, finished_at = ${now},
      share = case when ${end.status} = 'done' then 1 else share end,
      complete_at = case when ${end.status} = 'done' then ${now} else complete_at end
    where community_id = ${community}`.execute(db);
}

/**
 * Communities in which a search waits or has died, and those of several platforms whose list of members was renewed
 * since the last search that came to its end.
 */
export async function communitiesToSearch(db: Db): Promise<{ id: string; isAsked: boolean }[]> {
  const found = await sql<{ id: string; isAsked: boolean }>`
    select community_id as id, true as "isAsked" from suggestion_searches where status = 'waiting'
      or status in ('running', 'cancelling') and heartbeat_at < now() - make_interval(secs => ${SILENCE})
    union all
    select l.community_id, false from member_lists l
    left join suggestion_searches s on s.community_id = l.community_id
    where (s.community_id is null or s.status = 'done' and l.renewed_at > s.started_at)
      and (select count(distinct platform) from spaces p where p.community_id = l.community_id) > 1`.execute(db);
  return found.rows;
}
