import type { Token } from "markdown-it";
import sanitize from "sanitize-html";
import { encoded } from "#src/base/encoded.ts";
import { linkMentions } from "./mentions.ts";
import { inlineTokens, parsePost, renderTokens, storable } from "./parser.ts";
import { linkTokens, textToken } from "./tokens.ts";

/** How large a picture of this site is, so that the page keeps its place free. In pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What a post may refer to on this site. */
export interface PostSurroundings {
  /** From a member's name in lower case to the address of their profile; names that are absent stay text. */
  readonly people: ReadonlyMap<string, string>;
  /** Likewise from a group's handle to the address of its page. */
  readonly groups?: ReadonlyMap<string, string>;
  /** Pictures of this site by their address. Any other picture becomes a link, so that reading asks nobody else for anything. */
  readonly pictures: ReadonlyMap<string, PictureSize>;
}

/** Links of members pass no weight to search engines, say so, and open nothing that could reach back. */
const REL = "nofollow ugc noopener";
/** The page's own headings go down to the second level. */
const HEADING_SHIFT = 2;
const DEEPEST_HEADING = 6;

const SANITISED: sanitize.IOptions = {
  allowedTags: [
    ..."p br hr blockquote pre code em strong s ul ol li a img h3 h4 h5 h6".split(" "),
    ..."table thead tbody tr th td span".split(" "),
  ],
  allowedAttributes: {
    a: ["href", "title", "rel", "class"],
    img: ["src", "alt", "title", "width", "height", "loading"],
    code: ["class"],
    span: ["class", "tabindex"],
    ol: ["start"],
    th: ["class"],
    td: ["class"],
  },
  allowedClasses: {
    a: ["mention", "group"],
    code: ["language-*"],
    span: ["spoiler"],
    th: ["left", "center", "right"],
    td: ["left", "center", "right"],
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  disallowedTagsMode: "escape",
};

function lowerHeading(token: Token): void {
  const level = Number(token.tag.slice(1)) + HEADING_SHIFT;
  token.tag = `h${Math.min(level, DEEPEST_HEADING)}`;
}

/** Columns are aligned by a class: a strict content policy lets no style of a post through. */
function alignByClass(token: Token): void {
  const [, side] = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style") ?? "")) ?? [];
  token.attrs = side === undefined ? [] : [["class", side]];
}

/** A picture of this site with its size, or else a link to it. */
function settlePicture(token: Token, pictures: PostSurroundings["pictures"]): void {
  const address = String(token.attrGet("src") ?? "");
  const size = pictures.get(address);
  if (size !== undefined) {
    token.attrSet("width", String(size.width));
    token.attrSet("height", String(size.height));
    token.attrSet("loading", "lazy");
    return;
  }
  token.type = "picture_link";
  token.tag = "a";
}

function settle(tokens: readonly Token[], { pictures }: PostSurroundings): void {
  for (const token of inlineTokens(tokens)) {
    if (token.type.startsWith("heading_")) lowerHeading(token);
    if (token.type === "th_open" || token.type === "td_open") alignByClass(token);
    if (token.type === "image") settlePicture(token, pictures);
    if (token.type === "link_open") token.attrSet("rel", REL);
  }
}

/** Pictures from elsewhere, as a link with their words and title or, without words, their address. */
function linkPictures(children: readonly Token[]): Token[] {
  let links = 0;
  return children.flatMap((token) => {
    if (token.type === "link_open") links += 1;
    if (token.type === "link_close") links -= 1;
    if (token.type !== "picture_link") return [token];
    const address = String(token.attrGet("src") ?? "");
    const title = String(token.attrGet("title") ?? "");
    if (links > 0) return [textToken([token.content, address, title].filter((part) => part !== "").join(" "))];
    return linkTokens({ href: address, title, rel: REL }, token.content === "" ? address : token.content);
  });
}

/** A post that is not understood as markdown: its lines as they are. */
function plainParagraph(source: string): string {
  return `<p>${encoded(source).replaceAll("\n", "<br>\n")}</p>\n`;
}

/**
 * The HTML of a post, safe to be put into a page: no script, no style, and nothing that a browser would fetch but
 * pictures of this site. Every word of the source is in it.
 */
export function renderPost(source: string, around: PostSurroundings): string {
  const tokens = parsePost(source);
  if (tokens === undefined) return sanitize(plainParagraph(storable(source)), SANITISED);
  settle(tokens, around);
  for (const token of tokens) if (token.children !== null) token.children = linkPictures(token.children);
  linkMentions(tokens, { people: around.people, groups: around.groups ?? new Map() });
  return sanitize(renderTokens(tokens), SANITISED);
}

/** The addresses of pictures in a post, each once: ask which of them are this site's before `renderPost`. */
export function pictureAddresses(source: string): string[] {
  const pictures = inlineTokens(parsePost(source) ?? []).filter(({ type }) => type === "image");
  return [...new Set(pictures.map((token) => String(token.attrGet("src") ?? "")))];
}

/** The addresses of other sites to which a post links, each once, in their order: for previews and for what is counted. */
export function linkedAddresses(source: string): string[] {
  if (!/http/i.test(source)) return [];
  const links = inlineTokens(parsePost(source) ?? []).filter(({ type }) => type === "link_open");
  const addresses = links.map((token) => String(token.attrGet("href") ?? ""));
  return [...new Set(addresses.filter((address) => /^https?:/i.test(address)))];
}
