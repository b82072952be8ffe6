import { localDay, localHour } from "#src/base/clock.ts";
import { messageKinds } from "#src/platforms/model.ts";
import { ANSWER_DAYS, UNANSWERED } from "../metrics/sheet.ts";
import type { Marked, Stretch } from "./history.ts";
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

/** The first message of a member in a space of the stretch; space 0 is the whole community. */
export interface Arrival {
  readonly space: number;
  readonly member: number;
  readonly day: number;
  readonly messageId: string;
  /** Seconds, or `UNANSWERED`. */
  readonly answeredAfter: number;
}

export interface Folded {
  readonly days: readonly FoldedDay[];
  readonly arrivals: readonly Arrival[];
}

const MESSAGE = 28;
const REPLY = 32;
const MARK = 20;
const ID = 16;
/** How many messages a day and space may name as notable, and the least attention that is. */
const NOTABLE = 5;
const LEAST_ATTENTION = 3;

/** One day while it is counted. */
interface Tally {
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

/** The messages of a stretch by row number. */
interface Rows {
  readonly packed: Buffer;
  readonly count: number;
  /** Row number by the 16 bytes of the id, one character a byte. */
  readonly byId: ReadonlyMap<string, number>;
  readonly tallies: readonly Tally[];
  /** Which tally each row belongs to. */
  readonly tallyOf: Uint16Array;
  /** Seconds to the first answer, or `UNANSWERED`. */
  readonly answeredAfter: Int32Array;
  readonly replies: Int32Array;
}

function idOf(packed: Buffer, at: number): string {
  const hex = packed.toString("hex", at, at + ID);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A uuidv7 begins with its milliseconds. */
function timeAt(packed: Buffer, at: number): number {
  return packed.readUIntBE(at, 6);
}

function memberOf({ packed }: Rows, row: number): number {
  return packed.readUInt32BE(row * MESSAGE + ID);
}

function spaceOf({ packed }: Rows, row: number): number {
  return packed.readUInt16BE(row * MESSAGE + ID + 4);
}

function talliesBetween(from: number, to: number): Tally[] {
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

function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** Local hours never need more than 5 bits, spaces 16; members have the rest of the 53. */
const SPACES = 65_536;
const HOURS = 32;
/** Two letters of five bits each. */
const LETTERS = 1024;

function countMessages(packed: Buffer, days: { from: number; to: number; zone: string }): Rows {
  const count = packed.length / MESSAGE;
  const byId = new Map<string, number>();
  const tallies = talliesBetween(days.from, days.to);
  const tallyOf = new Uint16Array(count);
  for (let row = 0; row < count; row += 1) {
    const at = row * MESSAGE;
    byId.set(packed.toString("latin1", at, at + ID), row);
    const time = timeAt(packed, at);
    const index = localDay(time, days.zone) - days.from;
    const tally = tallies[index];
    if (tally === undefined) throw new Error("a message outside of the stretch");
    tallyOf[row] = index;
    const member = packed.readUInt32BE(at + ID);
    const space = packed.readUInt16BE(at + ID + 4);
    add(tally.writing, (member * SPACES + space) * HOURS + localHour(time, days.zone), 1);
    const traits = packed.readUInt16BE(at + ID + 6);
    add(tally.languages, space * LETTERS + ((traits >>> 1) & (LETTERS - 1)), 1);
    add(tally.kinds, space * LETTERS + (traits >>> 11), 1);
    const answers = packed.readUInt32BE(at + ID + 8);
    if (answers !== 0) tally.replying.push(member, answers, space);
  }
  return {
    packed,
    count,
    byId,
    tallies,
    tallyOf,
    answeredAfter: new Int32Array(count).fill(UNANSWERED),
    replies: new Int32Array(count),
  };
}

function countReplies(rows: Rows, packed: Buffer): void {
  for (let at = 0; at < packed.length; at += REPLY) {
    const row = rows.byId.get(packed.toString("latin1", at, at + ID));
    if (row === undefined) continue;
    const delay = Math.floor((timeAt(packed, at + ID) - timeAt(packed, at)) / 1000);
    // A reply older than its message is a clock's mistake; it is a reply, but says nothing of waiting.
    if (delay < 0 || delay > ANSWER_DAYS * 86_400) continue;
    rows.replies[row] = (rows.replies[row] ?? 0) + 1;
    const sofar = rows.answeredAfter[row] ?? UNANSWERED;
    if (sofar === UNANSWERED || delay < sofar) rows.answeredAfter[row] = delay;
  }
}

function countMarks(rows: Rows, topic: "reaction" | "domain", marks: readonly Marked[]): Map<number, number> {
  const perMessage = new Map<number, number>();
  for (const { key, packed } of marks) {
    for (let at = 0; at < packed.length; at += MARK) {
      const row = rows.byId.get(packed.toString("latin1", at, at + ID));
      const tally = row === undefined ? undefined : rows.tallies[rows.tallyOf[row] ?? 0];
      if (row === undefined || tally === undefined) continue;
      const count = packed.readUInt32BE(at + ID);
      add(tally.counts, `${topic} ${spaceOf(rows, row)} ${key}`, count);
      add(perMessage, row, count);
    }
  }
  return perMessage;
}

function noteMessages(rows: Rows, topic: Notable["topic"], attention: Iterable<[number, number]>): void {
  const found = new Map<string, [row: number, count: number][]>();
  for (const [row, count] of attention) {
    if (count < LEAST_ATTENTION) continue;
    const key = `${rows.tallyOf[row]} ${spaceOf(rows, row)}`;
    const list = found.get(key);
    if (list) list.push([row, count]);
    else found.set(key, [[row, count]]);
  }
  for (const list of found.values()) {
    for (const [row, count] of list.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, NOTABLE)) {
      const note = {
        topic,
        messageId: idOf(rows.packed, row * MESSAGE),
        space: spaceOf(rows, row),
        member: memberOf(rows, row),
        count,
      };
      rows.tallies[rows.tallyOf[row] ?? 0]?.notable.push(note);
    }
  }
}

function* repliedRows({ replies }: Rows): Generator<[number, number]> {
  for (let row = 0; row < replies.length; row += 1) if ((replies[row] ?? 0) > 0) yield [row, replies[row] ?? 0];
}

/** Questions and answered messages, and who replied to whom, each on its own day. */
function countAnswers(rows: Rows): void {
  for (let row = 0; row < rows.count; row += 1) {
    const isQuestion = (rows.packed.readUInt16BE(row * MESSAGE + ID + 6) & 1) === 1;
    const delay = rows.answeredAfter[row] ?? UNANSWERED;
    if (!isQuestion && delay === UNANSWERED) continue;
    rows.tallies[rows.tallyOf[row] ?? 0]?.answering.push(
      memberOf(rows, row),
      spaceOf(rows, row),
      isQuestion ? 1 : 0,
      delay,
    );
  }
}

/** Members and spaces whose first message is known from earlier days; `member * 65536 + space`. */
export type Seen = Set<number>;

function firstMessages(rows: Rows, seen: Seen): Arrival[] {
  const firsts = new Map<number, number>();
  const isEarlier = (row: number, other: number): boolean =>
    rows.packed.compare(rows.packed, other * MESSAGE, other * MESSAGE + ID, row * MESSAGE, row * MESSAGE + ID) < 0;
  const offer = (key: number, row: number): void => {
    if (seen.has(key)) return;
    const known = firsts.get(key);
    if (known === undefined || isEarlier(row, known)) firsts.set(key, row);
  };
  for (let row = 0; row < rows.count; row += 1) {
    const key = memberOf(rows, row) * SPACES;
    offer(key, row);
    offer(key + spaceOf(rows, row), row);
  }
  return [...firsts].map(([key, row]) => {
    seen.add(key);
    return {
      space: key % SPACES,
      member: Math.floor(key / SPACES),
      day: rows.tallies[rows.tallyOf[row] ?? 0]?.day ?? 0,
      messageId: idOf(rows.packed, row * MESSAGE),
      answeredAfter: rows.answeredAfter[row] ?? UNANSWERED,
    };
  });
}

function countMoves(rows: Rows, moves: Stretch["moves"], zone: string): void {
  const first = rows.tallies[0]?.day ?? 0;
  for (const { at, space, kind } of moves) {
    const tally = rows.tallies[localDay(at, zone) - first];
    if (tally) add(tally.counts, `move ${space} ${kind}`, 1);
  }
}

function topicOf(text: string | undefined): Topic {
  return text === "domain" || text === "reaction" || text === "move" ? text : "language";
}

function languageOf(letters: number): string {
  return letters === 0 ? "" : String.fromCharCode(96 + (letters >>> 5), 96 + (letters & 31));
}

function closeDay({ day, writing, answering, replying, languages, kinds, counts, notable }: Tally): FoldedDay {
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

/**
 * Turns a stretch of history into what is kept of each of its local days, `from` to `to`. Pure: the same stretch always
 * gives the same days, so counting a day again replaces it exactly. Arrivals are those not `seen` yet, and are added to it.
 */
export function fold(stretch: Stretch, days: { from: number; to: number; zone: string }, seen: Seen): Folded {
  const rows = countMessages(stretch.messages, days);
  countReplies(rows, stretch.replies);
  countAnswers(rows);
  countMarks(rows, "domain", stretch.links);
  const reactions = countMarks(rows, "reaction", stretch.reactions);
  noteMessages(rows, "reactions", reactions);
  noteMessages(rows, "replies", repliedRows(rows));
  countMoves(rows, stretch.moves, days.zone);
  return { days: rows.tallies.map(closeDay), arrivals: firstMessages(rows, seen) };
}
