import { FEWEST, metric, teamAndBots } from "./metric.ts";
import { sortDelays } from "./responses.ts";
import { largest, UNANSWERED, type Answering, type Writing } from "./sheet.ts";
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

/** What is counted in each space of a window; spaces go by their place among those that occur. */
interface Tallies {
  /** The number of each space. */
  readonly spaces: Uint16Array;
  readonly messages: Uint32Array;
  readonly members: Uint32Array;
  readonly questions: Uint32Array;
  readonly answered: Uint32Array;
  /** Seconds to the first answer of each answered message, ascending. */
  readonly delays: readonly Int32Array[];
}

/** Spaces are numbered with 16 bits. */
const SPACES = 65_536;

/** The spaces that occur in either column, and by number the place of each among them. */
function placesOf(columns: readonly Uint16Array[]): { spaces: Uint16Array; places: Uint16Array } {
  const occurs = new Uint8Array(SPACES);
  for (const column of columns) for (let row = 0; row < column.length; row += 1) occurs[column[row] ?? 0] = 1;
  const places = new Uint16Array(SPACES);
  const spaces = new Uint16Array(SPACES);
  let count = 0;
  for (let space = 0; space < SPACES; space += 1) {
    if (occurs[space] !== 1) continue;
    spaces[count] = space;
    places[space] = count++;
  }
  return { spaces: spaces.slice(0, count), places };
}

const WORD = 32;
/** Who was seen where is kept for at most so many pairs of a member and 32 spaces: eight megabytes. */
const MOST_WORDS = 2_000_000;

/**
 * How many people wrote in each space: one bit for each member and space, for as many spaces at once as fit. The rows are
 * gone through without a branch: whether somebody was seen in a space before cannot be foreseen.
 */
function countMembers({ member, space }: Writing, { spaces, places }: ReturnType<typeof placesOf>): Uint32Array {
  const members = new Uint32Array(spaces.length);
  const known = largest(member) + 1;
  const width = Math.max(1, Math.min(Math.ceil(spaces.length / WORD), Math.floor(MOST_WORDS / known)));
  for (let first = 0; first < spaces.length; first += width * WORD) {
    const seen = new Int32Array(known * width);
    if (spaces.length <= WORD) markAll({ member, space }, places, seen);
    else markSome({ member, space }, places, { seen, first, width });
    // Number 0 is nobody.
    for (let at = width; at < seen.length; at += 1) {
      let bits = seen[at] ?? 0;
      for (; bits !== 0; bits &= bits - 1) {
        const place = first + (at % width) * WORD + (WORD - 1 - Math.clz32(bits & -bits));
        members[place] = (members[place] ?? 0) + 1;
      }
    }
  }
  return members;
}

/** Sets the bit of each member and space; all spaces fit into one word. */
function markAll({ member, space }: Pick<Writing, "member" | "space">, places: Uint16Array, seen: Int32Array): void {
  for (let row = 0; row < member.length; row += 1) {
    const number = member[row] ?? 0;
    seen[number] = (seen[number] ?? 0) | (1 << (places[space[row] ?? 0] ?? 0));
  }
}

/** Sets the bit of each member and space, for as many spaces from the place `first` on as `width` words hold. */
function markSome(
  { member, space }: Pick<Writing, "member" | "space">,
  places: Uint16Array,
  { seen, first, width }: { seen: Int32Array; first: number; width: number },
): void {
  for (let row = 0; row < member.length; row += 1) {
    const place = (places[space[row] ?? 0] ?? 0) - first;
    if (place < 0 || place >= width * WORD) continue;
    const at = (member[row] ?? 0) * width + (place >>> 5);
    seen[at] = (seen[at] ?? 0) | (1 << (place & (WORD - 1)));
  }
}

/** How many messages of each sort stand in each space: no question and unanswered, no question and answered, question and unanswered, question and answered. */
const SORTS = 4;

function countSorts(
  { space, delay, isQuestion }: Answering,
  { spaces, places }: ReturnType<typeof placesOf>,
): Uint32Array {
  const sorts = new Uint32Array(spaces.length * SORTS);
  for (let row = 0; row < space.length; row += 1) {
    // Only a delay that never ended has the sign bit.
    const sort = ((isQuestion[row] ?? 0) << 1) | (((delay[row] ?? UNANSWERED) >>> 31) ^ 1);
    const at = (places[space[row] ?? 0] ?? 0) * SORTS + sort;
    sorts[at] = (sorts[at] ?? 0) + 1;
  }
  return sorts;
}

/** The delays of each space together, ascending. `answered` tells how many there are in each. */
function delaysBySpace(
  { space, delay }: Answering,
  { spaces, places }: ReturnType<typeof placesOf>,
  answered: Uint32Array,
): Int32Array[] {
  const ends = new Uint32Array(spaces.length + 1);
  for (let place = 0; place < spaces.length; place += 1) ends[place + 1] = (ends[place] ?? 0) + (answered[place] ?? 0);
  const starts = ends.slice();
  const sorted = new Int32Array(ends.at(-1) ?? 0);
  for (let row = 0; row < delay.length; row += 1) {
    const seconds = delay[row] ?? UNANSWERED;
    if (seconds === UNANSWERED) continue;
    const place = places[space[row] ?? 0] ?? 0;
    const at = starts[place] ?? 0;
    sorted[at] = seconds;
    starts[place] = at + 1;
  }
  return Array.from(spaces, (_, place) => sortDelays(sorted.subarray(ends[place], ends[place + 1])));
}

function tallied({ writing, answering }: Window["sheet"]): Tallies {
  const known = placesOf([writing.space, answering.space]);
  const { spaces, places } = known;
  const messages = new Uint32Array(spaces.length);
  for (let row = 0; row < writing.space.length; row += 1) {
    const place = places[writing.space[row] ?? 0] ?? 0;
    messages[place] = (messages[place] ?? 0) + (writing.messages[row] ?? 0);
  }
  const sorts = countSorts(answering, known);
  const sum = (...of: readonly number[]): Uint32Array =>
    Uint32Array.from(spaces, (_, place) => of.reduce((all, sort) => all + (sorts[place * SORTS + sort] ?? 0), 0));
  const members = countMembers(writing, known);
  const delays = delaysBySpace(answering, known, sum(1, 3));
  return { spaces, messages, members, questions: sum(2, 3), answered: sum(3), delays };
}

function figuresAt(place: number, tallies: Tallies, knowsReplies: boolean): SpaceFigures {
  const [questions, answered] = [tallies.questions[place] ?? 0, tallies.answered[place] ?? 0];
  const delays = tallies.delays[place] ?? new Int32Array();
  const median = delays.length < FEWEST ? undefined : delays[Math.floor((delays.length - 1) / 2)];
  return {
    space: tallies.spaces[place] ?? 0,
    messages: tallies.messages[place] ?? 0,
    members: tallies.members[place] ?? 0,
    questions,
    ...(questions < FEWEST || !knowsReplies ? {} : { answeredShare: answered / questions }),
    ...(median === undefined ? {} : { medianAnswer: median }),
  };
}

/** Every space with at least one message, the liveliest first. */
export function spacesOf({ sheet, knows }: Window): SpaceFigures[] {
  if (sheet.writing.day.length === 0) return [];
  const tallies = tallied(sheet);
  return Array.from(tallies.spaces, (_, place) => figuresAt(place, tallies, knows.replies)).sort(
    (a, b) => b.messages - a.messages || a.space - b.space,
  );
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
