import { ByteWindow } from "./byte-window.ts";
import { ELEMENT_BYTES, KEPT_RAW_BYTES } from "./limits.ts";
import type { ElementPiece, Piece, RejectedPiece } from "./piece.ts";
import { Mark, newScan, resetScan, scanValue } from "./scan-value.ts";

/** Where a reading of a file of lines can go on. `line` is the number of the last line before it. */
export interface LinePlace {
  readonly offset: number;
  readonly line: number;
}

const NEWLINE = 0x0a;
const BLANK = new Set([0x20, 0x09, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * Splits a file into lines, of which each is one JSON value or, when told so, plain text. Blank lines are passed over
 * (numbers tell where they were); a line over the limit is put aside without ever being held. Fed and asked like
 * `JsonElements`.
 */
export class Lines {
  readonly window: ByteWindow;
  readonly #scan = newScan();
  readonly #isText: boolean;
  #line: number;
  /** How far the present line was already searched for its end. */
  #searched = 0;
  #start = 0;
  #dropping: { readonly offset: number; readonly raw: Buffer } | undefined;

  constructor(place?: LinePlace, holds: "json" | "text" = "json") {
    this.#isText = holds === "text";
    this.window = new ByteWindow(place?.offset ?? 0);
    this.#line = place?.line ?? 0;
  }

  place(): LinePlace {
    return { offset: this.#dropping?.offset ?? this.window.offsetOf(this.#start), line: this.#line };
  }

  feed(chunk: Uint8Array): void {
    const shift = this.window.feed(chunk);
    this.#start -= shift;
    this.#searched -= shift;
  }

  end(): void {
    this.window.ended = true;
  }

  next(): Piece | undefined {
    for (;;) {
      const end = this.#lineEnd();
      if (end < 0) return undefined;
      const piece = this.#piece(end);
      if (piece !== undefined) return piece;
    }
  }

  /** For a line that is no JSON after all. A last line without its end was cut off. */
  giveUp(piece: ElementPiece): RejectedPiece {
    const { window } = this;
    const cut = window.ended && piece.to === window.length;
    const raw = window.copyOf(piece.from, piece.to, KEPT_RAW_BYTES);
    const { offset, number } = piece;
    return { kind: "rejected", reason: cut ? "cut-off" : "broken", offset, number, bytes: piece.to - piece.from, raw };
  }

  /** The index of the newline that ends the present line (or of the end of the file), -1 when more bytes are needed. */
  #lineEnd(): number {
    const { window } = this;
    const from = this.#searched;
    const found = from < window.length ? window.bytes.indexOf(NEWLINE, from) : -1;
    if (found >= 0 && found < window.length) return found;
    this.#searched = window.length;
    if (window.ended) return this.#start < window.length || this.#dropping !== undefined ? window.length : -1;
    if (this.#dropping === undefined && window.length - this.#start > ELEMENT_BYTES) {
      const raw = window.copyOf(this.#start, window.length, KEPT_RAW_BYTES);
      this.#dropping = { offset: window.offsetOf(this.#start), raw };
    }
    if (this.#dropping !== undefined) this.#start = window.length;
    window.kept = this.#start;
    return -1;
  }

  #piece(end: number): Piece | undefined {
    const { window } = this;
    const from = this.#start;
    const dropped = this.#dropping;
    this.#line++;
    this.#start = Math.min(end + 1, window.length);
    this.#searched = this.#start;
    this.#dropping = undefined;
    const offset = dropped?.offset ?? window.offsetOf(from);
    const number = this.#line;
    const bytes = window.offsetOf(end) - offset;
    if (dropped !== undefined || bytes > ELEMENT_BYTES) {
      const raw = dropped?.raw ?? window.copyOf(from, end, KEPT_RAW_BYTES);
      return { kind: "rejected", reason: "too-long", offset, number, bytes, raw };
    }
    let first = from;
    while (first < end && BLANK.has(window.bytes[first] ?? 0)) first++;
    if (first === end) return undefined;
    const marks = this.#isText ? 0 : this.#marksOf(first, end);
    if ((marks & Mark.tooDeep) !== 0) {
      const raw = window.copyOf(first, end, KEPT_RAW_BYTES);
      return { kind: "rejected", reason: "too-deep", offset, number, bytes, raw };
    }
    return { kind: "element", from: first, to: end, offset, number, marks };
  }

  #marksOf(from: number, end: number): number {
    resetScan(this.#scan);
    this.#scan.to = end;
    const first = this.window.bytes[from];
    if (first === 0x7b || first === 0x5b || first === 0x22) scanValue(this.window.bytes, from, this.#scan);
    return this.#scan.marks;
  }
}
