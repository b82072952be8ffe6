import type { IncomingReaction, IncomingReactor } from "#src/platforms/model.ts";

const NOBODY: readonly IncomingReactor[] = [];

/**
 * Puts together what a message tells of one mark several times, and of one person: nobody is named twice for a mark, and
 * nothing is counted less often than people are named for it. Marks that nobody gave are left out.
 */
export function marksOf(told: Iterable<IncomingReaction>): readonly IncomingReaction[] {
  const marks = new Map<string, { count: number; by: readonly IncomingReactor[] }>();
  for (const { emoji, count, by = NOBODY } of told) {
    const mark = marks.get(emoji) ?? { count: 0, by: NOBODY };
    const known = new Set(mark.by.map(({ member }) => member.externalId));
    const named = by.filter(({ member: { externalId } }) => !known.has(externalId) && known.add(externalId));
    marks.set(emoji, { count: mark.count + Math.max(count, named.length), by: mark.by.concat(named) });
  }
  const given = [...marks].filter(([, { count }]) => count > 0);
  return given.map(([emoji, { count, by }]) => (by.length === 0 ? { emoji, count } : { emoji, count, by }));
}
