import type { Sentence } from "../model.ts";
import type { Window } from "../metrics/window.ts";

/** What the headline is made from: the period, and the one before it where there is one to compare with. */
export interface Story {
  readonly now: Window;
  readonly before?: Window;
}

/**
 * One of the up to three sentences that sum an audit up. Its words are `analytics_headline_<key>`; the part in square
 * brackets is its claim. It stays silent rather than speak of too few people.
 */
export type Teller = (story: Story) => Sentence | undefined;

/** A share as whole percent, the way a sentence says it. */
export function percent(share: number): number {
  return Math.round(share * 100);
}
