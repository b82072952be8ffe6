import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { type Page, pageOf } from "#src/base/paging.ts";
import type { Erasure } from "./model.ts";
import { type ErasureRow, listErasures } from "./store/erasures.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An erasure as it is told: without what the person was called. */
export function toldErasure(row: ErasureRow): Erasure {
  const { id, memberId, state, resume, report, failure, askedBy, askedAt, finishedAt } = row;
  const times = { askedAt: askedAt.toISOString(), finishedAt: iso(finishedAt) };
  return { id, memberId, state, step: resume.step, report, failure, askedBy, ...times };
}

/** A page of erasures, newest first. */
export async function erasuresPage(
  tx: Tx,
  community: CommunityId,
  ask: { before: string | undefined; limit: number },
): Promise<Page<Erasure>> {
  const rows = await listErasures(tx, community, { before: ask.before, limit: ask.limit + 1 });
  const { items, next } = pageOf(rows, ask.limit, (row) => [row.id]);
  return { items: items.map(toldErasure), next };
}
