import { ByteWindow } from "./byte-window.ts";
import { ELEMENT_BYTES, KEPT_RAW_BYTES } from "./limits.ts";
import type { ElementPiece, Piece, RejectedPiece, Unreadable } from "./piece.ts";

/** Where a reading of a CSV file can go on. `record` is the number of the last record before it. */
export interface CsvPlace {
  readonly offset: number;
  readonly record: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Splits a CSV file (RFC 4180, any one-byte separator) into records. A quote opens a field only at the field's
 * beginning. A quote that is never closed costs its own line, not the rest of the file. Fed and asked like `JsonElements`.
 */
export class CsvRecords {
  readonly window: ByteWindow;
  readonly #separator: number;
  #record: number;
  #start = 0;
  #quoted = false;
  #fieldStart = true;

  constructor(separator: string, place?: CsvPlace) {
    this.window = new ByteWindow(place?.offset ?? 0);
    this.#separator = separator.charCodeAt(0);
    this.#record = place?.record ?? 0;
  }

  place(): CsvPlace {
    return { offset: this.window.offsetOf(this.#start), record: this.#record };
  }

  feed(chunk: Uint8Array): void {
    this.#start -= this.window.feed(chunk);
  }

  end(): void {
    this.window.ended = true;
  }

  next(): Piece | undefined {
    for (;;) {
      const end = this.#recordEnd();
      if (end >= 0) {
        const piece = this.#piece(end);
        if (piece !== undefined) return piece;
        continue;
      }
      const { window } = this;
      const held = window.length - this.#start;
      if (held > ELEMENT_BYTES || (window.ended && this.#quoted && held > 0)) return this.#firstLine("broken");
      window.kept = this.#start;
      return undefined;
    }
  }

  /** For a record that does not fit the columns: gives up its first line and goes on with the next. */
  giveUp(piece: ElementPiece): RejectedPiece {
    this.#start = piece.from;
    return this.#firstLine("broken", piece.number);
  }

  #firstLine(reason: Unreadable, known?: number): RejectedPiece {
    const { window } = this;
    const newline = window.bytes.indexOf(NEWLINE, this.#start);
    const end = newline >= 0 && newline < window.length ? newline : window.length;
    const raw = window.copyOf(this.#start, end, KEPT_RAW_BYTES);
    const offset = window.offsetOf(this.#start);
    const bytes = end - this.#start;
    this.#restart(Math.min(end + 1, window.length));
    const number = known ?? ++this.#record;
    return { kind: "rejected", reason: bytes > ELEMENT_BYTES ? "too-long" : reason, offset, number, bytes, raw };
  }

  #restart(at: number): void {
    this.#start = at;
    this.window.at = at;
    this.#quoted = false;
    this.#fieldStart = true;
  }

  #recordEnd(): number {
    const { window } = this;
    const { bytes, length } = window;
    let at = window.at;
    if (at === 0 && window.base === 0 && bytes.subarray(0, 3).equals(BOM)) {
      at = 3;
      this.#start = 3;
    }
    const { at: end, quoted, fieldStart } = this.#scan(at, length);
    window.at = end;
    this.#quoted = quoted;
    this.#fieldStart = fieldStart;
    if (end < length && bytes[end] === NEWLINE && !quoted) return end;
    return window.ended && !quoted && this.#start < length ? length : -1;
  }

  /** Stops at the newline that ends the record, or at the end of the bytes. */
  #scan(from: number, length: number): { at: number; quoted: boolean; fieldStart: boolean } {
    const { bytes } = this.window;
    const separator = this.#separator;
    let quoted = this.#quoted;
    let fieldStart = this.#fieldStart;
    let at = from;
    for (; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE && (quoted || fieldStart)) {
        // A doubled quote closes and opens again, which comes to the same.
        quoted = !quoted;
        fieldStart = !quoted;
      } else if (!quoted) {
        if (byte === NEWLINE) break;
        fieldStart = byte === separator;
      }
    }
    return { at, quoted, fieldStart };
  }

  #piece(end: number): Piece | undefined {
    const { window } = this;
    const from = this.#start;
    const to = end > from && window.bytes[end - 1] === RETURN ? end - 1 : end;
    const offset = window.offsetOf(from);
    this.#restart(Math.min(end + 1, window.length));
    const number = ++this.#record;
    if (to - from > ELEMENT_BYTES) {
      const raw = window.copyOf(from, to, KEPT_RAW_BYTES);
      return { kind: "rejected", reason: "too-long", offset, number, bytes: to - from, raw };
    }
    return to === from ? undefined : { kind: "element", from, to, offset, number, marks: 0 };
  }
}

/** The fields of one record, unquoted. */
export function csvFields(record: string, separator: string): string[] {
  if (!record.includes('"')) return record.split(separator);
  const fields: string[] = [];
  let at = 0;
  while (at <= record.length) {
    const [field, end] = record[at] === '"' ? quotedField(record, at, separator) : plainField(record, at, separator);
    fields.push(field);
    at = end + 1;
  }
  return fields;
}

function plainField(record: string, from: number, separator: string): [field: string, end: number] {
  const found = record.indexOf(separator, from);
  const end = found < 0 ? record.length : found;
  return [record.slice(from, end), end];
}

function quotedField(record: string, from: number, separator: string): [field: string, end: number] {
  let field = "";
  let at = from + 1;
  for (;;) {
    const quote = record.indexOf('"', at);
    if (quote < 0) return [field + record.slice(at), record.length];
    field += record.slice(at, quote);
    if (record[quote + 1] !== '"') {
      const [rest, end] = plainField(record, quote + 1, separator);
      return [field + rest, end];
    }
    field += '"';
    at = quote + 2;
  }
}
