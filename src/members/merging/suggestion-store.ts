import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import type { Suggestion } from "./matching/suggest.ts";
import type { Decider } from "./merge-store.ts";
import type { Reason } from "./model.ts";

/** A suggestion as stored, of the persons its two are now. */
export interface SuggestionRow {
  readonly id: string;
  readonly memberId: string;
  readonly otherId: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** Milliseconds since 1970 UTC. */
  readonly foundAt: number;
  readonly dismissedAt: number | null;
  readonly dismissedByName: string | null;
}

const resolved = sql`
  select s.id, s.score, s.reasons, s.found_at, s.dismissed_at, s.dismissed_by_name, s.community_id,
    coalesce(a.person_id, s.member_id) as member_id, coalesce(b.person_id, s.other_id) as other_id
  from member_suggestions s
  left join member_parts a on a.community_id = s.community_id and a.member_id = s.member_id
  left join member_parts b on b.community_id = s.community_id and b.member_id = s.other_id`;

const columns = sql`id, member_id as "memberId", other_id as "otherId", score, reasons,
  (extract(epoch from found_at) * 1000)::float8 as "foundAt",
  (extract(epoch from dismissed_at) * 1000)::float8 as "dismissedAt", dismissed_by_name as "dismissedByName"`;

/** Which suggestions: those that wait, or those somebody said no to. */
export interface SuggestionsAsk {
  readonly dismissed: boolean;
  readonly after: { readonly score: number; readonly id: string } | undefined;
  readonly limit: number;
}

/** Suggestions whose two are still two people that are there, the surest first. */
export async function readSuggestions(tx: Tx, community: CommunityId, ask: SuggestionsAsk): Promise<SuggestionRow[]> {
  const { dismissed, after, limit } = ask;
  const beyond = after === undefined ? sql`true` : sql`(s.score, s.id) < (${after.score}::float8, ${after.id}::uuid)`;
  const found = await sql<SuggestionRow>`
    select ${columns} from (${resolved}
      where s.community_id = ${community} and (s.dismissed_at is not null) = ${dismissed} and ${beyond}
        and coalesce(a.person_id, s.member_id) <> coalesce(b.person_id, s.other_id)
        and exists (select from members m where m.community_id = s.community_id and m.id = s.member_id)
        and exists (select from members m where m.community_id = s.community_id and m.id = s.other_id)
      order by s.score desc, s.id desc limit ${limit}) s
    order by score desc, id desc`.execute(tx);
  return found.rows;
}

/** How many wait for a decision. */
export async function countWaiting(tx: Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from (${resolved} where s.community_id = ${community} and s.dismissed_at is null
      and coalesce(a.person_id, s.member_id) <> coalesce(b.person_id, s.other_id)) s`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** One suggestion; undefined when there is none of that id. */
export async function findSuggestion(tx: Tx, community: CommunityId, id: string): Promise<SuggestionRow | undefined> {
  const found = await sql<SuggestionRow>`
    select ${columns} from (${resolved} where s.community_id = ${community} and s.id = ${id}) s`.execute(tx);
  return found.rows[0];
}

/** Notes that two people are not one, or that this is open again. False when there is no such suggestion. */
export async function decideSuggestion(
  tx: Tx,
  community: CommunityId,
  decision: { id: string; dismissed: boolean; by: Decider; now: number },
): Promise<boolean> {
  const { id, dismissed, by, now } = decision;
  const done = await sql`
    update member_suggestions set dismissed_at = ${dismissed ? sql`to_timestamp(${now / 1000})` : sql`null`},
      dismissed_by = ${dismissed ? by.id : null}, dismissed_by_name = ${dismissed ? by.name : null}
    where community_id = ${community} and id = ${id}`.execute(tx);
  return done.numAffectedRows === 1n;
}

/**
 * Puts what was found in place of what waited before. What is found again keeps its id, so that a page that shows it can
 * still decide it; whoever was dismissed stays so, also as part of somebody. Returns how many wait now.
 */
export async function replaceSuggestions(
  tx: Tx | Db,
  community: CommunityId,
  { found, now }: { found: readonly Suggestion[]; now: number },
): Promise<number> {
  const rows = JSON.stringify(found.map((each) => ({ ...each, id: newId(now) })));
  const kept = await sql<{ id: string }>`
    insert into member_suggestions as s (community_id, id, member_id, other_id, score, reasons, found_at)
    select ${community}, f.id, f."memberId", f."otherId", f.score, f.reasons, to_timestamp(${now / 1000})
    from jsonb_to_recordset(${rows}::jsonb) f (id uuid, "memberId" uuid, "otherId" uuid, score float8, reasons jsonb)
    where not exists (select from (${resolved} where s.community_id = ${community} and s.dismissed_at is not null) d
      where least(d.member_id, d.other_id) = f."memberId" and greatest(d.member_id, d.other_id) = f."otherId")
    on conflict (community_id, member_id, other_id) do update set score = excluded.score, reasons = excluded.reasons,
      found_at = excluded.found_at where s.dismissed_at is null
    returning id`.execute(tx);
  await sql`
    delete from member_suggestions where community_id = ${community} and dismissed_at is null
      and id <> all(${kept.rows.map((row) => row.id)}::uuid[])`.execute(tx);
  return kept.rows.length;
}
