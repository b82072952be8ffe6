import type { ByteWindow } from "./byte-window.ts";

/** The longest opening looked for: a brace, the indentation and the first field's name. */
const OPENING_BYTES = 96;

/**
 * How the elements of a list begin: the brace, the white space and the first field's name with both quotes. Inside a
 * well-formed string this cannot occur (its quotes would be escaped), so after damage it marks where the next good
 * element starts. Undefined when the element does not begin so.
 */
export function openingOf(bytes: Buffer, from: number, to: number): Buffer | undefined {
  const beginning = bytes.toString("latin1", from, Math.min(to, from + OPENING_BYTES));
  const [opening] = /^\{\s*"[^"\\]+"/.exec(beginning) ?? [];
  return opening === undefined ? undefined : Buffer.from(opening, "latin1");
}

/** Where in the window the next element begins, or -1. */
export function nextOpening(window: ByteWindow, opening: Buffer | undefined, from: number): number {
  if (opening === undefined) return -1;
  const found = window.bytes.indexOf(opening, from);
  return found >= 0 && found + opening.length <= window.length ? found : -1;
}
