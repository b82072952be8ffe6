import { questionsIn } from "../metrics/responses.ts";
import { weeksOf } from "../metrics/window.ts";
import type { Found, SignalDetector } from "./signal.ts";
import { median } from "./usual.ts";

/** Fewer open questions are no pile. */
const LEAST_OPEN = 10;
const FEWEST_WEEKS = 3;

/** Weeks in which far more questions stayed without an answer than in the other weeks. */
export const unansweredPile: SignalDetector = {
  name: "unanswered-pile",
  find: ({ window }) => {
    if (!window.knows.replies) return [];
    const weeks = weeksOf(window).map((week) => {
      const { asked, answered } = questionsIn(week);
      return { from: week.from, to: week.to, asked, open: asked - answered };
    });
    if (weeks.length < FEWEST_WEEKS) return [];
    const usual = median(weeks.map(({ open }) => open));
    const found: Found[] = [];
    for (const { from, to, asked, open } of weeks) {
      if (open < LEAST_OPEN || open < 2 * Math.max(1, usual) || open * 2 < asked) continue;
      const facts = { count: open, asked, usual: Math.round(usual) };
      found.push({ from, to, weight: open / Math.max(1, usual), facts, behind: { kind: "unanswered-questions" } });
    }
    return found;
  },
};
