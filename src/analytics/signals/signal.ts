import type { MessagesBehind } from "../model.ts";
import type { Window } from "../metrics/window.ts";

/** What detectors look at: the period, and daily series that begin at least `BASELINE_DAYS` before it. */
export interface Evidence {
  readonly window: Window;
  /** The local day of the first place in each series. */
  readonly seriesFrom: number;
  readonly messages: readonly number[];
  readonly newMembers: readonly number[];
  /** Arrivals by the platform's own notices; empty when none are known. */
  readonly joined: readonly number[];
  readonly busyDomains: readonly { readonly day: number; readonly key: string; readonly count: number }[];
  /** Messages with much attention, of the period and of the days before it. */
  readonly notable: readonly {
    readonly day: number;
    readonly topic: "reactions" | "replies";
    readonly messageId: string;
    readonly member: number;
    readonly count: number;
  }[];
}

/** A claim before names are put in. With `member`, the name of that member is added to the facts as `name`. */
export interface Found {
  readonly from: number;
  readonly to: number;
  /** How many times the usual; the list is sorted by it. */
  readonly weight: number;
  readonly facts: Readonly<Record<string, number | string>>;
  readonly member?: number;
  /** `member`: the messages of the member named. */
  readonly behind: MessagesBehind | "member";
}

/**
 * Something that may stand out in a period. One file each, listed in `all.ts`; its sentence is
 * `analytics_signal_<name>` with `-` written `_`. A detector names the least numbers from which it speaks.
 */
export interface SignalDetector {
  readonly name: string;
  /** Pure. Days are inside the period. */
  find(evidence: Evidence): Found[];
}

/** Against how many days before a day its usual value is told: eight weeks. */
export const BASELINE_DAYS = 56;
