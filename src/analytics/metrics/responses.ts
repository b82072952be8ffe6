import { byWeeks, metric, quantile, share, teamAndBots, type Metric } from "./metric.ts";
import { messagesIn } from "./people.ts";
import { ANSWER_DAYS, UNANSWERED } from "./sheet.ts";
import type { Window } from "./window.ts";

const sorted = new WeakMap<Window, Int32Array>();

/** From so many delays on, counting them by second is quicker than sorting. */
const MANY = 20_000;

function sortedDelays({ sheet: { answering } }: Window): Int32Array {
  const delays = answering.delay.filter((delay) => delay !== UNANSWERED);
  if (delays.length < MANY) return delays.sort();
  const counts = new Uint32Array(ANSWER_DAYS * 86_400 + 1);
  for (let row = 0; row < delays.length; row += 1) counts[delays[row] ?? 0] = (counts[delays[row] ?? 0] ?? 0) + 1;
  let at = 0;
  for (let second = 0; second < counts.length; second += 1) {
    const count = counts[second] ?? 0;
    if (count > 0) delays.fill(second, at, at + count);
    at += count;
  }
  return delays;
}

/** Seconds to the first answer of each answered message in the window, ascending. */
export function delaysOf(window: Window): Int32Array {
  const found = sorted.get(window) ?? sortedDelays(window);
  sorted.set(window, found);
  return found;
}

/** How many replies to other people were written in the window. */
export function repliesIn(window: Window): number {
  return window.sheet.replying.day.length;
}

/** Questions asked in the window, and those of them that somebody else answered in time. */
export function questionsIn({ sheet: { answering } }: Window): { asked: number; answered: number } {
  let asked = 0;
  let answered = 0;
  for (let row = 0; row < answering.day.length; row += 1) {
    if (answering.isQuestion[row] !== 1) continue;
    asked += 1;
    if (answering.delay[row] !== UNANSWERED) answered += 1;
  }
  return { asked, answered };
}

const shape = {
  version: 1,
  better: "more",
  window: "period",
  excludes: [...teamAndBots, "own-replies"],
  needs: ["replies"],
  source: "CHAOSS, Time to First Response",
} as const;

function known(measure: (window: Window) => number | undefined): Metric<number>["measure"] {
  return (window) => (window.knows.replies ? measure(window) : undefined);
}

function answeredShare(window: Window): number | undefined {
  const { asked, answered } = questionsIn(window);
  return share(answered, asked);
}

/** Replies to messages of other people. */
export const replies = metric<number>({
  ...shape,
  name: "replies",
  unit: "replies",
  formula: "Σ replies to another person",
  measure: known(repliesIn),
});

/** How much of what is written is a reply to somebody. */
export const replyShare = metric<number>({
  ...shape,
  name: "reply-share",
  unit: "share",
  formula: "replies ÷ messages",
  measure: known((window) => (messagesIn(window) === 0 ? undefined : repliesIn(window) / messagesIn(window))),
});

/** How long an answered message waited for the first answer of another person, in the middle of all. */
export const responseMedian = metric<number>({
  ...shape,
  name: "response-median",
  unit: "seconds",
  better: "less",
  formula: "median of (first answer − message) over answered messages",
  excludes: [...shape.excludes, "late-answers"],
  measure: known((window) => quantile(delaysOf(window), 0.5)),
});

/** Nine of ten answered messages waited at most this long. */
export const responseNinetieth = metric<number>({
  ...shape,
  name: "response-p90",
  unit: "seconds",
  better: "less",
  formula: "90th percentile of (first answer − message) over answered messages",
  excludes: [...shape.excludes, "late-answers"],
  measure: known((window) => quantile(delaysOf(window), 0.9)),
});

/** Messages that ask something, found by the signs of English and Russian questions. */
export const questions = metric<number>({
  ...shape,
  name: "questions",
  unit: "questions",
  better: "neither",
  formula: "|{message : asks something}|",
  excludes: [...teamAndBots],
  needs: ["messages"],
  source: "question marks and question words, English and Russian",
  measure: (window) => questionsIn(window).asked,
  trend: byWeeks((week) => questionsIn(week).asked),
});

/** Questions that another person answered by a reply within seven days. */
export const questionsAnswered = metric<number>({
  ...shape,
  name: "questions-answered",
  unit: "share",
  formula: "|{question : first answer ≤ 7 days}| ÷ |{question}|",
  excludes: [...shape.excludes, "late-answers"],
  source: "Discourse, report topics_with_no_response",
  measure: known(answeredShare),
  trend: byWeeks(known(answeredShare)),
});
