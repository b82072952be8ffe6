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

/** RFC 9562 section 5.7: 48 bits of Unix milliseconds, version 7, then 74 bits that here come from `rest`. */
function uuidv7(at: number, rest: string): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0");
  const variant = "89ab".charAt(parseInt(rest.charAt(3), 16) & 0x3);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
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
