import type { Token } from "markdown-it";
import { parsePost } from "./parser.ts";

/** More previews than this push the words of a post off the screen. */
const MOST_BARE = 3;
/** As long as a browser takes and no longer. */
const LONGEST_ADDRESS = 2000;

function linesOf(children: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of children) {
    if (token.type === "softbreak" || token.type === "hardbreak") lines.push([]);
    else if (token.type !== "text" || token.content.trim() !== "") lines.at(-1)?.push(token);
  }
  return lines;
}

/** The address when a line is one that somebody pasted and nothing else. */
function pasted([open, text, close, ...rest]: readonly Token[]): string | undefined {
  const isLink =
    open?.type === "link_open" && open.info === "auto" && text?.type === "text" && close?.type === "link_close";
  const address = isLink && rest.length === 0 ? String(open.attrGet("href") ?? "") : "";
  return /^https?:\/\//i.test(address) && address.length <= LONGEST_ADDRESS ? address : undefined;
}

/** The first addresses of a post that stand alone on a line of its own text, not in a quote or a list; each once, at most three. */
export function bareLinks(source: string): string[] {
  if (!/https?:\/\//i.test(source)) return [];
  const tokens = parsePost(source) ?? [];
  const paragraphs = tokens.filter(
    (token, i) => token.type === "inline" && token.level === 1 && tokens[i - 1]?.type === "paragraph_open",
  );
  const found = paragraphs.flatMap(({ children }) => linesOf(children ?? []).flatMap((line) => pasted(line) ?? []));
  return [...new Set(found)].slice(0, MOST_BARE);
}
