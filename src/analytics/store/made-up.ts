import type { Arriving } from "../metrics/sheet.ts";
import type { Evidence } from "../signals/signal.ts";
import type { DayMoves } from "./content.ts";
import { countDay, outsidersOf, type CountedDay } from "./day-cache.ts";
import type { Ground } from "./ground.ts";
import { packAnswering, packReplying, packWriting, unpackDay, type DatedDay } from "./packing.ts";
import type { DayCounts } from "./sheets.ts";

/** A community that never was, as if it had just been read: the last of its days is `to`. */
export interface MadeUp {
  readonly ground: Ground;
  readonly to: number;
  readonly days: readonly CountedDay[];
  readonly arriving: Arriving;
  readonly moves: readonly DayMoves[];
  readonly notable: Evidence["notable"];
}

/** The quarter that is looked at, the quarter before it, and the month before that. */
const DAYS = 210;
const PEOPLE = 240;
const SPACES = 4;
/** Rows of each table on a day: enough that loops over a quarter are long, few enough that all of it is counted in milliseconds. */
const ROWS = 60;
const [STAFF, BOT] = [7, 11];
/** Some day on which nobody looks: 2001-01-01. */
const TO = 11_323;

/** Numbers that look drawn by lot and are the same each time: a linear congruential generator (Numerical Recipes). */
function lots(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** How many have come by a day: a third were there from the beginning. */
function knownOn(place: number): number {
  return PEOPLE / 3 + Math.floor((place * PEOPLE * 2) / (3 * DAYS));
}

/** Few write much: the smaller the number, the likelier. */
function writerOn(place: number, draw: (below: number) => number): number {
  const known = knownOn(place);
  return 1 + Math.floor((draw(known) * draw(known)) / known);
}

function sheetOn(place: number, draw: (below: number) => number): DatedDay {
  const [writing, answering, replying]: [number[], number[], number[]] = [[], [], []];
  for (let row = 0; row < ROWS; row += 1) {
    const member = row === 0 ? knownOn(place) : writerOn(place, draw);
    const [other, space] = [writerOn(place, draw), 1 + draw(SPACES)];
    writing.push(member, space, draw(24), 1 + draw(5));
    answering.push(member, space, draw(2), draw(3) === 0 ? -1 : draw(100_000));
    if (member !== other) replying.push(member, other, space);
  }
  const packed = {
    writing: packWriting(writing),
    answering: packAnswering(answering),
    replying: packReplying(replying),
  };
  return { day: TO - DAYS + 1 + place, ...unpackDay(packed) };
}

const KEYS: Readonly<Record<DayCounts["topic"], readonly string[]>> = {
  language: ["en", "ru", ""],
  kind: ["text", "photo"],
  domain: Array.from({ length: 12 }, (_, i) => `place${i}.example`),
  reaction: ["👍", "❤", "🔥"],
};

function countsOn(draw: (below: number) => number): DayCounts[] {
  const spaces = Array.from({ length: SPACES }, (_, i) => i + 1);
  return (Object.entries(KEYS) as [DayCounts["topic"], readonly string[]][]).map(([topic, known]) => ({
    topic,
    spaces: spaces.flatMap((space) => known.map(() => space)),
    keys: spaces.flatMap(() => known),
    counts: spaces.flatMap(() => known.map(() => (draw(40) === 0 ? 20 : 1))),
  }));
}

function arrivingOf(days: readonly CountedDay[], draw: (below: number) => number): Arriving {
  const firsts = new Map<number, number>();
  for (const { day, inside } of days)
    for (const member of inside.present.member) if (!firsts.has(member)) firsts.set(member, day);
  const delays = Array.from(firsts, () => (draw(3) === 0 ? -1 : draw(100_000)));
  return {
    day: Int32Array.from(firsts.values()),
    member: Uint32Array.from(firsts.keys()),
    delay: Int32Array.from(delays),
  };
}

function notableOf(draw: (below: number) => number): Evidence["notable"] {
  const topics = ["reactions", "replies"] as const;
  const messageId = "00000000-0000-7000-8000-000000000000";
  return topics.flatMap((topic) =>
    Array.from({ length: 40 }, (_, i) => ({
      day: TO - draw(DAYS / 2),
      topic,
      messageId,
      member: 1 + draw(PEOPLE),
      count: i === 0 ? 90 : 3 + draw(20),
    })),
  );
}

/** Makes it up, a day at a step: always the same one, with something to say for every metric. */
export function* makeUp(): Generator<undefined, MadeUp> {
  const draw = lots();
  const outsiders = outsidersOf([STAFF, BOT]);
  const days: CountedDay[] = [];
  for (let place = 0; place < DAYS; place += 1) {
    days.push(countDay(sheetOn(place, draw), countsOn(draw), outsiders));
    yield;
  }
  const kinds = ["joined", "left", "removed"];
  return {
    ground: {
      counted: "",
      spaces: [],
      among: undefined,
      history: { from: TO - DAYS + 1, to: TO },
      staff: new Set([STAFF]),
      bots: new Set([BOT]),
      knows: { replies: true, reactions: true, moves: true },
    },
    to: TO,
    days,
    arriving: arrivingOf(days, draw),
    moves: days.flatMap(({ day }) => kinds.map((key) => ({ day, key, count: 1 + draw(4) }))),
    notable: notableOf(draw),
  };
}
