import type { Token } from "markdown-it";
import { inlineTokens, parsePost, storable } from "./parser.ts";

/** Stands where a spoiler was, in every language. */
const HIDDEN = "…";

function withoutSpoilers(tokens: readonly Token[]): Token[] {
  let open = 0;
  return tokens.flatMap((token) => {
    if (token.type === "spoiler_open") open += 1;
    if (token.type === "spoiler_close") open -= 1;
    if (token.type === "spoiler_open") return open === 1 ? [token] : [];
    return open === 0 ? [token] : [];
  });
}

/** How a text is told: with what is behind spoilers or without, and a word in the place of each picture, or what it is called. */
interface Manner {
  readonly showsSpoilers: boolean;
  readonly picture?: string | undefined;
}

function wordsOf(token: Token, { picture }: Manner): string {
  if (token.type === "image") return picture ?? token.content;
  if (token.type === "spoiler_open") return HIDDEN;
  if (token.type === "softbreak" || token.type === "hardbreak" || token.block)
    return token.content === "" ? "\n" : `${token.content}\n`;
  return token.content;
}

function flat(tokens: readonly Token[], manner: Manner): string {
  const leaves = tokens.flatMap((token) => {
    if (token.type !== "inline") return token.children === null ? [token] : inlineTokens([token]);
    const children = token.children ?? [];
    return manner.showsSpoilers ? children.filter(({ type }) => type !== "spoiler_open") : withoutSpoilers(children);
  });
  return leaves.map((leaf) => wordsOf(leaf, manner)).join("");
}

function settled(text: string): string {
  return text
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n[ \n]*/g, "\n")
    .trim();
}

/** Letters and signs that mean nothing to Markdown, wherever they stand but at the start of a line. */
const WORDS_ALONE = /^[\p{L}\p{M}\p{N} \n,.!?;()«»„“”’'"—–…-]*$/u;
/** What may begin a list or underline a heading. */
const BEGINS = /^ *[\p{N}-]/mu;

/** Whether a post is nothing but words, as most are: then it need not be taken apart to know them. */
function isWordsAlone(source: string): boolean {
  return WORDS_ALONE.test(source) && !BEGINS.test(source);
}

/** The words of a post without its markup, a line for each paragraph; spoilers included. For search, and for whoever counts words. */
export function plainText(source: string): string {
  if (isWordsAlone(source)) return settled(source);
  const tokens = parsePost(source);
  return settled(tokens === undefined ? storable(source) : flat(tokens, { showsSpoilers: true }));
}

const letters = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * The beginning of a post on one line, for lists, feeds and letters: at most `longest` letters as a reader counts them,
 * cut behind a word where one ends in the second half. Spoilers stay hidden; `picture` stands where pictures do.
 */
export function excerptOf(source: string, longest: number, picture?: string): string {
  const tokens = parsePost(source);
  const text = settled(
    tokens === undefined ? storable(source) : flat(tokens, { showsSpoilers: false, picture }),
  ).replaceAll("\n", " ");
  // A letter with all its accents is hardly ever longer; what is cut off here would be cut off below.
  const start = text.slice(0, longest * 20);
  const pieces = Array.from(letters.segment(start), ({ segment }) => segment);
  if (pieces.length <= longest && start.length === text.length) return text;
  const cut = pieces.slice(0, longest - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).replace(/[\s.,;:!?–—-]+$/u, "")}…`;
}
