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

async function turnFace(tx: Tx, community: CommunityId, turn: { memberId: string; from: string; to: string }) {
  const turned = await sql`
    update hub_files set purpose = ${turn.to} where community_id = ${community} and member_id = ${turn.memberId}
      and purpose = ${turn.from}`.execute(tx);
  return (turned.numAffectedRows ?? 0n) > 0n;
}

/** Keeps a member's picture where nobody sees it, as long as they can come back; says whether there was one. */
export async function putFaceAway(tx: Tx, community: CommunityId, memberId: string): Promise<boolean> {
  return turnFace(tx, community, { memberId, from: "avatar", to: "away" });
}

/** Shows a member's picture again that was put away; says whether there was one. */
export async function showFaceAgain(tx: Tx, community: CommunityId, memberId: string): Promise<boolean> {
  return turnFace(tx, community, { memberId, from: "away", to: "avatar" });
}

/** Deletes a member's picture in every size, put away or not; says whether there was one. */
export async function dropFace(tx: Tx, community: CommunityId, memberId: string): Promise<boolean> {
  const gone = await sql`
    delete from hub_files where community_id = ${community} and member_id = ${memberId}
      and purpose in ('avatar', 'away')`.execute(tx);
  return (gone.numAffectedRows ?? 0n) > 0n;
}
