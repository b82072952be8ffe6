/** Values by space and by the id that something has there. */
export class BySpace<V> {
  readonly #spaces = new Map<string, Map<string, V>>();
  size = 0;

  get(space: string, externalId: string): V | undefined {
    return this.#spaces.get(space)?.get(externalId);
  }

  set(space: string, externalId: string, value: V): void {
    let inSpace = this.#spaces.get(space);
    if (inSpace === undefined) this.#spaces.set(space, (inSpace = new Map<string, V>()));
    inSpace.set(externalId, value);
    this.size++;
  }
}

/**
 * At least the most recent half of `limit` entries, at most `limit`. Old ones are forgotten half by half: taking the
 * oldest key out of a Map one at a time makes V8 step over all that were taken out before.
 */
export class Recent<V> {
  #young = new BySpace<V>();
  #old = new BySpace<V>();
  readonly #half: number;

  constructor(limit: number) {
    this.#half = Math.ceil(limit / 2);
  }

  get(space: string, externalId: string): V | undefined {
    return this.#young.get(space, externalId) ?? this.#old.get(space, externalId);
  }

  set(space: string, externalId: string, value: V): void {
    this.#young.set(space, externalId, value);
    if (this.#young.size < this.#half) return;
    this.#old = this.#young;
    this.#young = new BySpace();
  }
}
