/** Remembers what was used last, at most so many things; older ones are forgotten. */
export class Shelf<Value> {
  readonly #most: number;
  readonly #kept = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  find(key: string): Value | undefined {
    return this.#kept.get(key);
  }

  /** Puts it in front, whether it was there or not, and hands it back. */
  keep(key: string, value: Value): Value {
    this.#kept.delete(key);
    this.#kept.set(key, value);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > this.#most && !oldest.done) this.#kept.delete(oldest.value);
    return value;
  }
}
