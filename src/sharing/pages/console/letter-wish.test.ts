import { expect, test } from "vitest";
import { wishIn } from "./letter-wish.ts";

function form(fields: Record<string, string>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
}

test("a mail program's own button stops the letters and never brings them back", () => {
  expect(wishIn(form({ "List-Unsubscribe": "One-Click" }))).toBe(false);
  expect(wishIn(form({ "List-Unsubscribe": "One-Click", wants: "yes" }))).toBe(false);
});

test("a reader says on the page what they want, and a form that says nothing changes nothing", () => {
  expect(wishIn(form({ wants: "no" }))).toBe(false);
  expect(wishIn(form({ wants: "yes" }))).toBe(true);
  expect(wishIn(form({}))).toBeUndefined();
  expect(wishIn(form({ "List-Unsubscribe": "two clicks" }))).toBeUndefined();
});
