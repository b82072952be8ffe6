import { ByteWindow } from "./byte-window.ts";
import { noteHeader, headerValue, pathIn, Wanted, type Frame, type Header } from "./frames.ts";
import { ELEMENT_BYTES, HEADER_FIELD_BYTES, KEPT_RAW_BYTES } from "./limits.ts";
import { nextOpening, openingOf } from "./opening.ts";
import type { ElementPiece, Piece, RejectedPiece, Unreadable } from "./piece.ts";
import { Mark, newScan, resetScan, scanValue } from "./scan-value.ts";

/** Where a reading of a JSON file can go on: plain JSON, a few hundred bytes. */
export interface JsonPlace {
  readonly offset: number;
  readonly frames: readonly Frame[];
}

type Role = "element" | "key" | "header" | "skip" | "resync";
type Step = Piece | "on" | "more";

const filler = new Uint8Array(256);
// White space, the two separators, and the three bytes of a UTF-8 byte order mark.
for (const byte of [0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x3a, 0xef, 0xbb, 0xbf]) filler[byte] = 1;
const endsScalar = new Uint8Array(256);
for (const char of ' \t\n\r,:]}[{"') endsScalar[char.charCodeAt(0)] = 1;

/**
 * Walks one JSON document of any size and hands out the elements of the wanted arrays, one by one, as bytes. It holds one
 * element at most. Damage costs the damaged element only: the next good one is found by how the elements of its list begin.
 *
 * `feed` bytes, call `next` until it gives undefined, feed again; at the end of the file call `end` and `next` once more.
 */
export class JsonElements {
  readonly window: ByteWindow;
  /** The document's last bracket was seen; false at the end of a file means it was cut off. */
  complete = false;
  /** Counts the wanted arrays that were entered: as long as it is the same, the elements are of one list. */
  list = 0;
  readonly #wanted: Wanted;
  readonly #frames: Frame[];
  readonly #scan = newScan();
  #role: Role | undefined;
  #scalar = false;
  #start = 0;
  /** The value is too long to be held: it is gone through without keeping it. */
  #dropping: { readonly offset: number; readonly raw: Buffer } | undefined;
  #opening: Buffer | undefined;

  constructor(paths: readonly (readonly string[])[], place?: JsonPlace) {
    this.#wanted = new Wanted(paths);
    this.#frames = structuredClone([...(place?.frames ?? [])]);
    this.window = new ByteWindow(place?.offset ?? 0);
  }

  /** The fields around the elements that come now, outermost first. */
  around(): readonly Header[] {
    return this.#frames.filter((frame) => !frame.array).map((frame) => frame.header);
  }

  /** Where to start again so that the element after the last one handed out comes next. */
  place(): JsonPlace {
    const between = this.#role === undefined;
    const offset = this.window.offsetOf(between ? this.window.at : this.#start);
    return {
      offset: this.#dropping?.offset ?? offset,
      frames: this.#frames.map((frame) => ({ ...frame, header: { ...frame.header } })),
    };
  }

  feed(chunk: Uint8Array): void {
    this.#start -= this.window.feed(chunk);
  }

  end(): void {
    this.window.ended = true;
  }

  next(): Piece | undefined {
    for (;;) {
      const step = this.#role === undefined ? this.#between() : this.#within(this.#role);
      if (step === "more") return undefined;
      if (step !== "on") return step;
    }
  }

  /** For an element that is no JSON after all: gives it up, or the damaged part of it, and goes on after that. */
  giveUp(piece: ElementPiece): RejectedPiece {
    const found = nextOpening(this.window, this.#opening, piece.from + 1);
    const next = found >= 0 && found < piece.to ? found : piece.to;
    this.window.at = next;
    return this.#rejected("broken", { from: piece.from, to: next }, piece.number);
  }

  #between(): Step {
    const { window } = this;
    const { bytes, length } = window;
    while (window.at < length && filler[bytes[window.at] ?? 0] === 1) window.at++;
    window.kept = window.at;
    if (window.at >= length) return "more";
    const byte = bytes[window.at] ?? 0;
    if (byte === 0x7d || byte === 0x5d) return this.#leave(byte);
    return this.#enter(byte);
  }

  #leave(byte: number): Step {
    this.window.at++;
    const frame = this.#frames.at(-1);
    // A stray bracket of the other sort is what damage left behind; the list itself goes on.
    if (frame?.array === (byte === 0x5d)) {
      this.#frames.pop();
      this.#valueDone();
      this.complete = this.#frames.length === 0;
    }
    return "on";
  }

