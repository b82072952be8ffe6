import { dayStarts, localHour } from "#src/base/clock.ts";
import { ANSWER_DAYS, UNANSWERED } from "../metrics/sheet.ts";
import type { Marked, Replies, Stretch } from "./history.ts";
import { idsOf, IdTable } from "./id-table.ts";
import { add, closeDay, HOURS, SPACES, talliesBetween, type FoldedDay, type Notable, type Tally } from "./tally.ts";

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
const MARK = 20;
const ID = 16;
const TRAITS = 4;
/** How many messages a day and space may name as notable, and the least attention that is. */
const NOTABLE = 5;
const LEAST_ATTENTION = 3;

/** The messages of a stretch by row number. */
interface Rows {
  readonly count: number;
  /** 16 bytes each. */
  readonly ids: Buffer;
  readonly byId: IdTable;
  /** 0 for a message that came after members got their numbers: it is counted with its own import. */
  readonly member: Uint32Array;
  readonly space: Uint16Array;
  readonly isQuestion: Uint8Array;
  readonly tallies: readonly Tally[];
  /** Which tally each row belongs to. */
  readonly tallyOf: Uint16Array;
  /** Seconds to the first answer, or `UNANSWERED`. */
  readonly answeredAfter: Int32Array;
  readonly replies: Uint32Array;
}

function idOf(ids: Buffer, row: number): string {
  const hex = ids.toString("hex", row * ID, row * ID + ID);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A uuidv7 begins with its milliseconds. */
function timeOf(ids: Buffer, row: number): number {
  return ids.readUIntBE(row * ID, 6);
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
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

function rowsOf({ ids, authors, traits }: Stretch, { from, to }: StretchDays): Rows {
  const count = authors.length;
  const byId = new IdTable(count);
  const space = new Uint16Array(count);
  const isQuestion = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    if (authors[row] !== 0) byId.put(ids, row, row);
    space[row] = traits.readUInt16BE(row * TRAITS);
    isQuestion[row] = traits.readUInt16BE(row * TRAITS + 2) & 1;
  }
  return {
    count,
    ids: bytesOf(ids),
    byId,
    member: authors,
    space,
    isQuestion,
    tallies: talliesBetween(from, to),
    tallyOf: new Uint16Array(count),
    answeredAfter: new Int32Array(count).fill(UNANSWERED),
    replies: new Uint32Array(count),
  };
}

/** Puts each message on its day, and counts there who wrote when and where. */
function countMessages(rows: Rows, { answers, traits }: Stretch, days: StretchDays): void {
  const clock = clockOf(days);
  for (let row = 0; row < rows.count; row += 1) {
    const time = timeOf(rows.ids, row);
    const index = clock.indexOf(time);
    const tally = rows.tallies[index];
    if (tally === undefined) throw new Error("a message outside of the stretch");
    rows.tallyOf[row] = index;
    const member = rows.member[row] ?? 0;
    const space = rows.space[row] ?? 0;
    if (member === 0) continue;
    tally.writing.push((member * SPACES + space) * HOURS + clock.hourOf(time, index));
    add(tally.traits, space * SPACES + traits.readUInt16BE(row * TRAITS + 2), 1);
    const answered = answers[row] ?? 0;
    if (answered !== 0) tally.replying.push(member, answered, space);
  }
}

function countReplies(rows: Rows, { messages, ids, places }: Replies): void {
  const answers = bytesOf(ids);
  for (let at = 0; at < places.length; at += 2) {
    const row = rows.byId.find(messages, places[at] ?? 0);
    if (row === undefined) continue;
    const delay = Math.floor((timeOf(answers, places[at + 1] ?? 0) - timeOf(rows.ids, row)) / 1000);
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
      const row = rows.byId.find(idsOf(packed.subarray(at, at + ID)), 0);
      const tally = row === undefined ? undefined : rows.tallies[rows.tallyOf[row] ?? 0];
      if (row === undefined || tally === undefined) continue;
      const count = packed.readUInt32BE(at + ID);
      add(tally.counts, `${topic} ${rows.space[row] ?? 0} ${key}`, count);
      add(perMessage, row, count);
    }
  }
  return perMessage;
}

