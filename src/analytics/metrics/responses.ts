import { byWeeks, metric, quantile, share, teamAndBots, type Metric } from "./metric.ts";
import { messagesIn } from "./people.ts";
import { UNANSWERED } from "./sheet.ts";
import type { Window } from "./window.ts";

const sorted = new WeakMap<Window, Int32Array>();

/** Twice so many bits hold the longest delay there is, a week in seconds. */
const DIGIT = 10;
const DIGITS = 1 << DIGIT;

/** One pass of a radix sort: by the ten bits from `shift` on, otherwise in the order they came. */
function byDigit(values: Int32Array, shift: number): Int32Array {
  const places = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < values.length; i += 1) {
    const next = (((values[i] ?? 0) >>> shift) & (DIGITS - 1)) + 1;
    places[next] = (places[next] ?? 0) + 1;
  }
  for (let digit = 1; digit <= DIGITS; digit += 1) places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
  const sorted = new Int32Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const digit = (value >>> shift) & (DIGITS - 1);
    const place = places[digit] ?? 0;
    sorted[place] = value;
    places[digit] = place + 1;
  }
  return sorted;
}

/** Delays up to a week, in seconds, ascending. */
export function sortDelays(delays: Int32Array): Int32Array {
  return byDigit(byDigit(delays, 0), DIGIT);
}

function sortedDelays({ sheet: { answering } }: Window): Int32Array {
  const { delay } = answering;
  const answered = new Int32Array(delay.length);
  let count = 0;
  for (let row = 0; row < delay.length; row += 1) if (delay[row] !== UNANSWERED) answered[count++] = delay[row] ?? 0;
  return sortDelays(answered.subarray(0, count));
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

interface Asked {
  readonly asked: number;
  readonly answered: number;
}

const known = new WeakMap<Window, Asked>();

function countQuestions({ sheet: { answering } }: Window): Asked {
  const { isQuestion, delay } = answering;
  let asked = 0;
  let answered = 0;
  for (let row = 0; row < isQuestion.length; row += 1) {
    if (isQuestion[row] !== 1) continue;
    asked += 1;
    if (delay[row] !== UNANSWERED) answered += 1;
  }
  return { asked, answered };
}

/** Questions asked in the window, and those of them that somebody else answered in time. */
export function questionsIn(window: Window): Asked {
  const found = known.get(window) ?? countQuestions(window);
  known.set(window, found);
  return found;
}

const shape = {
  version: 1,
  better: "more",
  window: "period",
  excludes: [...teamAndBots, "own-replies"],
  needs: ["replies"],
  source: "CHAOSS, Time to First Response",
} as const;

function ifKnown(measure: (window: Window) => number | undefined): Metric<number>["measure"] {
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
  measure: ifKnown(repliesIn),
});

/** How much of what is written is a reply to somebody. */
export const replyShare = metric<number>({
  ...shape,
  name: "reply-share",
  unit: "share",
  formula: "replies ÷ messages",
  measure: ifKnown((window) => (messagesIn(window) === 0 ? undefined : repliesIn(window) / messagesIn(window))),
});

/** How long an answered message waited for the first answer of another person, in the middle of all. */
export const responseMedian = metric<number>({
  ...shape,
  name: "response-median",
  unit: "seconds",
  better: "less",
  formula: "median of (first answer − message) over answered messages",
  excludes: [...shape.excludes, "late-answers"],
  measure: ifKnown((window) => quantile(delaysOf(window), 0.5)),
});

/** Nine of ten answered messages waited at most this long. */
export const responseNinetieth = metric<number>({
  ...shape,
  name: "response-p90",
  unit: "seconds",
  better: "less",
  formula: "90th percentile of (first answer − message) over answered messages",
  excludes: [...shape.excludes, "late-answers"],
  measure: ifKnown((window) => quantile(delaysOf(window), 0.9)),
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
  measure: ifKnown(answeredShare),
  trend: byWeeks(ifKnown(answeredShare)),
});
