import type { SignalDetector } from "./signal.ts";

/** Fewer reactions are no record worth telling. */
const LEAST_REACTIONS = 15;

/** A message with more reactions than any of the days before the period. */
export const reactionRecord: SignalDetector = {
  name: "reaction-record",
  find: ({ window, notable }) => {
    const noticed = notable.filter(({ topic }) => topic === "reactions");
    const before = noticed.filter(({ day }) => day < window.from).reduce((top, { count }) => Math.max(top, count), 0);
    const top = noticed.filter(({ day }) => day >= window.from).toSorted((a, b) => b.count - a.count)[0];
    if (top === undefined || before === 0 || top.count < LEAST_REACTIONS || top.count <= before) return [];
    const facts = { count: top.count, before };
    return [
      {
        from: top.day,
        to: top.day,
        weight: (2 * top.count) / before,
        facts,
        member: top.member,
        behind: { kind: "most-reactions" },
      },
    ];
  },
};
