import { questionsIn } from "../metrics/responses.ts";
import { percent, type Teller } from "./sentence.ts";

/** Of fewer questions no share is told. */
const FEWEST_QUESTIONS = 20;
/** From this share without an answer on, it matters more than when people are awake. */
const LEFT_OPEN = 0.3;

/** How many questions nobody answered, when they are many. */
export const openQuestions: Teller = ({ now }) => {
  const { asked, answered } = questionsIn(now);
  const open = asked - answered;
  if (!now.knows.replies || asked < FEWEST_QUESTIONS || open < asked * LEFT_OPEN) return undefined;
  return {
    key: "open_questions",
    facts: { count: open, asked, percent: percent(open / asked) },
    metric: "questions-answered",
  };
};
