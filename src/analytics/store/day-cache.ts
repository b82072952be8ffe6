import { hash } from "node:crypto";
import type { CommunityId } from "#src/base/community-id.ts";
import type { DatedDay } from "./packing.ts";
import { flagsOf } from "../metrics/sheet.ts";
import { readDayCounts, readDays, readEditions, type DayCounts, type Days, type Edition } from "./sheets.ts";
import { splitDay, type Run } from "./source.ts";

/** Unpacked days kept in memory at most, in bytes: about five hundred days of a community of three thousand messages a day. */
const MOST_BYTES = 48 * 1024 * 1024;
/** About what a key with its count takes: two numbers in arrays and a short text. */
const BYTES_A_COUNT = 64;

/** The members who are counted apart from the others. */
export interface Outsiders {
  readonly flags: Uint8Array;
  /** Tells days apart that were split by other marks. */
  readonly key: string;
}

/** The members of these numbers, counted apart. */
export function outsidersOf(numbers: readonly number[]): Outsiders {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { flags: flagsOf(sorted), key: sorted.length === 0 ? "" : hash("sha1", sorted.join(",")) };
}

/** Keys, each once, and the count of each. */
export interface KeyCounts {
  readonly keys: readonly string[];
  readonly counts: readonly number[];
}

/** What is counted of one topic on a day: by space and key, and of all spaces together. */
export interface DayTopic extends DayCounts {
  readonly everywhere: KeyCounts;
}

/** A day as it is remembered: its sheet, of outsiders and of everybody else, and what is counted by space and key. */
export interface CountedDay {
  readonly day: number;
  readonly inside: DatedDay;
  readonly outside: DatedDay;
  readonly counts: readonly DayTopic[];
}

/** Sums what is counted by space and key over the chosen spaces; over all when none is named. */
export function sumByKey({ spaces, keys, counts }: DayCounts, chosen: readonly number[]): KeyCounts {
  const sums = new Map<string, number>();
  keys.forEach((key, row) => {
    if (chosen.length > 0 && !chosen.includes(spaces[row] ?? 0)) return;
    sums.set(key, (sums.get(key) ?? 0) + (counts[row] ?? 0));
  });
  return { keys: [...sums.keys()], counts: [...sums.values()] };
}

interface Kept {
  readonly edition: number;
  readonly bytes: number;
  readonly day: CountedDay;
}

/** The days used last, of all communities; keys carry the community, so no day is ever shown to another. */
const kept = new Map<string, Kept>();
let keptBytes = 0;

/** Forgets every day, as a process that has just been started: for measuring. */
export function forgetDays(): void {
  kept.clear();
  keptBytes = 0;
}

/** Where a day is remembered. */
function keyOf(community: CommunityId, day: number, { key }: Outsiders): string {
  return `${community} ${day} ${key}`;
}

function forget(key: string): void {
  keptBytes -= kept.get(key)?.bytes ?? 0;
  kept.delete(key);
}

function bytesOf({ inside, outside, counts }: CountedDay): number {
  const tables: Readonly<Record<string, { readonly byteLength: number }>>[] = [inside, outside].flatMap(
    ({ present, writing, answering, replying }) => [{ ...present }, { ...writing }, { ...answering }, { ...replying }],
  );
  const columns = tables.flatMap((table) => Object.values(table));
  const counted = counts.reduce((sum, { keys, everywhere }) => sum + keys.length + everywhere.keys.length, 0);
  return columns.reduce((sum, { byteLength }) => sum + byteLength, 0) + counted * BYTES_A_COUNT;
}

/** The day in that edition, if it is remembered; it counts as used now. */
function recall(key: string, edition: number): CountedDay | undefined {
  const found = kept.get(key);
  if (found?.edition !== edition) return undefined;
  kept.delete(key);
  kept.set(key, found);
  return found.day;
}

function keep(key: string, edition: number, day: CountedDay): void {
  const bytes = bytesOf(day);
  forget(key);
  kept.set(key, { edition, day, bytes });
  keptBytes += bytes;
  for (const oldest of kept.keys()) {
    if (keptBytes <= MOST_BYTES) return;
    forget(oldest);
  }
}

/** A day as it was read, split by who is outside and summed by key. Pure. */
export function countDay(sheet: DatedDay, topics: readonly DayCounts[], { flags }: Outsiders): CountedDay {
  const { flagged, others } = splitDay(sheet, flags);
  return {
    day: sheet.day,
    inside: others,
    outside: flagged,
    counts: topics.map((topic) => ({ ...topic, everywhere: sumByKey(topic, []) })),
  };
}

async function readCounted(
  run: Run,
  community: CommunityId,
  { days, outsiders }: { days: readonly number[]; outsiders: Outsiders },
): Promise<(CountedDay & Edition)[]> {
  const [sheets, counts] = await Promise.all([
    run((tx) => readDays(tx, community, days)),
    run((tx) => readDayCounts(tx, community, days)),
  ]);
  const byDay = Map.groupBy(counts, ({ day }) => day);
  return sheets.map(({ edition, ...sheet }) => ({
    ...countDay(sheet, byDay.get(sheet.day) ?? [], outsiders),
    edition,
  }));
}

/**
 * The stored days of a span, oldest first. Asks the database for the editions of all, and for the contents only of
 * those that are not remembered in the same edition.
 */
export async function daysOf(
  run: Run,
  community: CommunityId,
  { from, to, outsiders }: Days & { outsiders: Outsiders },
): Promise<CountedDay[]> {
  const editions = await run((tx) => readEditions(tx, community, { from, to }));
  const days = new Map<number, CountedDay>();
  for (const { day, edition } of editions) {
    const found = recall(keyOf(community, day, outsiders), edition);
    if (found !== undefined) days.set(day, found);
  }
  const missing = editions.map(({ day }) => day).filter((day) => !days.has(day));
  if (missing.length > 0) {
    const asked = new Map(editions.map(({ day, edition }) => [day, edition]));
    for (const { edition, ...day } of await readCounted(run, community, { days: missing, outsiders })) {
      days.set(day.day, day);
      // Of a day that was counted anew meanwhile, the counts may be older than the sheet: good for one answer, not to be kept.
      if (asked.get(day.day) === edition) keep(keyOf(community, day.day, outsiders), edition, day);
    }
  }
  return editions.flatMap(({ day }) => days.get(day) ?? []);
}
