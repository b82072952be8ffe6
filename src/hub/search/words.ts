/** Longer queries are cut; nobody types more into a search field. In characters. */
const LONGEST_QUERY = 200;
/** More words than this narrow nothing down. */
const MOST_QUERY_WORDS = 12;
/** A word of fewer letters is too like others for a slip in it to be found, and a longer one is no word. */
const SHORTEST_SLIP = 4;
const LONGEST_SLIP = 24;
/** PostgreSQL takes no longer words into its index. */
const LONGEST_WORD = 60;

/** Lower case, ё as е, Latin letters without accents, look-alike forms of a letter as the letter; й stays й. */
export function foldForSearch(text: string): string {
  // Most words need no more than this.
  if (/^[a-z0-9а-яё]*$/i.test(text)) return text.toLowerCase().replaceAll("ё", "е");
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/(?<=[a-z])\p{M}+/gu, "")
    .normalize("NFC")
    .replaceAll("ё", "е");
}

/** A text as the index takes it: its words, folded, one blank between them. No sign of it means anything to the index. */
export function indexedText(text: string): string {
  const words = foldForSearch(text.toWellFormed()).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.filter((word) => word.length <= LONGEST_WORD).join(" ");
}

/** The words somebody typed, folded, each once, at most 12. Empty when there is nothing to search for. */
export function queryWords(typed: string): string[] {
  const words = indexedText(typed.slice(0, LONGEST_QUERY))
    .split(" ")
    .filter((word) => word !== "");
  return [...new Set(words)].slice(0, MOST_QUERY_WORDS);
}

/** A word with one letter left out, each way; none of words too short or too long to be recognised with a slip. */
export function slipsOf(word: string): string[] {
  const letters = Array.from(word);
  if (letters.length < SHORTEST_SLIP || letters.length > LONGEST_SLIP || !/^\p{L}+$/u.test(word)) return [];
  return [...new Set(letters.map((_, n) => letters.toSpliced(n, 1).join("")))];
}

/** Whether two different words are one slip apart: a letter too many, too few, wrong, or two that changed places. */
export function isOneSlip(a: string, b: string): boolean {
  const [one, two] = [Array.from(a), Array.from(b)];
  let start = 0;
  while (start < one.length && one[start] === two[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, two.length) - start;
  while (end < most && one.at(-1 - end) === two.at(-1 - end)) end += 1;
  const [left, right] = [one.slice(start, one.length - end), two.slice(start, two.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
