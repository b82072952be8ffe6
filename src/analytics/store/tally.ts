import { messageKinds } from "#src/platforms/model.ts";
import { packAnswering, packReplying, packWriting } from "./packing.ts";

/** What is counted by space and key on one day. */
export type Topic = "language" | "kind" | "domain" | "reaction" | "move";

/** A message that got much attention. */
export interface Notable {
  readonly topic: "reactions" | "replies";
  readonly messageId: string;
  readonly space: number;
  readonly member: number;
  readonly count: number;
}

/** Everything that is kept of one local day. */
export interface FoldedDay {
  readonly day: number;
  /** Packed as `packing.ts` says. */
  readonly writing: Buffer;
  readonly answering: Buffer;
  readonly replying: Buffer;
  readonly counts: readonly {
    readonly topic: Topic;
    readonly space: number;
    readonly key: string;
    readonly count: number;
  }[];
  readonly notable: readonly Notable[];
}

/** One day while it is counted. */
export interface Tally {
  readonly day: number;
  /** Member, space and hour of each message in one number. */
  readonly writing: number[];
  readonly answering: number[];
  readonly replying: number[];
  /** Key: space, the place of the kind in `messageKinds` from 1, the letters of the language and the question in one number. */
  readonly traits: Map<number, number>;
  /** Key: topic, space and key with a blank between. */
  readonly counts: Map<string, number>;
  readonly notable: Notable[];
}

/** Local hours never need more than 5 bits, spaces 16; members have the rest of the 53. */
export const SPACES = 65_536;
export const HOURS = 32;
/** Two letters of five bits each. */
const LETTERS = 1024;

/** Empty tallies of the days, both included. */
export function talliesBetween(from: number, to: number): Tally[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    day: from + i,
    writing: [],
    answering: [],
    replying: [],
    traits: new Map(),
    counts: new Map(),
    notable: [],
  }));
}

/** Counts on. */
export function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function topicOf(text: string | undefined): Topic {
  return text === "domain" || text === "reaction" || text === "move" ? text : "language";
}

function languageOf(letters: number): string {
  return letters === 0 ? "" : String.fromCharCode(96 + (letters >>> 5), 96 + (letters & 31));
}

/** Rows of member, space, hour and messages, one after another, in ascending order. */
function writtenOf(writing: readonly number[]): number[] {
  const sorted = Float64Array.from(writing).sort();
  const rows: number[] = [];
  for (let at = 0; at < sorted.length;) {
    const key = sorted[at] ?? 0;
    let end = at + 1;
    while (sorted[end] === key) end += 1;
    const place = Math.floor(key / HOURS);
    rows.push(Math.floor(place / SPACES), place % SPACES, key % HOURS, end - at);
    at = end;
  }
  return rows;
}

function countsOf(traits: ReadonlyMap<number, number>): FoldedDay["counts"] {
  const languages = new Map<number, number>();
  const kinds = new Map<number, number>();
  for (const [key, messages] of traits) {
    const space = Math.floor(key / SPACES) * LETTERS;
    add(languages, space + ((key >>> 1) & (LETTERS - 1)), messages);
    add(kinds, space + ((key >>> 11) & 31), messages);
  }
  const count =
    (topic: Topic, nameOf: (code: number) => string) =>
    ([key, messages]: [number, number]) => {
      return { topic, space: Math.floor(key / LETTERS), key: nameOf(key % LETTERS), count: messages };
    };
  return [
    ...[...languages].map(count("language", languageOf)),
    ...[...kinds].map(count("kind", (code) => messageKinds[code - 1] ?? "other")),
  ];
}

/** What is kept of a day when all of it has been counted. */
export function closeDay({ day, writing, answering, replying, traits, counts, notable }: Tally): FoldedDay {
  const marked = [...counts].map(([text, count]) => {
    const [topic, space, ...key] = text.split(" ");
    return { topic: topicOf(topic), space: Number(space), key: key.join(" "), count };
  });
  return {
    day,
    writing: packWriting(writtenOf(writing)),
    answering: packAnswering(answering),
    replying: packReplying(replying),
    counts: [...countsOf(traits), ...marked],
    notable,
  };
}
