import createMarkdown, { type MarkdownIt, type Token } from "markdown-it";
import { findSpoilers } from "./spoilers.ts";

/** As long as ten pages of a book; Discourse allows the same. In characters (UTF-16 units). */
export const LONGEST_POST = 32_000;

/** Quotes in quotes and lists in lists, as deep as this; a post that goes deeper is shown as plain text. */
export const DEEPEST = 40;

/** A scheme that opens nothing but a page or a letter. Everything else stays text. */
const SAFE_ADDRESS = /^(?:https?:\/\/[^\s/]|mailto:[^\s]|\/(?!\/))/i;

/** Whether a link may lead there: a page, a letter, or a page of this site. */
export function isSafeAddress(address: string): boolean {
  return SAFE_ADDRESS.test(address);
}

/** What a code block may say of its language; anything else beside the fence is shown as its first line. */
const LANGUAGE = /^[\w+#.-]{1,20}$/;

/** Text beside a fence that names no language would be lost: it becomes the first line of the code. */
function keepFenceWords(md: MarkdownIt): void {
  md.core.ruler.push("fence-words", (state) => {
    for (const token of state.tokens) {
      const words = token.info.trim();
      if (token.type !== "fence" || words === "" || LANGUAGE.test(words)) continue;
      token.content = `${words}\n${token.content}`;
      token.info = "";
    }
  });
}

function openParser(): MarkdownIt {
  const md = createMarkdown("default", { html: false, linkify: true, breaks: true, maxNesting: DEEPEST });
  // What a person types is what they see: no entities are decoded, and no line vanishes as the definition of a reference.
  md.disable(["entity", "reference"]);
  md.validateLink = isSafeAddress;
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  md.linkify.add("ftp:", null).add("//", null);
  keepFenceWords(md);
  md.core.ruler.push("spoilers", (state) => findSpoilers(state.tokens));
  return md;
}

const parser = openParser();

/** A database takes every text but NUL and halves of a surrogate pair. */
export function storable(source: string): string {
  return source.toWellFormed().replaceAll("\0", "\ufffd");
}

/** A post taken apart; undefined when it is nested so deep that parts of it would be lost. */
export function parsePost(source: string): Token[] | undefined {
  const tokens = parser.parse(storable(source), {});
  const isTooDeep = tokens.some(({ nesting, level }) => nesting === 1 && level + 1 >= DEEPEST);
  return isTooDeep ? undefined : tokens;
}

/** Every piece of text, code and line break of a post in reading order, at any depth. */
export function inlineTokens(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => [token, ...inlineTokens(token.children ?? [])]);
}

/** HTML of tokens before it is sanitised. Not safe by itself to those who change the parser. */
export function renderTokens(tokens: Token[]): string {
  return parser.renderer.render(tokens, parser.options, {});
}
