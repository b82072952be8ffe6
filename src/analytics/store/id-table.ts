/** Ids of 16 bytes one after another, seen as four words each. */
export type Ids = Uint32Array;

const WORDS = 4;
const EMPTY = -1;
/** From this fill on, finding a free place takes too many steps. */
const FULLEST = 0.5;

/** The bytes as ids. They are copied only where they do not lie on a word's border. */
export function idsOf(bytes: Buffer): Ids {
  const words = bytes.length / Uint32Array.BYTES_PER_ELEMENT;
  if (bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0) {
    return new Uint32Array(bytes.buffer, bytes.byteOffset, words);
  }
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

/**
 * A number for each id. A `Map` would need a text for each, which for a hundred thousand messages costs more time and
 * memory than everything that is counted of them.
 */
export class IdTable {
  #words: Uint32Array;
  #values: Int32Array;
  #size = 0;

  /** Grows by itself; `expected` spares it that. */
  constructor(expected: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, expected / FULLEST)));
    this.#words = new Uint32Array(slots * WORDS);
    this.#values = new Int32Array(slots).fill(EMPTY);
  }

  /** The number of the id in that place; undefined when it has none. */
  find(ids: Ids, place: number): number | undefined {
    const value = this.#values[this.#slotOf(ids, place)] ?? EMPTY;
    return value === EMPTY ? undefined : value;
  }

  /** Gives the id in that place a number from 0 on, instead of the one it had. */
  put(ids: Ids, place: number, value: number): void {
    if (this.#size >= this.#values.length * FULLEST) this.#grow();
    const slot = this.#slotOf(ids, place);
    if (this.#values[slot] === EMPTY) {
      this.#size += 1;
      this.#words.set(ids.subarray(place * WORDS, place * WORDS + WORDS), slot * WORDS);
    }
    this.#values[slot] = value;
  }

  #slotOf(ids: Ids, place: number): number {
    const at = place * WORDS;
    const a = ids[at] ?? 0;
    const b = ids[at + 1] ?? 0;
    const c = ids[at + 2] ?? 0;
    const d = ids[at + 3] ?? 0;
    const last = this.#values.length - 1;
    let slot =
      mixed(Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f)) &
      last;
    while (this.#values[slot] !== EMPTY) {
      const s = slot * WORDS;
      const words = this.#words;
      if (words[s] === a && words[s + 1] === b && words[s + 2] === c && words[s + 3] === d) break;
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #grow(): void {
    const [words, values] = [this.#words, this.#values];
    this.#words = new Uint32Array(words.length * 2);
    this.#values = new Int32Array(values.length * 2).fill(EMPTY);
    this.#size = 0;
    for (let slot = 0; slot < values.length; slot += 1) {
      const value = values[slot] ?? EMPTY;
      if (value !== EMPTY) this.put(words, slot, value);
    }
  }
}

/** Lets every bit have a say in every other, as the end of MurmurHash3 does. */
function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return half ^ (half >>> 13);
}
