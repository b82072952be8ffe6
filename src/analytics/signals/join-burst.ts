import type { SignalDetector } from "./signal.ts";
import { claimOf, oddDays, runsOf } from "./usual.ts";

/** Fewer people in a day are no burst. */
const LEAST_JOINED = 20;
/** A raid or an advertisement brings many times the usual. */
const TIMES = 4;

/** Days on which very many people came in at once; `wrote` tells how many wrote for the first time on them. */
export const joinBurst: SignalDetector = {
  name: "join-burst",
  find: (evidence) => {
    const odd = oddDays(evidence, evidence.joined, (value, { median, high }) => {
      return value >= LEAST_JOINED && value > high && value >= TIMES * median;
    });
    return runsOf(odd).map((run) => {
      const claim = claimOf(run, { kind: "first-messages" });
      const first = run.from - evidence.seriesFrom;
      const wrote = evidence.newMembers
        .slice(first, first + run.to - run.from + 1)
        .reduce((sum, value) => sum + value, 0);
      return { ...claim, facts: { ...claim.facts, wrote } };
    });
  },
};
