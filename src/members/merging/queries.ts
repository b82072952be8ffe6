import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { pageOf, type Page } from "#src/base/paging.ts";
import { personOf } from "../store/parts.ts";
import { accountsOfMembers, mergesOf, type MergeRow } from "./merge-store.ts";
import type { Merge } from "./model.ts";

const iso = (at: number): string => new Date(at).toISOString();

function shown(row: MergeRow, accounts: Merge["member"]["accounts"]): Merge {
  return {
    id: row.id,
    member: { id: row.memberId, name: row.memberName, accounts },
    into: { id: row.intoId, name: row.intoName },
    evidence: row.evidence === null ? null : [...row.evidence],
    mergedAt: iso(row.mergedAt),
    mergedBy: row.mergedByName,
    separatedAt: row.separatedAt === null ? null : iso(row.separatedAt),
    separatedBy: row.separatedByName,
  };
}

/** What was ever merged into a person or taken out of them, newest first. `before` is the id of the last one shown. */
export async function listMerges(
  tx: Tx,
  community: CommunityId,
  ask: { memberId: string; before: string | undefined; limit: number },
): Promise<Page<Merge>> {
  const personId = await personOf(tx, community, ask.memberId);
  const rows = await mergesOf(tx, community, { personId, before: ask.before, limit: ask.limit + 1 });
  const page = pageOf(rows, ask.limit, (row) => [row.id]);
  const accounts = await accountsOfMembers(
    tx,
    community,
    page.items.map((row) => row.memberId),
  );
  return { items: page.items.map((row) => shown(row, accounts.get(row.memberId) ?? [])), next: page.next };
}
