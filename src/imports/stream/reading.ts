import { setImmediate as turn } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import type { ElementPiece, Piece, RejectedPiece } from "./piece.ts";
import type { ByteWindow } from "./byte-window.ts";

/** Cuts a stream of bytes into elements: JSON elements, lines, records. */
export interface Splitter<Place> {
  readonly window: ByteWindow;
  feed(chunk: Uint8Array): void;
  end(): void;
  /** The next piece that lies whole in the window; undefined when more bytes are needed. */
  next(): Piece | undefined;
  giveUp(piece: ElementPiece): RejectedPiece;
  /** Where to start again so that what comes next comes next. */
  place(): Place;
}

/**
 * So much is taken between two turns of the program: a millisecond's work, in which nobody else is answered. A thread that
 * does nothing but read has nobody to answer.
 */
const TURN_BYTES = isMainThread ? 16 * 1024 : 64 * 1024;

/** Feeds a splitter piece by piece and gives control back after each, so that the pieces at hand can be taken with `next`. */
export async function* fed<Place>(splitter: Splitter<Place>, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<void> {
  let taken = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += TURN_BYTES) {
      const piece = chunk.subarray(from, from + TURN_BYTES);
      splitter.feed(piece);
      yield;
      taken += piece.length;
      if (taken < TURN_BYTES) continue;
      taken = 0;
      await turn();
    }
  }
  splitter.end();
  yield;
}
