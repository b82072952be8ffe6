import { expect, test } from "vitest";
import { csvOf, linesOf } from "./download.ts";

test("a downloaded table opens in a spreadsheet as it stands", () => {
  const table = {
    columns: ["Name", "Messages"],
    rows: [
      ["Анна, модератор", 1051],
      ['"Bob"', 2],
      ["two\nlines", 3],
    ],
  };
  expect(csvOf(table)).toBe('Name,Messages\r\n"Анна, модератор",1051\r\n"""Bob""",2\r\n"two\nlines",3');
});

test("a name that looks like a formula is not run by the spreadsheet", () => {
  expect(csvOf({ columns: ["Name"], rows: [["=HYPERLINK(1)"]] })).toBe("Name\r\n'=HYPERLINK(1)");
});

test("numbers are saved plain where they are shown for the reader", () => {
  expect(csvOf({ columns: ["Day", "Share"], rows: [["1 Sep", "48.7 %"]], raw: [["2026-09-01", 0.487]] })).toBe(
    "Day,Share\r\n2026-09-01,0.487",
  );
});

test("the title of a saved picture is written in as many lines as it needs", () => {
  const fits = (line: string) => line.length <= 16;
  expect(linesOf("Half of all messages come from 70 people", fits)).toEqual([
    "Half of all",
    "messages come",
    "from 70 people",
  ]);
  expect(linesOf("Донаудампфшиффартсгезелльшафт растёт", fits)).toEqual(["Донаудампфшиффартсгезелльшафт", "растёт"]);
});