/** Rows come in whatever order the database found them; ids go by time. */
function byId({ ids }: Rows, one: number, other: number): number {
  return ids.compare(ids, other * ID, (other + 1) * ID, one * ID, (one + 1) * ID);
}

function noteMessages(rows: Rows, topic: Notable["topic"], attention: Iterable<[number, number]>): void {
  const found = new Map<string, [row: number, count: number][]>();
  for (const [row, count] of attention) {
    if (count < LEAST_ATTENTION) continue;
    const key = `${rows.tallyOf[row]} ${rows.space[row]}`;
    const list = found.get(key);
    if (list) list.push([row, count]);
    else found.set(key, [[row, count]]);
  }
  for (const list of found.values()) {
    for (const [row, count] of list.sort((a, b) => b[1] - a[1] || byId(rows, a[0], b[0])).slice(0, NOTABLE)) {
      const note = {
        topic,
        messageId: idOf(rows.ids, row),
        space: rows.space[row] ?? 0,
        member: rows.member[row] ?? 0,
        count,
      };
      rows.tallies[rows.tallyOf[row] ?? 0]?.notable.push(note);
    }
  }
}

function* repliedRows({ replies }: Rows): Generator<[number, number]> {
  for (let row = 0; row < replies.length; row += 1) if ((replies[row] ?? 0) > 0) yield [row, replies[row] ?? 0];
}

/** Questions and answered messages, each on its own day. */
function countAnswers(rows: Rows): void {
  for (let row = 0; row < rows.count; row += 1) {
    const isQuestion = rows.isQuestion[row] ?? 0;
    const delay = rows.answeredAfter[row] ?? UNANSWERED;
    const member = rows.member[row] ?? 0;
    if (member === 0 || (isQuestion === 0 && delay === UNANSWERED)) continue;
    rows.tallies[rows.tallyOf[row] ?? 0]?.answering.push(member, rows.space[row] ?? 0, isQuestion, delay);
  }
}

/** Members and spaces whose first message is known from earlier days; `member * 65536 + space`. */
export type Seen = Set<number>;

function firstMessages({ ids, member, space, tallies, tallyOf, answeredAfter }: Rows, seen: Seen): Arrival[] {
  const firsts = new Map<number, number>();
  const isEarlier = (row: number, other: number): boolean =>
    ids.compare(ids, other * ID, other * ID + ID, row * ID, row * ID + ID) < 0;
  const offer = (key: number, row: number): void => {
    if (seen.has(key)) return;
    const known = firsts.get(key);
    if (known === undefined || isEarlier(row, known)) firsts.set(key, row);
  };
  for (let row = 0; row < member.length; row += 1) {
    const key = (member[row] ?? 0) * SPACES;
    if (key === 0) continue;
    offer(key, row);
    offer(key + (space[row] ?? 0), row);
  }
  return [...firsts].map(([key, row]) => {
    seen.add(key);
    return {
      space: key % SPACES,
      member: Math.floor(key / SPACES),
      day: tallies[tallyOf[row] ?? 0]?.day ?? 0,
      messageId: idOf(ids, row),
      answeredAfter: answeredAfter[row] ?? UNANSWERED,
    };
  });
}

function countMoves(tallies: readonly Tally[], moves: Stretch["moves"], days: StretchDays): void {
  const clock = clockOf(days);
  for (const { at, space, kind } of moves) {
    const tally = tallies[clock.indexOf(at)];
    if (tally) add(tally.counts, `move ${space} ${kind}`, 1);
  }
}

/**
 * Turns a stretch of history into what is kept of each of its local days, `from` to `to`. Pure: the same stretch always
 * gives the same days, so counting a day again replaces it exactly. Arrivals are those not `seen` yet, and are added to it.
 */
export function fold(stretch: Stretch, days: StretchDays, seen: Seen): Folded {
  const rows = rowsOf(stretch, days);
  countMessages(rows, stretch, days);
  for (const replies of stretch.replies) countReplies(rows, replies);
  countAnswers(rows);
  countMarks(rows, "domain", stretch.links);
  const reactions = countMarks(rows, "reaction", stretch.reactions);
  noteMessages(rows, "reactions", reactions);
  noteMessages(rows, "replies", repliedRows(rows));
  countMoves(rows.tallies, stretch.moves, days);
  return { days: rows.tallies.map(closeDay), arrivals: firstMessages(rows, seen) };
}
