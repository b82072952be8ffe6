import type { Token } from "markdown-it";
import { newToken, textToken } from "./tokens.ts";

/** Written on both sides of what is hidden until the reader asks: `the end is ||everybody lives||`. */
const BARS = "||";

interface Bars {
  /** Position in the new list of tokens. */
  readonly at: number;
  readonly level: number;
}

/** Text cut at the bars; each bar is a text token of its own. */
function cut(token: Token): Token[] {
  if (token.type !== "text" || !token.content.includes(BARS)) return [token];
  return token.content.split(/(\|\|)/).flatMap((content) => {
    if (content === "") return [];
    const piece = textToken(content);
    piece.level = token.level;
    return [piece];
  });
}

/** Opening and closing bars that belong together: on one level, with something but blanks and no end of their surroundings between. */
function pairsIn(tokens: readonly Token[]): [number, number][] {
  const pairs: [number, number][] = [];
  let open: Bars | undefined;
  for (const [at, token] of tokens.entries()) {
    if (open !== undefined && token.level < open.level) open = undefined;
    if (token.type !== "text" || token.content !== BARS) continue;
    const hidden = open === undefined ? [] : tokens.slice(open.at + 1, at);
    const isFull = hidden.some(
      ({ type, content }) => type !== "softbreak" && (type !== "text" || content.trim() !== ""),
    );
    if (open !== undefined && open.level === token.level && isFull) {
      pairs.push([open.at, at]);
      open = undefined;
    } else open = { at, level: token.level };
  }
  return pairs;
}

/** Turns pairs of bars in the texts of a post into the beginnings and ends of spoilers. */
export function findSpoilers(tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.type !== "inline" || !token.content.includes(BARS)) continue;
    const pieces = (token.children ?? []).flatMap(cut);
    for (const [first, last] of pairsIn(pieces)) {
      const open = newToken("spoiler_open", "span", 1);
      open.attrs = [
        ["class", "spoiler"],
        ["tabindex", "0"],
      ];
      pieces[first] = open;
      pieces[last] = newToken("spoiler_close", "span", -1);
    }
    token.children = pieces;
  }
}
