import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** Where the history of some spaces (all when none is named) came from. */
export async function readOrigin(
  tx: Tx,
  community: CommunityId,
  spaceIds: readonly string[],
): Promise<{ platforms: string[]; isImported: boolean }> {
  const found = await sql<{ platforms: string[] | null; isImported: boolean }>`
    select array_agg(distinct platform) as platforms, exists (select from imports where community_id = ${community}) as "isImported"
    from spaces where community_id = ${community} and (${spaceIds.length === 0} or id = any(${[...spaceIds]}::uuid[]))`.execute(
    tx,
  );
  return { platforms: found.rows[0]?.platforms ?? [], isImported: found.rows[0]?.isImported ?? false };
}
