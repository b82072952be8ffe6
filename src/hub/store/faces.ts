import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** Sides of a member's picture, in pixels: beside a line at three times its size, and on their own page. */
export const SMALL_FACE = 96;
export const LARGE_FACE = 256;

/** The id of a member's picture of this side, or null: a part of a question whose rows have `community_id` and this column. */
export function faceOf(
  owner: { community: RawBuilder<unknown>; member: RawBuilder<unknown> },
  side: typeof SMALL_FACE | typeof LARGE_FACE,
): RawBuilder<string | null> {
  return sql<string | null>`(select v.id from hub_files v where v.community_id = ${owner.community}
    and v.member_id = ${owner.member} and v.purpose = 'avatar' and v.width = ${sql.lit(side)})`;
}

/** Deletes a member's picture in every size; says whether there was one. */
export async function dropFace(tx: Tx, community: CommunityId, memberId: string): Promise<boolean> {
  const gone = await sql`
    delete from hub_files where community_id = ${community} and member_id = ${memberId} and purpose = 'avatar'`.execute(
    tx,
  );
  return (gone.numAffectedRows ?? 0n) > 0n;
}
