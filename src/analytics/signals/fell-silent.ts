import type { SignalDetector } from "./signal.ts";
import { median } from "./usual.ts";

/** A week is longer than any holiday's quiet. */
const LEAST_DAYS = 7;
/** A community in which fewer messages a day are usual falls silent all the time. */
const USUALLY_AT_LEAST = 5;
/** Against how many days before the silence. */
const COMPARED = 28;

/** Seven days or more with hardly a message in a community that used to write every day. */
export const fellSilent: SignalDetector = {
  name: "fell-silent",
  find: ({ window, seriesFrom, messages }) => {
    const found = [];
    let from = window.from;
    while (from <= Math.min(window.to, window.historyTo)) {
      const at = from - seriesFrom;
      const usual = median(messages.slice(Math.max(0, at - COMPARED), at));
      let to = from;
      while (to <= window.to && (messages[to - seriesFrom] ?? 0) * 10 <= usual) to += 1;
      const days = to - from;
      if (usual >= USUALLY_AT_LEAST && days >= LEAST_DAYS && at >= COMPARED) {
        const count = messages.slice(at, at + days).reduce((sum, value) => sum + value, 0);
        found.push({
          from,
          to: to - 1,
          weight: 5 + days / 7,
          facts: { days, count, usual: Math.round(usual) },
          behind: { kind: "all" } as const,
        });
      }
      from = to + 1;
    }
    return found;
  },
};
