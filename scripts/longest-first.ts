import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest, longest first: whoever begins them last waits for them alone. Others follow in Vitest's own order.
 * Seen on two cores; being wrong here costs time and nothing else.
 */
const LONGEST = [
  "accessible.test.ts",
  "merging.test.ts",
  "first-evening.test.ts",
  "audit.test.ts",
  "hostile.test.ts",
  "foreign.test.ts",
  "backup.test.ts",
  "fuzz.test.ts",
  "commands.test.ts",
  "undone-imports.test.ts",
  "access.test.ts",
  "embedded/server.test.ts",
  "schema.test.ts",
  "merged.test.ts",
  "reference.test.ts",
  "pipeline/import.test.ts",
];

const rank = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
  return place === -1 ? LONGEST.length : place;
};

/** The order in which test files begin. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
