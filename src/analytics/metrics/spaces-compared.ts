import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { UNANSWERED } from "./sheet.ts";
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
  readonly members: Set<number>;
  questions: number;
  answered: number;
  readonly delays: number[];
}

function figuresOf(space: number, tally: Tally): SpaceFigures {
  const { messages, members, questions, answered, delays } = tally;
  delays.sort((a, b) => a - b);
  const median = delays[Math.floor((delays.length - 1) / 2)];
  return {
    space,
    messages,
    members: members.size,
    questions,
    ...(questions < FEWEST ? {} : { answeredShare: answered / questions }),
    ...(delays.length < FEWEST || median === undefined ? {} : { medianAnswer: median }),
  };
}

/** Every space with at least one message, the liveliest first. */
export function spacesOf({ sheet: { writing, answering } }: Window): SpaceFigures[] {
  const tallies = new Map<number, Tally>();
  const of = (space: number): Tally => {
    const found = tallies.get(space) ?? { messages: 0, members: new Set(), questions: 0, answered: 0, delays: [] };
    tallies.set(space, found);
    return found;
  };
  for (let row = 0; row < writing.day.length; row += 1) {
    const tally = of(writing.space[row] ?? 0);
    tally.messages += writing.messages[row] ?? 0;
    const member = writing.member[row] ?? 0;
    if (member !== 0) tally.members.add(member);
  }
  for (let row = 0; row < answering.day.length; row += 1) {
    const tally = of(answering.space[row] ?? 0);
    const delay = answering.delay[row] ?? UNANSWERED;
    if (delay !== UNANSWERED) tally.delays.push(delay);
    if (answering.isQuestion[row] !== 1) continue;
    tally.questions += 1;
    if (delay !== UNANSWERED) tally.answered += 1;
  }
  return [...tallies]
    .map(([space, tally]) => figuresOf(space, tally))
    .sort((a, b) => b.messages - a.messages || a.space - b.space);
}

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
