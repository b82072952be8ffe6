import type { SignalDetector } from "./signal.ts";
import { claimOf, oddDays, runsOf } from "./usual.ts";

/** Fewer newcomers on a day are no wave. */
const LEAST_NEWCOMERS = 10;

/** Days on which far more people wrote for the first time than is usual. */
export const newcomerWave: SignalDetector = {
  name: "newcomer-wave",
  find: (evidence) => {
    const odd = oddDays(evidence, evidence.newMembers, (value, { median, high }) => {
      return value >= LEAST_NEWCOMERS && value > high && value >= 2 * median;
    });
    return runsOf(odd).map((run) => claimOf(run, { kind: "first-messages" }));
  },
};
