const collator = new Intl.Collator("en", { numeric: true });

/** What orders a part, and how much of the disk it takes. */
interface PackedPart {
  readonly name: string;
  /** Bytes on disk. */
  readonly packed: number;
}

/** The parts of a source in the order in which they are read: by name, numbers by their value. */
export function inReadingOrder<P extends { readonly name: string }>(parts: readonly P[]): P[] {
  return parts.toSorted((a, b) => collator.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
}

/** How many bytes on disk are behind when each part begins, so that progress grows from part to part. */
export function bytesBefore(parts: readonly PackedPart[]): ReadonlyMap<string, number> {
  const before = new Map<string, number>();
  let sum = 0;
  for (const { name, packed } of inReadingOrder(parts)) {
    before.set(name, sum);
    sum += packed;
  }
  return before;
}
