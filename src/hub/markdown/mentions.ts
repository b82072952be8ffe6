import type { Token } from "markdown-it";
import { inlineTokens, parsePost } from "./parser.ts";
import { linkTokens, textToken } from "./tokens.ts";

/** So many people may be called by one post; names beyond them are plain text. */
export const MOST_MENTIONS = 20;

/** A name behind an @ that does not follow a letter, as it would in an e-mail address. It ends with a letter, digit or `_`. */
const MENTION = /(?<![\p{L}\p{N}_@/])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,62}[\p{L}\p{N}_])?)/gu;

/** Whether a whole name is read as one when it stands behind an @. */
export function isCallable(name: string): boolean {
  const [call] = `@${name}`.matchAll(MENTION);
  return call?.[1] === name;
}

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
  if (!source.includes("@")) return [];
  const inline = inlineTokens(parsePost(source) ?? []).filter(({ type }) => type === "inline");
  const texts = inline.flatMap(({ children }) => callingTexts(children ?? []));
  const names = texts.flatMap(({ content }) =>
    [...content.matchAll(MENTION)].map(([, name = ""]) => name.toLowerCase()),
  );
  return [...new Set(names)].slice(0, MOST_MENTIONS);
}

/** Who can be called: from a name in lower case to an address of this site. A person goes before a group of that name. */
export interface Callable {
  readonly people: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
}

function linkOf(name: string, { people, groups }: Callable): Record<string, string> | undefined {
  const [person, group] = [people.get(name.toLowerCase()), groups.get(name.toLowerCase())];
  if (person !== undefined) return { href: person, class: "mention" };
  return group === undefined ? undefined : { href: group, class: "mention group" };
}

function withLinks(token: Token, callable: Callable): Token[] {
  return token.content.split(MENTION).flatMap((piece, n) => {
    const isName = n % 2 === 1;
    const link = isName ? linkOf(piece, callable) : undefined;
    if (link !== undefined) return linkTokens(link, `@${piece}`);
    return [textToken(isName ? `@${piece}` : piece)];
  });
}

/** How a called group stands in the HTML of a post; the class is given to nothing that members type. */
const CALLED_GROUP = /<a href="[^"]*\/g\/(\d+)" class="mention group">([^<]*)<\/a>/g;

/** The numbers of the groups that the HTML of a post calls, in their order. */
export function groupsCalledIn(html: string): number[] {
  if (!html.includes('class="mention group"')) return [];
  return [...html.matchAll(CALLED_GROUP)].map(([, number]) => Number(number));
}

/** The HTML of a post in which only groups that `isKnown` are links; any other is called by plain text. */
export function withoutCalls(html: string, isKnown: (number: number) => boolean): string {
  if (!html.includes('class="mention group"')) return html;
  return html.replaceAll(CALLED_GROUP, (link: string, number: string, words: string) =>
    isKnown(Number(number)) ? link : words,
  );
}

/** Makes calls of known people and groups into links. */
export function linkMentions(tokens: readonly Token[], callable: Callable): void {
  if (callable.people.size + callable.groups.size === 0) return;
  for (const token of tokens) {
    if (token.type !== "inline" || token.children === null) continue;
    const calling = new Set(callingTexts(token.children));
    token.children = token.children.flatMap((child) => (calling.has(child) ? withLinks(child, callable) : [child]));
  }
}
