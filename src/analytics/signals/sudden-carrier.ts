import { peopleOf, messagesIn, type People } from "../metrics/people.ts";
import { weeksOf } from "../metrics/window.ts";
import type { Found, SignalDetector } from "./signal.ts";

/** A week with fewer messages is carried by whoever writes. */
const LEAST_MESSAGES = 100;
/** From this share of a week's messages on, one person carries the talk; at most a third of it in the weeks before. */
const CARRIES = 0.25;
const NEWLY = 3;

/** The places of those among the people of a week who wrote at least so much: a handful. */
function loudIn({ count, messages }: People, least: number): number[] {
  const loud: number[] = [];
  for (let row = 0; row < count; row += 1) if ((messages[row] ?? 0) >= least) loud.push(row);
  return loud;
}

/** Weeks in which one member wrote a quarter of everything, and had not done so in the weeks before. */
export const suddenCarrier: SignalDetector = {
  name: "sudden-carrier",
  find: ({ window }) => {
    const found: Found[] = [];
    const shares = new Map<number, number[]>();
    weeksOf(window).forEach((week, place) => {
      const people = peopleOf(week);
      const all = messagesIn(week);
      // Only the loud need to be remembered; whoever is not here was below a twelfth.
      for (const row of loudIn(people, Math.ceil((all * CARRIES) / NEWLY))) {
        const count = people.messages[row] ?? 0;
        const share = count / all;
        const member = people.member[row] ?? 0;
        const earlier = shares.get(member) ?? [];
        shares.set(member, [...earlier, share]);
        const isNew = place > 0 && earlier.every((each) => each * NEWLY <= share);
        if (all < LEAST_MESSAGES || share < CARRIES || !isNew) continue;
        const facts = { percent: Math.round(share * 100), count };
        found.push({ from: week.from, to: week.to, weight: share * 10, facts, member, behind: "member" });
      }
    });
    return found;
  },
};
