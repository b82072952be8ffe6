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

/** Feeds a splitter chunk by chunk and gives control back after each, so that the pieces at hand can be taken with `next`. */
export async function* fed<Place>(splitter: Splitter<Place>, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<void> {
  for await (const chunk of chunks) {
    splitter.feed(chunk);
    yield;
  }
  splitter.end();
  yield;
}
