/** Something that lists members, how many it lists, and what tells of one member whether they are on it. */
interface Sized {
  readonly size: number;
  readonly told: "by-entry" | "by-index";
}

/** So few are fetched and sorted whatever else is true: 5 to 15 ms. */
export const FEW = 3000;

/** Lists longer than this are not read whole; that a member is on them is checked on the card. */
export const LONGEST_READ = 32_000;

/** Entries of an index that can be read in the time of looking up one card, whose page is mostly not in memory. */
const ENTRIES_A_LOOKUP = 40;

/** Longer lists are not intersected with others: some 25 ms, and the memory of a query. */
const LONGEST_INTERSECTED = 150_000;

/** So few are looked up one by one without asking whether another list would leave fewer. */
export const HANDFUL = 300;

/**
 * Which of the sources, the smallest first, are intersected when members are fetched: the smallest, and every other that
 * an index lists and that is read whole in less time than looking up everybody on the smallest would take.
 */
export function sourcesToFetch<S extends Sized>(sources: readonly S[]): readonly S[] {
  const [smallest] = sources;
  if (smallest === undefined || smallest.size <= HANDFUL) return sources.slice(0, 1);
  const longest = Math.min(LONGEST_INTERSECTED, smallest.size * ENTRIES_A_LOOKUP);
  return sources.filter((source) => source === smallest || source.size <= longest);
}

/** Which sources are read whole before the list is gone through, so that only cards that are on them are looked up. */
export function sourcesToSift<S extends Sized>(sources: readonly S[]): readonly S[] {
  return sources.filter((source) => source.told === "by-index" && source.size <= LONGEST_READ);
}

/**
 * Whether it is less work to fetch and sort everybody whom the sources, the smallest first, list in common than to go
 * through the list until a page is full. Takes them as independent of each other and of the order.
 */
export function isFetchCheaper(
  sources: readonly Sized[],
  { members, limit }: { members: number; limit: number },
): boolean {
  const [smallest] = sources;
  if (smallest === undefined) return false;
  if (smallest.size <= FEW) return true;
  const shareOf = (some: readonly Sized[]): number =>
    some.reduce((product, { size }) => product * Math.min(1, size / Math.max(1, members)), 1);
  const entriesOf = (some: readonly Sized[]): number => some.reduce((sum, { size }) => sum + size, 0);
  const [sifted, fetched] = [sourcesToSift(sources), sourcesToFetch(sources)];
  const lookedUp = limit / shareOf(sources.filter((source) => source.told !== "by-entry" && !sifted.includes(source)));
  const walking = lookedUp + (entriesOf(sifted) + limit / shareOf(sources)) / ENTRIES_A_LOOKUP;
  return members * shareOf(fetched) + entriesOf(fetched) / ENTRIES_A_LOOKUP < walking;
}
