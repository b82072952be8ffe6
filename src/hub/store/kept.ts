/** Something kept, the version that it shows, and about how many bytes it takes. */
export interface Keeping<T> {
  readonly version: string;
  readonly value: T;
  readonly bytes: number;
}

/**
 * A shelf in memory. What lies on it under a key is good for one version of what it was made of; asked for another, there is
 * nothing, so that nobody is shown what was. The longest unused go first when it is full.
 */
export interface Shelf<T> {
  find(key: string, version: string): T | undefined;
  keep(key: string, kept: Keeping<T>): void;
}

/** Opens an empty shelf that takes so many bytes in all. */
export function openShelf<T>(mostBytes: number): Shelf<T> {
  const shelf = new Map<string, Keeping<T>>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= shelf.get(key)?.bytes ?? 0;
    shelf.delete(key);
  };
  return {
    find: (key, version) => {
      const kept = shelf.get(key);
      if (kept === undefined || kept.version !== version) return undefined;
      shelf.delete(key);
      shelf.set(key, kept);
      return kept.value;
    },
    keep: (key, kept) => {
      drop(key);
      shelf.set(key, kept);
      bytes += kept.bytes;
      for (const oldest of shelf.keys()) {
        if (bytes <= mostBytes) return;
        drop(oldest);
      }
    },
  };
}
