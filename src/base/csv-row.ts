/** What a spreadsheet may take for the beginning of a formula, in any width, behind any space, quote or unseen mark. */
const FORMULA = /^[\s\p{Cf}\p{Cc}\p{Zs}"'`]*[=+\-@\uff1d\uff0b\uff0d\uff20|%;,]/u;
/** A plain number, which no spreadsheet runs. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** Spreadsheets cut a cell at 32,767 characters; a longer one would lose the closing quote of a defanged text. */
const LONGEST_CELL = 32_000;

/** A mark in front of a file by which Excel knows that it is UTF-8. */
export const UTF8_MARK = "\u{feff}";

function csvCell(cell: string | number | boolean | null): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = cell.slice(0, LONGEST_CELL).toWellFormed().replaceAll("\0", "");
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/**
 * One line of CSV (RFC 4180), with its line end. Every text is quoted, so that another separator in it splits nothing, and
 * a text that a spreadsheet would run as a formula gets an apostrophe before it. A text is cut at 32,000 characters.
 */
export function csvRow(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
