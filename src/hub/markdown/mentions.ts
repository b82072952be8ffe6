import type { Token } from "markdown-it";
import { inlineTokens, parsePost } from "./parser.ts";
import { linkTokens, textToken } from "./tokens.ts";

/** So many people may be called by one post; names beyond them are plain text. */
export const MOST_MENTIONS = 20;

/** A name behind an @ that does not follow a letter, as it would in an e-mail address. It ends with a letter, digit or `_`. */
const MENTION = /(?<![\p{L}\p{N}_@/])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,62}[\p{L}\p{N}_])?)/gu;

/** Texts that may call somebody: not code, and not the words of a link. */
function callingTexts(children: readonly Token[]): Token[] {
  let links = 0;
  return children.filter((token) => {
    if (token.type === "link_open") links += 1;
    if (token.type === "link_close") links -= 1;
    return token.type === "text" && links === 0;
  });
}

/** Names that a post calls, in lower case, each once, in the order of their first call; at most 20. */
export function mentionedNames(source: string): string[] {
  const inline = inlineTokens(parsePost(source) ?? []).filter(({ type }) => type === "inline");
  const texts = inline.flatMap(({ children }) => callingTexts(children ?? []));
  const names = texts.flatMap(({ content }) =>
    [...content.matchAll(MENTION)].map(([, name = ""]) => name.toLowerCase()),
  );
  return [...new Set(names)].slice(0, MOST_MENTIONS);
}

function withLinks(token: Token, people: ReadonlyMap<string, string>): Token[] {
  return token.content.split(MENTION).flatMap((piece, n) => {
    const isName = n % 2 === 1;
    const href = isName ? people.get(piece.toLowerCase()) : undefined;
    if (href !== undefined) return linkTokens({ href, class: "mention" }, `@${piece}`);
    return [textToken(isName ? `@${piece}` : piece)];
  });
}

/** Makes calls of known people into links; `people` leads from a name in lower case to an address of this site. */
export function linkMentions(tokens: readonly Token[], people: ReadonlyMap<string, string>): void {
  if (people.size === 0) return;
  for (const token of tokens) {
    if (token.type !== "inline" || token.children === null) continue;
    const calling = new Set(callingTexts(token.children));
    token.children = token.children.flatMap((child) => (calling.has(child) ? withLinks(child, people) : [child]));
  }
}
