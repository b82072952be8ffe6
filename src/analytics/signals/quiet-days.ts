import type { SignalDetector } from "./signal.ts";
import { claimOf, oddDays, runsOf } from "./usual.ts";

/** Where a weekday usually has fewer messages, silence is ordinary. */
const USUALLY_AT_LEAST = 20;

/** Days with far fewer messages than the same weekday of the eight weeks before. */
export const quietDays: SignalDetector = {
  name: "quiet-days",
  find: (evidence) => {
    const odd = oddDays(evidence, evidence.messages, (value, { median, low }) => {
      return median >= USUALLY_AT_LEAST && value < low && value * 3 <= median;
    });
    // Nobody knows yet how the last day ends: it may have begun an hour ago, or the export stops in its middle.
    const over = odd.filter(({ day }) => day < evidence.window.historyTo);
    return runsOf(over)
      .filter(({ from, to }) => to - from < 6)
      .map((run) => claimOf(run, { kind: "all" }));
  },
};
