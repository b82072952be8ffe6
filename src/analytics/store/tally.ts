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
  /** Key: member, space and hour in one number. */
  readonly writing: Map<number, number>;
  readonly answering: number[];
  readonly replying: number[];
  /** Key: space and two letters of the language in one number. */
  readonly languages: Map<number, number>;
  /** Key: space and the place of the kind in `messageKinds`, from 1, in one number. */
  readonly kinds: Map<number, number>;
  /** Key: topic, space and key with a blank between. */
  readonly counts: Map<string, number>;
  readonly notable: Notable[];
}

/** Local hours never need more than 5 bits, spaces 16; members have the rest of the 53. */
export const SPACES = 65_536;
export const HOURS = 32;
/** Two letters of five bits each. */
export const LETTERS = 1024;

/** Empty tallies of the days, both included. */
export function talliesBetween(from: number, to: number): Tally[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    day: from + i,
    writing: new Map(),
    answering: [],
    replying: [],
    languages: new Map(),
    kinds: new Map(),
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

/** What is kept of a day when all of it has been counted. */
export function closeDay({ day, writing, answering, replying, languages, kinds, counts, notable }: Tally): FoldedDay {
  const written: number[] = [];
  for (const [key, messages] of writing) {
    const place = Math.floor(key / HOURS);
    written.push(Math.floor(place / SPACES), place % SPACES, key % HOURS, messages);
  }
  const count =
    (topic: Topic, nameOf: (code: number) => string) =>
    ([key, messages]: [number, number]) => {
      return { topic, space: Math.floor(key / LETTERS), key: nameOf(key % LETTERS), count: messages };
    };
  const spoken = [...languages].map(count("language", languageOf));
  const shaped = [...kinds].map(count("kind", (code) => messageKinds[code - 1] ?? "other"));
  const marked = [...counts].map(([text, count]) => {
    const [topic, space, ...key] = text.split(" ");
    return { topic: topicOf(topic), space: Number(space), key: key.join(" "), count };
  });
  return {
    day,
    writing: packWriting(written),
    answering: packAnswering(answering),
    replying: packReplying(replying),
    counts: [...spoken, ...shaped, ...marked],
    notable,
  };
}
