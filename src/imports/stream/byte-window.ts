/**
 * The part of a file that is being looked at: fed in chunks of any size, it keeps only what nobody has let go of.
 * The memory it holds is one chunk and the largest thing that was kept across chunks.
 */
export class ByteWindow {
  /** Valid from 0 to `length`; anything read from it must be used before the next `feed`. */
  bytes: Buffer;
  length = 0;
  /** Where in the file `bytes[0]` stands. */
  base: number;
  /** Everything before this index may be forgotten at the next `feed`. */
  kept = 0;
  /** The next byte to look at. */
  at = 0;
  ended = false;

  constructor(base: number, capacity = 64 * 1024) {
    this.base = base;
    this.bytes = Buffer.allocUnsafe(capacity);
  }

  /** Adds bytes. All indexes shift by what is forgotten; the result says by how many bytes. */
  feed(chunk: Uint8Array): number {
    const shift = this.kept;
    const rest = this.length - shift;
    const wanted = rest + chunk.length;
    if (wanted > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(wanted, Math.min(this.bytes.length * 2, wanted + 64 * 1024)));
      this.bytes.copy(larger, 0, shift, this.length);
      this.bytes = larger;
    } else if (shift > 0) {
      this.bytes.copyWithin(0, shift, this.length);
    }
    this.bytes.set(chunk, rest);
    this.length = wanted;
    this.base += shift;
    this.at -= shift;
    this.kept = 0;
    return shift;
  }

  /** Where in the file the index stands. */
  offsetOf(index: number): number {
    return this.base + index;
  }

  /** A copy of the beginning of a part, for keeping longer than the window does. */
  copyOf(from: number, to: number, most: number): Buffer {
    return Buffer.from(this.bytes.subarray(from, Math.min(to, from + most)));
  }
}
