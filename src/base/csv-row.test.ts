import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { csvRow } from "./csv-row.ts";

const OWN = "../shared/corpora/own/csv-cells.json";
const KNOWN = "../shared/corpora/csv/payloadbox-csv-payload.txt";
const own = existsSync(OWN) ? (JSON.parse(readFileSync(OWN, "utf8")) as string[]) : [];
const known = existsSync(KNOWN) ? readFileSync(KNOWN, "utf8").split("\n") : [];
const built = [
  "=1+1",
  "+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(A1)",
  "\t=1",
  "\r\n=1",
  " \u200b=1",
  "＝1+1",
  '"=1"',
  ";=1",
  "-5",
];

test("no cell is a formula to a spreadsheet, whatever stands before the sign", () => {
  for (const cell of [...built, ...own, ...known]) {
    const line = csvRow([cell]);
    const [[read = ""] = []] = parse(line, { relax_column_count: true });
    const isNumber = /^-?\d+$/.test(cell);
    expect([cell, isNumber || /^[^=+\-@\t\r\n＝＋－＠]/u.test(read) || read === ""]).toEqual([cell, true]);
    // Where semicolons or tabs separate, the quotes still hold the cell together.
    expect(line.startsWith('"')).toBe(true);
    expect(line.endsWith('"\r\n')).toBe(true);
  }
});

test("what is harmless arrives as it was", () => {
  const cells = ["Anna", 'says "hi", twice', "два\nстрока", 12, -5, "-5", true, null, "a=b", "мы — команда"];
  const [row] = parse(csvRow(cells));
  expect(row).toEqual(["Anna", 'says "hi", twice', "два\nстрока", "12", "-5", "-5", "true", "", "a=b", "мы — команда"]);
});

test("the lists of known attacks were at hand", (context) => {
  if (own.length === 0 || known.length === 0) context.skip("the shared corpora are not beside the project");
  expect(own.length + known.length).toBeGreaterThan(20);
});
