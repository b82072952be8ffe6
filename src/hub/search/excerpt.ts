import { foldForSearch } from "./words.ts";

/** A piece of an excerpt: plain text, to be escaped by whoever shows it, marked when a searched word stands in it. */
export interface ExcerptPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Letters around the first match, as much as fits two lines of a list. */
const EXCERPT_LETTERS = 180;
const BEFORE_MATCH = 60;
/** No ending of a Russian or English word is longer than its stem by more than this, but for participles. */
const LONGEST_ENDING = 5;
/** Participles carry a sign of their own before the ending of an adjective: покупа-ющ-ими. */
const PARTICIPLE = /^[аеиоуыюя]{0,2}(?:вш|ющ|ущ|ащ|ящ|нн|ем|им)[а-я]{1,3}$/;
/** What English puts behind a verb whose last letter it drops or doubles: mak-ing, stop-ped. */
const VERB_ENDING = /^(?:ing|ings|ingly|ed|edly|er|ers)$/;

function isEnding(rest: string, stem: string): boolean {
  if (rest.length <= Math.min(LONGEST_ENDING, stem.length)) return true;
  const bare = rest.replace(/(?:ся|сь)$/, "");
  return bare !== rest ? isEnding(bare, stem) : PARTICIPLE.test(rest);
}

/** Whether a folded word is this stem with an ending, or would be but for a letter that English drops, doubles or turns. */
function isFormOf(word: string, stem: string): boolean {
  if (word.startsWith(stem)) {
    const rest = word.slice(stem.length);
    return isEnding(rest, stem) || (rest.startsWith(stem.slice(-1)) && VERB_ENDING.test(rest.slice(1)));
  }
  const most = stem.slice(0, -1);
  if (!word.startsWith(most)) return false;
  if (stem.endsWith("e")) return VERB_ENDING.test(word.slice(most.length));
  // The English stemmer turns a final y into i.
  return stem.endsWith("i") && word.startsWith(`${most}y`) && isEnding(word.slice(stem.length), stem);
}

/** Whether a word is a form of one of the stems. */
function answers(word: string, stems: readonly string[]): boolean {
  const folded = foldForSearch(word);
  return stems.some((stem) => isFormOf(folded, stem));
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

/** A text in pieces: the words that answer one of the stems are marked. */
export function markedWords(text: string, stems: readonly string[]): ExcerptPiece[] {
  const pieces: ExcerptPiece[] = [];
  for (const [n, part] of text.split(/([\p{L}\p{N}\p{M}]+)/u).entries()) {
    // Every second part of the split is a word.
    const isMatch = n % 2 === 1 && answers(part, stems);
    const last = pieces.at(-1);
    if (part === "") continue;
    if (last?.isMatch === isMatch) pieces[pieces.length - 1] = { text: last.text + part, isMatch };
    else pieces.push({ text: part, isMatch });
  }
  return pieces;
}

/** The stretch of a plain text around the first word that answers one of the stems, or its beginning when none does. */
export function markedExcerpt(plain: string, stems: readonly string[]): ExcerptPiece[] {
  const line = plain.replaceAll(/\s+/g, " ").trim();
  const first = line.matchAll(/[\p{L}\p{N}\p{M}]+/gu).find(([word]) => answers(word, stems));
  const { text, before, after } = cutAround(line, first?.index ?? 0);
  return markedWords(before + text + after, stems);
}
