import type { Limit } from "../model.ts";
import type { Window } from "../metrics/window.ts";

/** What is known of where a history came from. */
export interface Origin {
  readonly window: Pick<Window, "from" | "historyFrom" | "knows">;
  /** Platforms of the spaces looked at. */
  readonly platforms: readonly string[];
  /** Whether any message came from an export file, and whether any came live. */
  readonly isImported: boolean;
}

/**
 * Something a history cannot show, said beside the numbers it touches. Its words are `analytics_limit_<key>`.
 * Undefined where this history does show it.
 */
export type Blindness = (origin: Origin) => Limit | undefined;
