import { expect, test } from "vitest";
import { changeOf, type SpaceRow, sortedSpaces, type SpaceTable } from "./spaces-rows.ts";

function space(name: string, messages: number, more: Partial<SpaceRow> = {}): SpaceRow {
  return { space: { id: name, name }, messages, members: 1, questions: 0, ...more };
}

const rows = [
  space("Python", 50, { answeredShare: 0.2 }),
  space("java", 80),
  space("Болталка", 10, { answeredShare: 0.9 }),
];
const table: SpaceTable = { search: "", column: "messages", descending: true, page: 0 };
const names = (change: Partial<SpaceTable>) =>
  sortedSpaces(rows, { ...table, ...change }).map(({ space }) => space.name);

test("the liveliest space comes first", () => {
  expect(names({})).toEqual(["java", "Python", "Болталка"]);
});

test("a space is found by a part of its name in any case", () => {
  expect(names({ search: " БОЛТ " })).toEqual(["Болталка"]);
  expect(names({ search: "nothing" })).toEqual([]);
});

test("spaces of which a figure is unknown stand last whichever way the list is sorted", () => {
  expect(names({ column: "answered", descending: true })).toEqual(["Болталка", "Python", "java"]);
  expect(names({ column: "answered", descending: false })).toEqual(["Python", "Болталка", "java"]);
});

test("a change against a handful of messages is not told", () => {
  expect(changeOf(space("a", 40, { before: { messages: 20, members: 3 } }))).toBe(1);
  expect(changeOf(space("a", 40, { before: { messages: 3, members: 3 } }))).toBeUndefined();
  expect(changeOf(space("a", 40))).toBeUndefined();
});
