import { expect, test } from "vitest";
import { visible } from "./raw-text.ts";

test("what was put aside is shown with every hidden character written out", () => {
  expect(visible("a\u202Eexe.txt\u0007\uD800")).toBe(String.raw`a\u202eexe.txt\u0007\ud800`);
});

test("lines stay lines, and whole emoji stay emoji", () => {
  expect(visible("one\ntwo 🔔")).toBe("one\ntwo 🔔");
});

test("a page never shows more than its share of a long piece", () => {
  expect(visible("я".repeat(5000))).toHaveLength(2001);
});
