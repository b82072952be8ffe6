import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { NewFact } from "#src/events.ts";
import { append } from "#src/log/append.ts";
import type { Marked } from "../store/marks.ts";
import { closeMerge, findMerge, insertMerge, type Decider } from "./merge-store.ts";
import { headOf, join, separate, type PersonTree } from "./person-tree.ts";
import type { Reason } from "./model.ts";
import { lockPeople, readTree, writeTree } from "./tree-store.ts";

/** A person who was merged or taken apart: `personId` is who stayed, `memberId` who joined or left. */
export interface MergeOutcome {
  readonly mergeId: string;
  readonly personId: string;
  readonly memberId: string;
}

/** What somebody wants merged. */
export interface MergeWish {
  readonly memberId: string;
  readonly intoId: string;
  readonly evidence?: readonly Reason[] | undefined;
  readonly by: Decider;
  readonly now: number;
}

async function treeOf(tx: Tx, community: CommunityId, memberId: string): Promise<PersonTree> {
  return (await readTree(tx, community, memberId)) ?? refuse("not-found", "members.unknown");
}

function factsOf(kind: "members.merged" | "members.unmerged", told: { now: number } & MergeOutcome & Moved): NewFact[] {
  const { now, mergeId, personId, moved, marked } = told;
  const memberIds = moved.map((part) => part.memberId);
  const marks = marked.map((payload): NewFact => ({ kind: "member.marked", happenedAt: now, payload }));
  return [{ kind, happenedAt: now, payload: { mergeId, personId, memberIds } }, ...marks];
}

interface Moved {
  readonly moved: PersonTree;
  readonly marked: readonly Marked[];
}

/**
 * Makes one person part of another. Messages, accounts, tags and notes stay with the member they belong to; whatever is
 * counted of people is counted anew. Refuses unknown people and two who are one already.
 */
export async function mergeMembers(tx: Tx, community: CommunityId, wish: MergeWish): Promise<MergeOutcome> {
  await lockPeople(tx, community);
  const joining = await treeOf(tx, community, wish.memberId);
  const into = await treeOf(tx, community, wish.intoId);
  const [memberId, personId] = [headOf(joining).memberId, headOf(into).memberId];
  if (memberId === personId) return refuse("conflict", "members.same-person");
  const marked = await writeTree(tx, community, join(joining, into));
  const mergeId = await insertMerge(tx, community, { ...wish, memberId, intoId: personId, evidence: wish.evidence });
  const outcome = { mergeId, personId, memberId };
  await append(tx, community, factsOf("members.merged", { ...outcome, now: wish.now, moved: joining, marked }));
  return outcome;
}

/**
 * Takes a merge back: whoever was merged is a person again, with everybody merged into them before or since, and
 * everything is as if they had never been one. Refuses a merge that was taken back already.
 */
export async function separateMembers(
  tx: Tx,
  community: CommunityId,
  { mergeId, by, now }: { mergeId: string; by: Decider; now: number },
): Promise<MergeOutcome> {
  await lockPeople(tx, community);
  const merge = await findMerge(tx, community, mergeId);
  if (merge === undefined) return refuse("not-found", "members.no-such-merge");
  if (merge.separatedAt !== null) return refuse("conflict", "members.separated-already");
  const { memberId } = merge;
  const tree = await treeOf(tx, community, memberId);
  const personId = headOf(tree).memberId;
  const { leaving, staying } = separate(tree, memberId);
  const marked = [...(await writeTree(tx, community, staying)), ...(await writeTree(tx, community, leaving))];
  await closeMerge(tx, community, { id: mergeId, by, now });
  const outcome = { mergeId, personId, memberId };
  await append(tx, community, factsOf("members.unmerged", { ...outcome, now, moved: leaving, marked }));
  return outcome;
}
