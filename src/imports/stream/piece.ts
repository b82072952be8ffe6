/** Why a piece of a file cannot even be read as one element. */
export type Unreadable = "too-long" | "too-deep" | "broken" | "cut-off";

/**
 * One element of a file. An `element` lies in the splitter's window from `from` to `to` and must be used before more
 * bytes are fed; a `rejected` one carries a copy of its beginning. `offset` is in bytes from the start of the
 * (unpacked) file, `number` counts elements of the same list from 1 (lines, in a file of lines).
 */
export type Piece = ElementPiece | RejectedPiece;

export interface ElementPiece {
  readonly kind: "element";
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly number: number;
  /** Bits of `Mark`: what the fast road cannot take. */
  readonly marks: number;
}

export interface RejectedPiece {
  readonly kind: "rejected";
  readonly reason: Unreadable;
  readonly offset: number;
  readonly number: number;
  /** The whole length, of which `raw` is the beginning. */
  readonly bytes: number;
  readonly raw: Buffer;
}
