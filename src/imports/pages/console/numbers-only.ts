import type { Import } from "../../model.ts";

/** Whether it was a table of daily numbers, in which there are no messages. */
export function numbersOnly({ counts }: Pick<Import, "counts">): boolean {
  return counts.numbers > 0 && counts.stored + counts.updated + counts.repeated === 0;
}
