import { dayStarts, localDay, localHour } from "#src/base/clock.ts";
import { ANSWER_DAYS, UNANSWERED } from "../metrics/sheet.ts";
import type { Marked, Stretch } from "./history.ts";
import {
  add,
  closeDay,
  HOURS,
  LETTERS,
  SPACES,
  talliesBetween,
  type FoldedDay,
  type Notable,
  type Tally,
} from "./tally.ts";

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

/** The local days of a stretch, both included, in a time zone. */
export interface StretchDays {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MESSAGE = 28;
const REPLY = 32;
const MARK = 20;
const ID = 16;
/** How many messages a day and space may name as notable, and the least attention that is. */
const NOTABLE = 5;
const LEAST_ATTENTION = 3;

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

/** Tells local days and hours of instants between the first and the last local day of a stretch. */
function clockOf({ from, to, zone }: StretchDays): {
  indexOf(at: number): number;
  hourOf(at: number, index: number): number;
} {
  const starts = dayStarts(from, to + 1, zone);
  const first = starts[0] ?? 0;
  const isPlain = starts.map((start, i) => (starts[i + 1] ?? start) - start === DAY);
  return {
    indexOf: (at) => {
      let index = Math.min(starts.length - 1, Math.max(0, Math.floor((at - first) / DAY)));
      while (index > 0 && at < (starts[index] ?? 0)) index -= 1;
      while (at >= (starts[index + 1] ?? Infinity)) index += 1;
      return index;
    },
    // A day of 24 hours has no jump in it (two that cancel out within a day have never happened).
    hourOf: (at, index) => (isPlain[index] ? Math.floor((at - (starts[index] ?? 0)) / HOUR) : localHour(at, zone)),
  };
}

function countMessages(packed: Buffer, days: StretchDays): Rows {
  const count = packed.length / MESSAGE;
  const byId = new Map<string, number>();
  const tallies = talliesBetween(days.from, days.to);
  const tallyOf = new Uint16Array(count);
  const clock = clockOf(days);
  for (let row = 0; row < count; row += 1) {
    const at = row * MESSAGE;
    byId.set(packed.toString("latin1", at, at + ID), row);
    const time = timeAt(packed, at);
    const index = clock.indexOf(time);
    const tally = tallies[index];
    if (tally === undefined) throw new Error("a message outside of the stretch");
    tallyOf[row] = index;
    const member = packed.readUInt32BE(at + ID);
    const space = packed.readUInt16BE(at + ID + 4);
    add(tally.writing, (member * SPACES + space) * HOURS + clock.hourOf(time, index), 1);
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

/**
 * Turns a stretch of history into what is kept of each of its local days, `from` to `to`. Pure: the same stretch always
 * gives the same days, so counting a day again replaces it exactly. Arrivals are those not `seen` yet, and are added to it.
 */
export function fold(stretch: Stretch, days: StretchDays, seen: Seen): Folded {
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
