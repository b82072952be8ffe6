import { foldForSearch } from "./words.ts";

/** A piece of an excerpt: plain text, to be escaped by whoever shows it, marked when a searched word stands in it. */
export interface ExcerptPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Letters around the first match, as much as fits two lines of a list. */
const EXCERPT_LETTERS = 180;
const BEFORE_MATCH = 60;
/** No ending of a Russian or English word is longer than its stem by more than this. */
const LONGEST_ENDING = 5;

/** Whether a word is a form of one of the stems: it begins with it and goes on for an ending at most. */
function answers(word: string, stems: readonly string[]): boolean {
  const folded = foldForSearch(word);
  return stems.some((stem) => {
    // The English stemmer turns a final y into i.
    const begins = folded.startsWith(stem) || (stem.endsWith("i") && folded.startsWith(`${stem.slice(0, -1)}y`));
    return begins && folded.length - stem.length <= Math.min(LONGEST_ENDING, stem.length);
  });
}

function cutAround(text: string, at: number): { text: string; before: string; after: string } {
  let start = Math.max(0, at - BEFORE_MATCH);
  if (start > 0) {
    const space = text.indexOf(" ", start);
    start = space >= 0 && space < at ? space + 1 : start;
  }
  let end = Math.min(text.length, start + EXCERPT_LETTERS);
  if (end < text.length) {
    const space = text.lastIndexOf(" ", end);
    end = space > at ? space : end;
  }
  return {
    text: text.slice(start, end).toWellFormed().trim(),
    before: start > 0 ? "… " : "",
    after: end < text.length ? " …" : "",
  };
}

/** The stretch of a plain text around the first word that answers one of the stems, or its beginning when none does. */
export function markedExcerpt(plain: string, stems: readonly string[]): ExcerptPiece[] {
  const line = plain.replaceAll(/\s+/g, " ").trim();
  const first = [...line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].find(([word]) => answers(word, stems));
  const { text, before, after } = cutAround(line, first?.index ?? 0);
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  const pieces: ExcerptPiece[] = [];
  for (const [n, part] of [before, ...parts, after].entries()) {
    // Between the parts of the split every second one is a word; the sign before them shifts them by one.
    const isMatch = n % 2 === 0 && n > 0 && n <= parts.length && answers(part, stems);
    const last = pieces.at(-1);
    if (part === "") continue;
    if (last?.isMatch === isMatch) pieces[pieces.length - 1] = { text: last.text + part, isMatch };
    else pieces.push({ text: part, isMatch });
  }
  return pieces;
}
