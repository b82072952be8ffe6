import { auditQuerySchema } from "#src/analytics/model.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { segmentName } from "#src/members/queries.ts";
import { namesOfSpaces } from "./links/store.ts";
import type { Shown } from "./model.ts";

/** What a kept question shows, with the names its spaces have today. */
export async function shownOf(
  tx: Tx,
  community: CommunityId,
  kept: { query: unknown; names: boolean },
): Promise<Shown> {
  const { from, to, spaces, segment, savedSegment: id } = auditQuerySchema.parse(kept.query);
  return {
    from: from ?? null,
    to: to ?? null,
    spaces: await namesOfSpaces(tx, community, spaces),
    segment,
    savedSegment: id === undefined ? null : { id, name: (await segmentName(tx, community, id)) ?? null },
    names: kept.names,
  };
}
