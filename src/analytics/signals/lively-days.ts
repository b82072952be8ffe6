import type { SignalDetector } from "./signal.ts";
import { claimOf, oddDays, runsOf } from "./usual.ts";

/** A day with fewer messages is never called lively. */
const LEAST_MESSAGES = 30;

/** Days with far more messages than the same weekday of the eight weeks before. */
export const livelyDays: SignalDetector = {
  name: "lively-days",
  find: (evidence) => {
    const odd = oddDays(evidence, evidence.messages, (value, { median, high }) => {
      return value >= LEAST_MESSAGES && value > high && value >= 2 * median;
    });
    return runsOf(odd).map((run) => claimOf(run, { kind: "all" }));
  },
};
