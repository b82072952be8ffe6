import { expect, test } from "vitest";
import { chosenColumns, columnsOf, COLUMNS_COOKIE } from "./column-choice.ts";

test("a reader who has chosen nothing sees the usual columns", () => {
  expect(columnsOf(null)).toEqual(columnsOf("other=1"));
  expect(columnsOf(null)).toContain("messages");
});

test("columns come in the order of the list, whatever the order in which they were chosen", () => {
  expect(chosenColumns(["first", "tags", "messages"])).toEqual(["messages", "tags", "first"]);
  expect(columnsOf(`a=b; ${COLUMNS_COOKIE}=first.tags`)).toEqual(["tags", "first"]);
});

test("all columns can be taken away, and names that mean nothing are passed over", () => {
  expect(columnsOf(`${COLUMNS_COOKIE}=`)).toEqual([]);
  expect(columnsOf(`${COLUMNS_COOKIE}=nonsense.level`)).toEqual(["level"]);
});
