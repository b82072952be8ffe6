/**
 * Every fact that can happen in a community, named once, in the past tense. A fact carries ids and a small payload; the
 * text of a message lives in `messages` alone.
 */
export interface FactPayloads {
  /**
   * An import ended, wholly or by cancelling, and these messages are stored, perhaps none but comings and goings. One fact for the whole import: imported
   * history is counted and never acted upon, so consumers recompute the days from `firstAt` to `lastAt` (milliseconds
   * since 1970 UTC, both included).
   */
  "history.imported": {
    readonly importId: string;
    readonly messages: number;
    readonly firstAt: number;
    readonly lastAt: number;
  };
  /**
   * An import was undone: what it alone had brought is gone, with the people and spaces of whom nothing is left. What lies
   * between `firstAt` and `lastAt` (milliseconds since 1970 UTC, both included) is counted anew.
   */
  "history.withdrawn": {
    readonly importId: string;
    readonly messages: number;
    readonly firstAt: number;
    readonly lastAt: number;
  };
  /** Someone was marked, or is no longer marked, as one of the team or as a bot: member figures change back to the beginning. */
  "member.marked": { readonly memberId: string; readonly isStaff: boolean; readonly isBot: boolean };
  /**
   * The figures of members are right again for what was written from `firstAt` to `lastAt` (milliseconds since 1970 UTC,
   * both included): whoever shows members may show them anew. With `personIds`, of nobody but these people.
   */
  "members.counted": {
    readonly firstAt: number;
    readonly lastAt: number;
    readonly personIds?: readonly string[];
  };
  /**
   * Two people proved to be one: these members are part of the person `personId` from now on. Whatever is counted by
   * person is counted anew where they, or whoever talked with them, wrote.
   */
  "members.merged": { readonly mergeId: string; readonly personId: string; readonly memberIds: readonly string[] };
  /** They are not: these members, the first of them at their head, are a person of their own again. */
  "members.unmerged": { readonly mergeId: string; readonly personId: string; readonly memberIds: readonly string[] };
  /**
   * Somebody's names are gone, and with `links` more than 0 that many links that they had sent: lists show them without a
   * name, and what is counted of links is counted anew on the days on which they wrote.
   */
  "member.erased": { readonly memberIds: readonly string[]; readonly links: number };
  /** Tags were put on these members or taken off them. */
  "members.tagged": { readonly memberIds: readonly string[] };
  /** A segment was made, deleted or brought back, or has another filter: who belongs to it is found anew. */
  "segment.changed": { readonly segmentId: string };
  /** The community's days begin at other instants now; everything counted by day is counted anew. */
  "community.zone-changed": { readonly timeZone: string };
}

/** The name of a fact. */
export type FactKind = keyof FactPayloads;

/** A fact that is about to be told. `happenedAt` in milliseconds since 1970 UTC. */
export type NewFact = {
  [K in FactKind]: { readonly kind: K; readonly happenedAt: number; readonly payload: FactPayloads[K] };
}[FactKind];

/** A fact as the log holds it: `seq` numbers a community's facts from 1 without gaps, in the order they were committed. */
export type Fact = NewFact & { readonly seq: number };
