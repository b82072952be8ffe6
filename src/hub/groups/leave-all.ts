import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { takePeople } from "./people.ts";
import { tellOfPeople } from "./tell.ts";

/**
 * Takes a member out of every group they are in by hand or by their wish, and tells it; to be called last in its transaction.
 * Whom a tag or a segment keeps in is the team's affair. `at` in milliseconds since 1970 UTC.
 */
export async function leaveAllGroups(
  tx: Tx,
  community: CommunityId,
  { memberId, at }: { memberId: string; at: number },
): Promise<void> {
  const found = await sql<{ groupId: string }>`
    select distinct group_id as "groupId" from hub_group_members
    where community_id = ${community} and member_id = ${memberId} and came_by <> 'rule' order by 1`.execute(tx);
  const told = [];
  for (const { groupId } of found.rows) {
    const memberIds = await takePeople(tx, community, { groupId, memberIds: [memberId] });
    told.push({ kind: "group.left" as const, groupId, memberIds, at });
  }
  await tellOfPeople(tx, community, told);
}
