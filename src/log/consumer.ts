import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Fact, FactKind } from "#src/events.ts";

/**
 * Somebody who reads the log in batches and keeps tables of their own. `react` and the move of the cursor are one
 * transaction; it is called again with the same facts after a crash before the commit, so it must be safe to repeat,
 * and it must be set-based: one statement for a batch, never one for a fact.
 */
export interface Consumer {
  /** Stays the same for ever: the cursor is kept under it. */
  readonly name: string;
  readonly kinds: readonly FactKind[];
  /** The most facts in one call. */
  readonly batch: number;
  /**
   * Facts that may wait for more of their kind: what they change is counted at most once in so many milliseconds. Without
   * it everything is read as soon as it is told; a fact of another kind takes those that wait along.
   */
  readonly gathers?: { readonly kinds: readonly FactKind[]; readonly ms: number };
  react(tx: Tx, community: CommunityId, facts: readonly Fact[]): Promise<void>;
  /** Empties what this consumer has derived for the community, before the log is read again from the beginning. */
  reset(tx: Tx, community: CommunityId): Promise<void>;
}

/** The facts of the kinds named, typed as such. */
export function factsOf<K extends FactKind>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}