  #valueDone(): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined) delete frame.key;
  }

  #enter(byte: number): Step {
    const { window } = this;
    if (this.complete) {
      window.at = window.length;
      return "more";
    }
    const frame = this.#frames.at(-1);
    const container = byte === 0x7b || byte === 0x5b;
    if (frame?.wanted !== true && container && (frame?.array !== false || frame.key !== undefined)) {
      const inner = this.#wanted.frame(pathIn(frame), byte === 0x5b);
      if (inner !== undefined) {
        this.#frames.push(inner);
        this.#opening = undefined;
        if (inner.wanted) this.list++;
        window.at++;
        return "on";
      }
    }
    this.#role = roleIn(frame, container);
    this.#scalar = !container && byte !== 0x22;
    this.#start = window.at;
    resetScan(this.#scan);
    return "on";
  }

  #within(role: Role): Step {
    if (role === "resync") return this.#resync();
    const { window } = this;
    this.#scan.to = window.length;
    const end = this.#scalar ? this.#scalarEnd() : scanValue(window.bytes, window.at, this.#scan);
    if (end < 0) return this.#needMore(role);
    window.at = end;
    return (this.#scan.marks & Mark.mismatch) !== 0 ? this.#mismatched(role) : this.#finish(role, end);
  }

  #scalarEnd(): number {
    const { bytes, length, at, ended } = this.window;
    let end = at;
    while (end < length && endsScalar[bytes[end] ?? 0] !== 1) end++;
    return end < length || ended ? end : -1;
  }

  #needMore(role: Role): Step {
    const { window } = this;
    window.at = window.length;
    if (role === "element" && (window.ended || this.#tooLong())) {
      const next = nextOpening(window, this.#opening ?? this.#ownOpening(), this.#start + 1);
      if (this.#dropping === undefined && next >= 0) return this.#restartAt(next);
    }
    if (window.ended) return role === "element" ? this.#cutOff() : "more";
    if (this.#tooLong()) this.#drop();
    window.kept = this.#dropping === undefined ? this.#start : window.length;
    return "more";
  }

  #tooLong(): boolean {
    return this.#dropping === undefined && this.window.length - this.#start > ELEMENT_BYTES;
  }

  #drop(): void {
    const { window } = this;
    const raw = window.copyOf(this.#start, window.length, KEPT_RAW_BYTES);
    this.#dropping = { offset: window.offsetOf(this.#start), raw };
  }

  #cutOff(): Step {
    this.#role = undefined;
    this.window.at = this.window.length;
    return this.#rejected("cut-off", { from: this.#start, to: this.window.length });
  }

  #restartAt(next: number): Step {
    this.#role = undefined;
    this.window.at = next;
    return this.#rejected("broken", { from: this.#start, to: next });
  }

  #mismatched(role: Role): Step {
    this.#opening ??= this.#ownOpening();
    if (role !== "element" || this.#opening === undefined) {
      this.#role = undefined;
      this.#valueDone();
      return role === "element" ? this.#rejected("broken", { from: this.#start, to: this.window.at }) : "on";
    }
    if (this.#dropping === undefined) this.window.at = this.#start + 1;
    this.#role = "resync";
    return "on";
  }

  #resync(): Step {
    const { window } = this;
    const next = nextOpening(window, this.#opening, window.at);
    if (next >= 0) return this.#restartAt(next);
    if (window.ended) return this.#restartAt(window.length);
    if (this.#tooLong()) this.#drop();
    window.at = Math.max(window.at, window.length - (this.#opening?.length ?? 1) + 1);
    window.kept = this.#dropping === undefined ? this.#start : window.at;
    return "more";
  }

  #finish(role: Role, end: number): Step {
    this.#role = undefined;
    const frame = this.#frames.at(-1);
    if (role === "element" && frame !== undefined) return this.#element(frame, end);
    const short = this.#dropping === undefined && end - this.#start <= HEADER_FIELD_BYTES;
    const text = short ? this.window.bytes.toString("utf8", this.#start, end) : "";
    this.#dropping = undefined;
    if (frame === undefined) {
      this.complete = true;
    } else if (role === "key") {
      frame.key = String(headerValue(text) ?? "");
      return "on";
    } else if (role === "header") {
      noteHeader(frame, frame.key ?? "", text);
    }
    this.#valueDone();
    return "on";
  }

  #element(frame: Frame, end: number): Piece {
    const { marks } = this.#scan;
    const from = this.#start;
    this.#opening ??= this.#ownOpening();
    if (this.#dropping !== undefined || end - from > ELEMENT_BYTES)
      return this.#rejected("too-long", { from, to: end });
    if ((marks & Mark.tooDeep) !== 0) return this.#rejected("too-deep", { from, to: end });
    return { kind: "element", from, to: end, offset: this.window.offsetOf(from), number: ++frame.count, marks };
  }

  #ownOpening(): Buffer | undefined {
    return this.#dropping === undefined ? openingOf(this.window.bytes, this.#start, this.window.length) : undefined;
  }

  #rejected(reason: Unreadable, { from, to }: { from: number; to: number }, known?: number): RejectedPiece {
    const { window } = this;
    const frame = this.#frames.at(-1);
    const number = known ?? (frame === undefined ? 0 : ++frame.count);
    const offset = this.#dropping?.offset ?? window.offsetOf(from);
    const raw = this.#dropping?.raw ?? window.copyOf(from, to, KEPT_RAW_BYTES);
    this.#dropping = undefined;
    return { kind: "rejected", reason, offset, number, bytes: window.offsetOf(to) - offset, raw };
  }
}

function roleIn(frame: Frame | undefined, container: boolean): Role {
  if (frame === undefined) return "skip";
  if (frame.wanted) return "element";
  if (!frame.array && frame.key === undefined) return "key";
  return container || frame.array ? "skip" : "header";
}
