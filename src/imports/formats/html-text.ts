const TOKEN = /<!--[\s\S]{0,100000}?-->|<(\/?)([a-z][a-z0-9]{0,15})\b([^<>]{0,10000})>/gi;
/** Elements after which a new line begins. */
const BREAKS = new Set([
  "p",
  "br",
  "li",
  "div",
  "tr",
  "pre",
  "blockquote",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "aside",
]);
/** Elements that hold somebody else's words, or none. */
const LEFT_OUT = new Set(["aside", "script", "style", "svg"]);
const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hellip: "…",
};

function character(entity: string, body: string): string {
  if (!body.startsWith("#")) return NAMED[body] ?? entity;
  const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

function decode(text: string): string {
  return text.includes("&") ? text.replaceAll(/&(#?\w{1,10});/g, character) : text;
}

function attribute(attributes: string, name: "alt" | "class" | "href"): string {
  return decode(new RegExp(`\\b${name}="([^"]{0,4000})"`, "i").exec(attributes)?.[1] ?? "");
}

/** The text of a post and the addresses it links to. */
export interface HtmlText {
  readonly text: string;
  readonly addresses: readonly string[];
}

/**
 * The words of a post that a forum gives as HTML: without tags, without the posts it quotes and the pages it previews;
 * emoji by their names. Links to people and topics of the same forum are no addresses. Nothing in it is ever shown as HTML.
 */
export function htmlText(html: string): HtmlText {
  const addresses: string[] = [];
  let text = "";
  let at = 0;
  let outside = 0;
  for (const token of html.matchAll(TOKEN)) {
    if (outside === 0) text += decode(html.slice(at, token.index));
    at = token.index + token[0].length;
    const [, slash, name = "", attributes = ""] = token;
    const tag = name.toLowerCase();
    if (LEFT_OUT.has(tag)) outside = Math.max(0, outside + (slash === "/" ? -1 : 1));
    if (outside > 0) continue;
    if (BREAKS.has(tag) && (slash === "/" || tag === "br")) text += "\n";
    if (tag === "img") text += attribute(attributes, "alt");
    const href = tag === "a" && slash !== "/" ? attribute(attributes, "href") : "";
    if (/^https?:/i.test(href)) addresses.push(href);
  }
  if (outside === 0) text += decode(html.slice(at));
  return {
    text: text
      .replaceAll(/[ \t]+\n/g, "\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim(),
    addresses,
  };
}
