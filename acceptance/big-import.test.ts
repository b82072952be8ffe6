import { expect, test } from "vitest";
import { hasGenerator, importBigFile } from "./big-import.ts";

test.skipIf(!hasGenerator())("a large file is imported whole, with little memory", { timeout: 180_000 }, async () => {
  const figures = await importBigFile(60e6, { say: () => undefined });
  expect(figures.filter(({ holds }) => !holds)).toEqual([]);
});
