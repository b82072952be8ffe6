import { hash, randomBytes } from "node:crypto";

/** Bytes of randomness are taken from the system in blocks, because one call for each id costs more than the id. */
const BLOCK = 4096;
let block = randomBytes(BLOCK);
let used = 0;

function random(bytes: number): Buffer {
  if (used + bytes > BLOCK) {
    block = randomBytes(BLOCK);
    used = 0;
  }
  used += bytes;
  return block.subarray(used - bytes, used);
}

const DIGITS = Buffer.from("0123456789abcdef");
const VARIANTS = Buffer.from("89ab");
/** An id while it is written. Joined from pieces it would stay a tree of pieces, ten times as large, wherever it is kept. */
const draft = Buffer.from("00000000-0000-7000-8000-000000000000");
/** Where the digits of the time stand, last first, and those of `rest` but the variant's. */
const TIME_PLACES = [12, 11, 10, 9, 7, 6, 5, 4, 3, 2, 1, 0];
const REST_PLACES = [15, 16, 17, 19, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35];
const VARIANT_PLACE = 19;

/** RFC 9562 section 5.7: 48 bits of Unix milliseconds, version 7, then 74 bits that here come from `rest`. */
function uuidv7(at: number, rest: string): string {
  let time = Math.max(0, Math.floor(at));
  for (const place of TIME_PLACES) {
    draft[place] = DIGITS[time % 16] ?? 0;
    time = Math.floor(time / 16);
  }
  for (let i = 0; i < REST_PLACES.length; i += 1) draft[REST_PLACES[i] ?? 0] = rest.charCodeAt(i);
  draft[VARIANT_PLACE] = VARIANTS[parseInt(rest.charAt(3), 16) & 0x3] ?? 0;
  return draft.toString("latin1");
}

/** A new id that sorts by the time it was made. `now` is in milliseconds since 1970 UTC. */
export function newId(now: number): string {
  return uuidv7(now, random(10).toString("hex"));
}

/**
 * The id of a message: the same for the same message however often and from wherever it arrives (an export, a second
 * export that overlaps, the live feed). The time part is when it was sent, so messages sort and are partitioned by
 * their id; the other 74 bits are taken from SHA-1 over its space and its id on the platform.
 */
export function messageId(sentAt: number, spaceId: string, externalId: string): string {
  return uuidv7(sentAt, hash("sha1", `${spaceId} ${externalId}`, "hex"));
}

/** The smallest id of that millisecond: everything from `from` up to but not including `to` is `id >= idAt(from) and id < idAt(to)`. */
export function idAt(at: number): string {
  return uuidv7(at, "0".repeat(20));
}

/** When the thing with this time-ordered id happened or was made, in milliseconds since 1970 UTC. */
export function timeOfId(id: string): number {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
