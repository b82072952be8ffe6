import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { emptyOldPosts } from "#src/hub/actions.ts";
import { forgetOldPieces } from "#src/imports/actions.ts";
import { emptyOldTexts } from "#src/platforms/erasure.ts";
import { forgetOldAsides } from "#src/platforms/live/aside.ts";
import { record } from "#src/trail/actions.ts";
import type { RetentionKind } from "./model.ts";
import { forgetRequests, noteApplied, type RuleRow, rulesOf } from "./store/retention.ts";

const DAY = 86_400_000;
/** Messages, or posts of the hub, emptied in one transaction. */
const AT_ONCE = 5_000;

/** The instant before which everything of a kind is too old; both in milliseconds since 1970 UTC. */
export function oldBefore(days: number, now: number): number {
  return now - days * DAY;
}

/** What applying rules needs. */
export interface Retaining {
  readonly databases: Databases;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

async function removeOld(
  { databases, signal }: Retaining,
  community: CommunityId,
  { kind, before }: { kind: RetentionKind; before: number },
): Promise<number> {
  if (kind === "closed-requests") return databases.asOwner((tx) => forgetRequests(tx, community, before));
  if (kind === "broken-pieces")
    return databases.asOwner(
      async (tx) => (await forgetOldPieces(tx, community, before)) + (await forgetOldAsides(tx, community, before)),
    );
  const old = { before, limit: AT_ONCE };
  await inParts(signal, () => databases.asOwner((tx) => emptyOldPosts(tx, community, old)));
  return inParts(signal, () => databases.asOwner((tx) => emptyOldTexts(tx, community, old)));
}

/** Works in transactions of at most `AT_ONCE` until one has less to do; returns how much was done. */
async function inParts(signal: AbortSignal, work: () => Promise<number>): Promise<number> {
  let done = 0;
  let some = AT_ONCE;
  while (some === AT_ONCE && !signal.aborted) {
    some = await work();
    done += some;
  }
  return done;
}

async function applyRule(retaining: Retaining, community: CommunityId, { kind, days }: RuleRow): Promise<void> {
  const { databases, now } = retaining;
  const removed = await removeOld(retaining, community, { kind, before: oldBefore(days, now()) });
  await databases.asOwner((tx) => noteApplied(tx, community, { kind, removed, at: now() }));
  if (removed === 0) return;
  const details = { kind, days, removed };
  await record(databases, community, { at: now(), actor: { kind: "machine" }, operation: "applyRetention", details });
}

/** Removes what a community keeps longer than its rules allow. What was removed is in the audit log. Safe to repeat. */
export async function applyRules(retaining: Retaining, community: CommunityId): Promise<void> {
  for (const rule of await retaining.databases.asOwner((tx) => rulesOf(tx, community)))
    if (!retaining.signal.aborted) await applyRule(retaining, community, rule);
}
