import type { CommunityId } from "#src/base/community-id.ts";
import type { DatedDay, UnpackedDay } from "./packing.ts";
import { readDays, readEditions, type Days, type Edition } from "./sheets.ts";
import type { Run } from "./source.ts";

/** Unpacked days kept in memory at most, in bytes: about five hundred days of a community of three thousand messages a day. */
const MOST_BYTES = 48 * 1024 * 1024;

interface Kept extends UnpackedDay {
  readonly edition: number;
  readonly bytes: number;
}

/** The days used last, of all communities; keys carry the community, so no day is ever shown to another. */
const kept = new Map<string, Kept>();
let keptBytes = 0;

function keyOf(community: CommunityId, day: number): string {
  return `${community} ${day}`;
}

function forget(key: string): void {
  keptBytes -= kept.get(key)?.bytes ?? 0;
  kept.delete(key);
}

function keep(key: string, day: Edition & UnpackedDay): void {
  const { edition, writing, answering, replying } = day;
  const columns: { readonly byteLength: number }[] = [writing, answering, replying].flatMap((table) =>
    Object.values(table),
  );
  const bytes = columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
  forget(key);
  kept.set(key, { edition, writing, answering, replying, bytes });
  keptBytes += bytes;
  for (const oldest of kept.keys()) {
    if (keptBytes <= MOST_BYTES) return;
    forget(oldest);
  }
}

/**
 * The stored days of a span, oldest first. Asks the database for the editions of all, and for the contents only of
 * those that are not remembered in the same edition.
 */
export async function daysOf(run: Run, community: CommunityId, span: Days): Promise<DatedDay[]> {
  const editions = await run((tx) => readEditions(tx, community, span));
  const days = new Map<number, UnpackedDay>();
  for (const { day, edition } of editions) {
    const found = kept.get(keyOf(community, day));
    if (found?.edition === edition) days.set(day, found);
  }
  const missing = editions.map(({ day }) => day).filter((day) => !days.has(day));
  if (missing.length > 0) {
    for (const read of await run((tx) => readDays(tx, community, missing))) {
      days.set(read.day, read);
      keep(keyOf(community, read.day), read);
    }
  }
  return editions.flatMap(({ day }) => {
    const found = days.get(day);
    return found === undefined
      ? []
      : [{ day, writing: found.writing, answering: found.answering, replying: found.replying }];
  });
}
