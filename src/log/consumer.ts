import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import type { Jobs } from "#src/base/jobs.ts";
import type { Fact, FactKind } from "#src/events.ts";

/** What waking a job takes. */
export interface Waking {
  readonly databases: Databases;
  readonly jobs: Pick<Jobs, "send">;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

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
  /**
   * Has jobs run at once that what was digested has made work for, instead of by their clock. Called after the commit and lost
   * with the process, so the clock stays behind it; it is asked often and should ask little.
   */
  wakes?(tools: Waking, community: CommunityId): Promise<void>;
  /** Empties what this consumer has derived for the community, before the log is read again from the beginning. */
  reset(tx: Tx, community: CommunityId): Promise<void>;
}

/** The facts of the kinds named, typed as such. */
export function factsOf<K extends FactKind>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}
