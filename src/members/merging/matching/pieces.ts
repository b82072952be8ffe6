/** Longest words are taken apart at so many places; shorter ends than this are no words. */
const LEAST = 3;
/** Counters: a power of two, some 8 MB; words that share one by chance look commoner than they are, which is the safe side. */
const SLOTS = 2 ** 21;

/** A small community knows few words: what nobody else in it has may be common elsewhere, up to so many bits a letter. */
const WORLD_BITS = 15;
const BITS_A_LETTER = 1.7;

/** The bits of surprise in two strangers sharing a word of so many letters that `seen` of `all` accounts have. */
export function surprise(seen: number, all: number, letters: number): number {
  // The two accounts themselves do not count.
  const others = seen - 2;
  if (others > 0) return Math.log2(all / others);
  return Math.max(Math.log2(Math.max(2, all) / 0.5), Math.min(WORLD_BITS, BITS_A_LETTER * letters));
}

function slotOf(word: string, from: number, to: number): number {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

/** How often words begin and end with what: `wolftiger` is rare, and made of two common words all the same. */
export class Pieces {
  readonly #starts = new Uint16Array(SLOTS);
  readonly #ends = new Uint16Array(SLOTS);
  #words = 0;

  add(word: string): void {
    this.#words += 1;
    for (let cut = LEAST; cut <= word.length; cut += 1) this.#raise(this.#starts, slotOf(word, 0, cut));
    for (let cut = 0; cut <= word.length - LEAST; cut += 1) this.#raise(this.#ends, slotOf(word, cut, word.length));
  }

  #raise(counts: Uint16Array, slot: number): void {
    const count = counts[slot] ?? 0;
    if (count < 65_535) counts[slot] = count + 1;
  }

  #bits(counts: Uint16Array, slot: number, letters: number): number {
    return surprise(counts[slot] ?? 0, this.#words, letters);
  }

  /** The bits of surprise in two strangers putting this word together from a beginning and an end that others use too. */
  surprise(word: string): number {
    let least = surprise(0, this.#words, word.length);
    for (let cut = LEAST; cut <= word.length - LEAST; cut += 1) {
      const bits =
        this.#bits(this.#starts, slotOf(word, 0, cut), cut) +
        this.#bits(this.#ends, slotOf(word, cut, word.length), word.length - cut);
      if (bits < least) least = bits;
    }
    return least;
  }
}
