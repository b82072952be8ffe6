import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Marked } from "../store/marks.ts";
import { decide } from "./person-tree.ts";
import { readTree, writeTree } from "./tree-store.ts";

/**
 * Gives the marks of these members to everything else that is the same person, after `lockPeople`. Returns whom it
 * marked beside them.
 */
export async function spreadMarks(tx: Tx, community: CommunityId, marked: readonly Marked[]): Promise<Marked[]> {
  const others: Marked[] = [];
  for (const { memberId, isStaff, isBot } of marked) {
    const tree = await readTree(tx, community, memberId);
    if (tree === undefined || tree.length === 1) continue;
    others.push(...(await writeTree(tx, community, decide(tree, { isStaff, isBot }))));
  }
  return others;
}
