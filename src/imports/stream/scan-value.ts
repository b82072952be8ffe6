import { ELEMENT_DEPTH } from "./limits.ts";

/** Something the scan noticed that the fast road (`JSON.parse` of the bytes as they are) cannot take. Bits of `marks`. */
export const Mark = {
  /** An escape that JSON does not know, such as the `\x0B` that Telegram Desktop writes. */
  badEscape: 1,
  /** A `\u` escape: it may spell NUL or half of a surrogate pair. */
  unicodeEscape: 2,
  /** A raw control character inside a string; JSON forbids them. */
  rawControl: 4,
  /** A number with 16 digits or more, which a JavaScript number may not hold exactly. */
  bigNumber: 8,
  /** Nested deeper than `ELEMENT_DEPTH`. */
  tooDeep: 16,
  /** A closing bracket that does not match. The scan stops there. */
  mismatch: 32,
} as const;

/** Where a scan over one JSON value stands. It can stop at any byte and go on when more bytes are there. */
export interface Scan {
  depth: number;
  inString: boolean;
  afterBackslash: boolean;
  marks: number;
  /** The bytes at hand end here. */
  to: number;
  /** Digits seen so far of the number the scan is in. */
  digits: number;
  readonly brackets: Uint8Array;
}

/** A scan that stands before its value. */
export function newScan(): Scan {
  return {
    depth: 0,
    inString: false,
    afterBackslash: false,
    marks: 0,
    to: 0,
    digits: 0,
    brackets: new Uint8Array(ELEMENT_DEPTH + 1),
  };
}

/** Makes a used scan new, without making garbage. */
export function resetScan(scan: Scan): void {
  scan.depth = 0;
  scan.inString = false;
  scan.afterBackslash = false;
  scan.marks = 0;
  scan.digits = 0;
}

const ORDINARY = 0;
const QUOTE = 1;
const OPEN = 2;
const CLOSE = 3;
const DIGIT = 4;
const NUMERIC = 5;
const outside = new Uint8Array(256);
outside[0x22] = QUOTE;
outside[0x5b] = OPEN;
outside[0x7b] = OPEN;
outside[0x5d] = CLOSE;
outside[0x7d] = CLOSE;
for (let digit = 0x30; digit <= 0x39; digit++) outside[digit] = DIGIT;
for (const other of "+-.eE") outside[other.charCodeAt(0)] = NUMERIC;

const STOP = 1;
const inside = new Uint8Array(256);
inside.fill(STOP, 0, 0x20);
inside[0x22] = STOP;
inside[0x5c] = STOP;

const goodEscape = new Uint8Array(256);
for (const letter of '"\\/bfnrtu') goodEscape[letter.charCodeAt(0)] = 1;

/** The index after the string's closing quote, or -1 when the bytes end inside it. */
function scanString(bytes: Uint8Array, from: number, scan: Scan): number {
  const { to } = scan;
  let at = from;
  if (scan.afterBackslash && at < to) {
    noteEscape(bytes[at++] ?? 0, scan);
    scan.afterBackslash = false;
  }
  while (at < to) {
    const byte = bytes[at++] ?? 0;
    if (inside[byte] !== STOP) continue;
    if (byte === 0x22) {
      scan.inString = false;
      return at;
    }
    if (byte !== 0x5c) {
      scan.marks |= Mark.rawControl;
    } else if (at < to) {
      noteEscape(bytes[at++] ?? 0, scan);
    } else {
      scan.afterBackslash = true;
    }
  }
  return -1;
}

function noteEscape(letter: number, scan: Scan): void {
  if (letter === 0x75) scan.marks |= Mark.unicodeEscape;
  else if (goodEscape[letter] !== 1) scan.marks |= Mark.badEscape;
}

function open(bracket: number, scan: Scan): void {
  if (scan.depth < ELEMENT_DEPTH) scan.brackets[scan.depth] = bracket;
  else scan.marks |= Mark.tooDeep;
  scan.depth++;
}

/** False when the bracket does not close what is open. In ASCII each closing bracket stands two after its opening one. */
function close(bracket: number, scan: Scan): boolean {
  if (scan.depth === 0) return false;
  scan.depth--;
  return scan.depth >= ELEMENT_DEPTH || scan.brackets[scan.depth] === bracket - 2;
}

const MOST_EXACT_DIGITS = 15;

/** The index after a number. One that the bytes' end cuts in two is counted on with the next bytes. */
function scanNumber(bytes: Uint8Array, from: number, scan: Scan): number {
  let at = from;
  let { digits } = scan;
  for (; at < scan.to; at++) {
    const kind = outside[bytes[at] ?? 0];
    if (kind === DIGIT) digits++;
    else if (kind !== NUMERIC) break;
  }
  if (digits > MOST_EXACT_DIGITS) scan.marks |= Mark.bigNumber;
  scan.digits = at < scan.to ? 0 : digits;
  return at;
}

/**
 * Goes on over a container or a string that begins at or before `from`, up to `scan.to`, at about a nanosecond a byte, without recursion.
 * Returns the index after its last byte; -1 when the bytes end before it does (call again with the next bytes);
 * for a mismatched bracket the index after it, with `Mark.mismatch` set.
 */
export function scanValue(bytes: Uint8Array, from: number, scan: Scan): number {
  const { to } = scan;
  let at = from;
  if (scan.inString) {
    at = scanString(bytes, at, scan);
    if (at < 0 || scan.depth === 0) return at;
  }
  if (scan.digits > 0) at = scanNumber(bytes, at, scan);
  while (at < to) {
    const byte = bytes[at++] ?? 0;
    const kind = outside[byte];
    if (kind === ORDINARY) continue;
    if (kind === QUOTE) {
      scan.inString = true;
      at = scanString(bytes, at, scan);
      if (at < 0 || scan.depth === 0) return at;
    } else if (kind === OPEN) {
      open(byte, scan);
    } else if (kind === CLOSE) {
      if (!close(byte, scan)) {
        scan.marks |= Mark.mismatch;
        return at;
      }
      if (scan.depth === 0) return at;
    } else {
      at = scanNumber(bytes, at - 1, scan);
    }
  }
  return -1;
}
