import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { largest, UNANSWERED } from "./sheet.ts";
import type { Window } from "./window.ts";

/** One space of the window. `space` is its number in the sheet. */
export interface SpaceFigures {
  readonly space: number;
  readonly messages: number;
  readonly members: number;
  readonly questions: number;
  /** Share of questions answered by somebody else in time; missing when there were too few. */
  readonly answeredShare?: number;
  /** Median seconds to the first answer; missing when there were too few. */
  readonly medianAnswer?: number;
}

interface Tally {
  messages: number;
  members: number;
  questions: number;
  answered: number;
  readonly delays: number[];
}

function figuresOf(space: number, tally: Tally, knowsReplies: boolean): SpaceFigures {
  const { messages, members, questions, answered, delays } = tally;
  const sorted = Int32Array.from(delays).sort();
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return {
    space,
    messages,
    members,
    questions,
    ...(questions < FEWEST || !knowsReplies ? {} : { answeredShare: answered / questions }),
    ...(delays.length < FEWEST || median === undefined ? {} : { medianAnswer: median }),
  };
}

/** The rows of each space together, by counting sort; `ends[space]` is the row after the last of the space. */
function bySpace(space: Uint16Array): { order: Uint32Array; ends: Uint32Array } {
  const ends = new Uint32Array(SPACES);
  for (let row = 0; row < space.length; row += 1) ends[space[row] ?? 0] = (ends[space[row] ?? 0] ?? 0) + 1;
  let at = 0;
  ends.forEach((count, number) => {
    ends[number] = at;
    at += count;
  });
  const order = new Uint32Array(space.length);
  for (let row = 0; row < space.length; row += 1) {
    const number = space[row] ?? 0;
    order[ends[number] ?? 0] = row;
    ends[number] = (ends[number] ?? 0) + 1;
  }
  return { order, ends };
}

function countWriting({ writing }: Window["sheet"], of: (space: number) => Tally): void {
  const { order } = bySpace(writing.space);
  // The space in which a member was last seen: rows come space by space, so one place for each member is enough.
  const seenIn = new Int32Array(largest(writing.member) + 1).fill(-1);
  let space = -1;
  let tally = of(writing.space[order[0] ?? 0] ?? 0);
  for (let i = 0; i < order.length; i += 1) {
    const row = order[i] ?? 0;
    if (writing.space[row] !== space) {
      space = writing.space[row] ?? 0;
      tally = of(space);
    }
    tally.messages += writing.messages[row] ?? 0;
    const member = writing.member[row] ?? 0;
    if (member === 0 || seenIn[member] === space) continue;
    seenIn[member] = space;
    tally.members += 1;
  }
}

/** Every space with at least one message, the liveliest first. */
export function spacesOf({ sheet, knows }: Window): SpaceFigures[] {
  const tallies = new Map<number, Tally>();
  const of = (space: number): Tally => {
    const found = tallies.get(space) ?? { messages: 0, members: 0, questions: 0, answered: 0, delays: [] };
    tallies.set(space, found);
    return found;
  };
  if (sheet.writing.day.length === 0) return [];
  countWriting(sheet, of);
  const { answering } = sheet;
  for (let row = 0; row < answering.day.length; row += 1) {
    const tally = of(answering.space[row] ?? 0);
    const delay = answering.delay[row] ?? UNANSWERED;
    if (delay !== UNANSWERED) tally.delays.push(delay);
    if (answering.isQuestion[row] !== 1) continue;
    tally.questions += 1;
    if (delay !== UNANSWERED) tally.answered += 1;
  }
  return [...tallies]
    .map(([space, tally]) => figuresOf(space, tally, knows.replies))
    .sort((a, b) => b.messages - a.messages || a.space - b.space);
}

/** Spaces are numbered with 16 bits. */
const SPACES = 65_536;

/** The spaces of a community side by side. */
export const spacesCompared = metric<readonly SpaceFigures[]>({
  name: "spaces-compared",
  version: 1,
  unit: "messages",
  better: "neither",
  window: "period",
  formula: "messages, active members, questions, answered share and median answer of each space",
  excludes: [...teamAndBots],
  needs: ["messages"],
  source: "Discourse, report activity_by_category",
  measure: spacesOf,
});
