import { Mark } from "./scan-value.ts";

const ESCAPE = /\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g;
// oxlint-disable-next-line no-control-regex -- raw control characters are exactly what is looked for
const CONTROL = /[\u0000-\u001f]/g;
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d[\d.eE+-]*/g;
const POISON = /\\u(?:0000|[dD][89a-fA-F])|\\x00/;

function escapeControl(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function repairEscape(whole: string, good: string | undefined, hex: string | undefined): string {
  if (good !== undefined) return whole;
  return hex === undefined ? `\\${whole}` : `\\u00${hex}`;
}

/** `\x0B` becomes `\u000B`, an unknown escape such as `\q` a backslash and the letter, a raw control character its escape. */
function repairStrings(text: string): string {
  return text.replace(STRING, (string) => string.replace(ESCAPE, repairEscape).replace(CONTROL, escapeControl));
}

/** Whole numbers beyond 2^53 become strings, so that no digit of an id is lost. */
function keepDigits(text: string): string {
  return text.replace(STRING_OR_NUMBER, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}

/** NUL and halves of surrogate pairs cannot be stored by PostgreSQL: each becomes U+FFFD, the sign for an unreadable character. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

function storableValue(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storableValue(inner)]));
}

/** One parsed element. `repaired`: characters were replaced that could not be kept as they were. */
export interface Parsed {
  readonly value: unknown;
  readonly repaired: boolean;
}

/**
 * Parses one element that a splitter handed out. Bytes that are not UTF-8 become U+FFFD. The usual element goes
 * straight to `JSON.parse`; only what the scan has marked takes the slow road. Undefined when it is no JSON.
 * An element is at most `ELEMENT_DEPTH` deep here, so the recursion above is bounded.
 */
export function parseElement(bytes: Buffer, place: { from: number; to: number; marks: number }): Parsed | undefined {
  let text = bytes.toString("utf8", place.from, place.to);
  try {
    if (place.marks === 0) return { value: JSON.parse(text), repaired: false };
    const suspicious = (place.marks & (Mark.unicodeEscape | Mark.rawControl | Mark.badEscape)) !== 0;
    if ((place.marks & (Mark.badEscape | Mark.rawControl)) !== 0) text = repairStrings(text);
    if ((place.marks & Mark.bigNumber) !== 0) text = keepDigits(text);
    const value: unknown = JSON.parse(text);
    const poisoned = suspicious && POISON.test(text) && !isStorable(value);
    return poisoned ? { value: storableValue(value), repaired: true } : { value, repaired: false };
  } catch {
    return undefined;
  }
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
