import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { sortDelays } from "./responses.ts";
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
  readonly space: number;
  messages: number;
  members: number;
  questions: number;
  answered: number;
  readonly delays: number[];
}

function figuresOf(
  { space, messages, members, questions, answered, delays }: Tally,
  knowsReplies: boolean,
): SpaceFigures {
  const sorted = delays.length < FEWEST ? undefined : sortDelays(Int32Array.from(delays));
  const median = sorted?.[Math.floor((sorted.length - 1) / 2)];
  return {
    space,
    messages,
    members,
    questions,
    ...(questions < FEWEST || !knowsReplies ? {} : { answeredShare: answered / questions }),
    ...(median === undefined ? {} : { medianAnswer: median }),
  };
}

/** Tallies by the number of their space. */
class Tallies {
  readonly #bySpace: Tally[] = [];

  of(space: number): Tally {
    return (this.#bySpace[space] ??= { space, messages: 0, members: 0, questions: 0, answered: 0, delays: [] });
  }

  all(): Tally[] {
    return this.#bySpace.filter((tally) => tally !== undefined);
  }
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

function countWriting({ writing }: Window["sheet"], tallies: Tallies): void {
  const { order } = bySpace(writing.space);
  // The space in which a member was last seen: rows come space by space, so one place for each member is enough.
  const seenIn = new Int32Array(largest(writing.member) + 1).fill(-1);
  let space = -1;
  let tally = tallies.of(writing.space[order[0] ?? 0] ?? 0);
  for (let i = 0; i < order.length; i += 1) {
    const row = order[i] ?? 0;
    if (writing.space[row] !== space) {
      space = writing.space[row] ?? 0;
      tally = tallies.of(space);
    }
    tally.messages += writing.messages[row] ?? 0;
    const member = writing.member[row] ?? 0;
    if (member === 0 || seenIn[member] === space) continue;
    seenIn[member] = space;
    tally.members += 1;
  }
}

function countAnswers({ answering }: Window["sheet"], tallies: Tallies): void {
  const { space, delay, isQuestion } = answering;
  for (let row = 0; row < space.length; row += 1) {
    const tally = tallies.of(space[row] ?? 0);
    const seconds = delay[row] ?? UNANSWERED;
    if (seconds !== UNANSWERED) tally.delays.push(seconds);
    if (isQuestion[row] !== 1) continue;
    tally.questions += 1;
    if (seconds !== UNANSWERED) tally.answered += 1;
  }
}

/** Every space with at least one message, the liveliest first. */
export function spacesOf({ sheet, knows }: Window): SpaceFigures[] {
  if (sheet.writing.day.length === 0) return [];
  const tallies = new Tallies();
  countWriting(sheet, tallies);
  countAnswers(sheet, tallies);
  return tallies
    .all()
    .map((tally) => figuresOf(tally, knows.replies))
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
