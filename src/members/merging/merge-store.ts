import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { partsOf } from "../store/parts.ts";
import type { Account } from "../model.ts";
import type { Reason } from "./model.ts";

/** Who decided. */
export interface Decider {
  readonly id: string;
  readonly name: string;
}

/** A decision that two members are one person, and perhaps that they are not. */
export interface MergeRow {
  readonly id: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly intoId: string;
  readonly intoName: string;
  readonly evidence: readonly Reason[] | null;
  /** Milliseconds since 1970 UTC. */
  readonly mergedAt: number;
  readonly mergedByName: string;
  readonly separatedAt: number | null;
  readonly separatedByName: string | null;
}

/** A merge that is about to be written down. */
export interface NewMerge {
  readonly memberId: string;
  readonly intoId: string;
  readonly evidence: readonly Reason[] | undefined;
  readonly by: Decider;
  readonly now: number;
}

/** Writes a merge down; returns its id. */
export async function insertMerge(tx: Tx, community: CommunityId, merge: NewMerge): Promise<string> {
  const id = newId(merge.now);
  const evidence = merge.evidence === undefined ? null : JSON.stringify(merge.evidence);
  await sql`
    insert into member_merges (community_id, id, member_id, into_id, evidence, merged_at, merged_by, merged_by_name)
    values (${community}, ${id}, ${merge.memberId}, ${merge.intoId}, ${evidence}::jsonb,
      to_timestamp(${merge.now / 1000}), ${merge.by.id}, ${merge.by.name})`.execute(tx);
  return id;
}

const columns = sql`g.id, g.member_id as "memberId", coalesce(a.name, '') as "memberName", g.into_id as "intoId",
  coalesce(b.name, '') as "intoName", g.evidence, (extract(epoch from g.merged_at) * 1000)::float8 as "mergedAt",
  g.merged_by_name as "mergedByName", (extract(epoch from g.separated_at) * 1000)::float8 as "separatedAt",
  g.separated_by_name as "separatedByName"`;

function selectMerges(community: CommunityId, condition: RawBuilder<unknown>): RawBuilder<MergeRow> {
  return sql<MergeRow>`
    select ${columns} from member_merges g
    left join members a on a.community_id = g.community_id and a.id = g.member_id
    left join members b on b.community_id = g.community_id and b.id = g.into_id
    where g.community_id = ${community} and ${condition}`;
}

/** One merge; undefined when there is none of that id. */
export async function findMerge(tx: Tx, community: CommunityId, id: string): Promise<MergeRow | undefined> {
  return (await selectMerges(community, sql`g.id = ${id}`).execute(tx)).rows[0];
}

/** Notes who took a merge back. */
export async function closeMerge(
  tx: Tx,
  community: CommunityId,
  { id, by, now }: { id: string; by: Decider; now: number },
): Promise<void> {
  await sql`
    update member_merges set separated_at = to_timestamp(${now / 1000}), separated_by = ${by.id},
      separated_by_name = ${by.name} where community_id = ${community} and id = ${id}`.execute(tx);
}

/** Everything that was ever merged into this person or taken out of it, and into what it was merged; newest first. */
export async function mergesOf(
  tx: Tx,
  community: CommunityId,
  ask: { personId: string; before: string | undefined; limit: number },
): Promise<MergeRow[]> {
  const parts = partsOf(community, ask.personId);
  const older = ask.before === undefined ? sql`true` : sql`g.id < ${ask.before}`;
  const found = await sql<MergeRow>`
    ${selectMerges(community, sql`(g.member_id in ${parts} or g.into_id in ${parts}) and ${older}`)}
    order by g.id desc limit ${ask.limit}`.execute(tx);
  return found.rows;
}

/** The accounts of each of these members alone, whatever they are part of; up to five of each. */
export async function accountsOfMembers(
  tx: Tx,
  community: CommunityId,
  memberIds: readonly string[],
): Promise<Map<string, Account[]>> {
  const found = await sql<Account & { memberId: string }>`
    select m.id as "memberId", i.platform, i.external_id as "externalId", i.name, i.username
    from unnest(${[...new Set(memberIds)]}::uuid[]) m (id) cross join lateral (
      select * from identities where community_id = ${community} and member_id = m.id order by id limit 5) i`.execute(
    tx,
  );
  const accounts = new Map<string, Account[]>();
  for (const { memberId, ...account } of found.rows)
    accounts.set(memberId, [...(accounts.get(memberId) ?? []), account]);
  return accounts;
}
