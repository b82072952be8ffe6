import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt } from "#src/base/ids.ts";
import { lockIntake } from "./store/erased.ts";
import {
  endOfRange,
  giveBack,
  removeMessages,
  removeMoves,
  removePeople,
  removeSpaces,
  spanOfMoves,
  unlinkAnswers,
} from "./store/withdrawn.ts";

/** From when to when something happened, in milliseconds since 1970 UTC, both included. */
export interface Span {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The span that holds both. */
export function spanOver(a: Span | undefined, b: Span | undefined): Span | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { firstAt: Math.min(a.firstAt, b.firstAt), lastAt: Math.max(a.lastAt, b.lastAt) };
}

/** Whose messages are taken out again, and when the import says they were sent. */
export interface Withdrawal {
  readonly importId: string;
  readonly span: Span | undefined;
}

/**
 * Begins to take out what an import brought: comings and goings go, and answers that stay let go of the messages that
 * will not. Says what besides the import's own time counts otherwise from now on. Safe to repeat.
 */
export async function beginWithdrawal(
  tx: Tx,
  community: CommunityId,
  { importId, span }: Withdrawal,
): Promise<{ moves: number; touched: Span | undefined }> {
  const moved = await spanOfMoves(tx, community, importId);
  const moves = await removeMoves(tx, community, importId);
  if (span === undefined) return { moves, touched: moved };
  const range = { importId, after: idAt(span.firstAt), last: idAt(span.lastAt + 1) };
  return { moves, touched: spanOver(moved, await unlinkAnswers(tx, community, range)) };
}

/** What of a stretch was done. */
export interface WithdrawnStretch {
  /** The last message that was looked at; undefined behind the end. */
  readonly last: string | undefined;
  readonly removed: number;
  /** Messages that stay because another import brought them too. */
  readonly kept: number;
}

/**
 * Takes out a stretch of what an import brought, in the order of ids, behind `after` (undefined for the beginning) at most
 * `limit` messages on. What other imports or the live feed brought as well stays, as they told it. Safe to repeat.
 */
export async function withdrawStretch(
  tx: Tx,
  community: CommunityId,
  { importId, span, after, limit }: Withdrawal & { after: string | undefined; limit: number },
): Promise<WithdrawnStretch> {
  if (span === undefined) return { last: undefined, removed: 0, kept: 0 };
  const begin = after ?? idAt(span.firstAt);
  const last = await endOfRange(tx, community, { after: begin, last: idAt(span.lastAt + 1), limit });
  if (last === undefined) return { last, removed: 0, kept: 0 };
  const range = { importId, after: begin, last };
  const removed = await removeMessages(tx, community, range);
  return { last, removed, kept: await giveBack(tx, community, range) };
}

/**
 * Waits until whatever is being stored in the community is stored, and keeps what comes next waiting until the transaction
 * ends: whoever is looked at as one of whom nothing is left cannot be writing meanwhile. To be called first of all.
 */
export async function holdIntake(tx: Tx, community: CommunityId): Promise<void> {
  await lockIntake(tx, community);
}

/** Takes out people and spaces of whom nothing is left. The caller has made sure of that, behind `holdIntake`. */
export async function removeEmptied(
  tx: Tx,
  community: CommunityId,
  emptied: { memberIds: readonly string[]; spaceIds: readonly string[] },
): Promise<void> {
  await removePeople(tx, community, emptied.memberIds);
  await removeSpaces(tx, community, emptied.spaceIds);
}
