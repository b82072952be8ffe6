import { expect, test } from "vitest";
import { isFetchCheaper, sourcesToFetch, sourcesToSift } from "./reading-way.ts";

const names = (...sizes: number[]) => sizes.map((size) => ({ size, told: "by-index" as const }));
const told = (size: number) => ({ size, told: "by-entry" as const });
const page = { members: 1_000_000, limit: 51 };

test("a rare name is fetched, a common one is met soon enough in the order of the list", () => {
  expect(isFetchCheaper(names(12), page)).toBe(true);
  expect(isFetchCheaper(names(120_000), page)).toBe(false);
  expect(isFetchCheaper([], page)).toBe(false);
});

test("two names that are common alone and rare together are intersected before anybody is looked up", () => {
  const both = names(15_000, 29_000);
  expect(isFetchCheaper(both, page)).toBe(true);
  expect(sourcesToFetch(both)).toEqual(both);
});

test("while the list is gone through, a name that is neither rare nor common is looked for among its bearers", () => {
  const sources = [...names(13_000), told(270_000)];
  expect(sourcesToSift(sources)).toEqual(names(13_000));
  expect(sourcesToSift(names(120_000))).toEqual([]);
  expect(isFetchCheaper(sources, page)).toBe(false);
});

test("people with a rather rare name are told apart by a common one before anybody is looked up", () => {
  expect(sourcesToFetch(names(2700, 30_000))).toEqual(names(2700, 30_000));
  expect(sourcesToFetch(names(3300, 118_000))).toEqual(names(3300, 118_000));
});

test("a short list is not intersected with a long one", () => {
  expect(sourcesToFetch(names(40, 9000))).toEqual(names(40));
  expect(sourcesToFetch(names(400, 18_000))).toEqual(names(400));
  expect(sourcesToFetch(names(50_000, 900_000))).toEqual(names(50_000));
});
