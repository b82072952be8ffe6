import { decoded, encoded } from "#src/base/encoded.ts";

/** A piece of a page that is markup already: only `markup` and `trusted` make one. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a page: text is encoded, markup is not, nothing is left out. */
export type Piece = Html | string | number | undefined | null | false | readonly Piece[];

/** The words of a piece of markup on one line, as a reader sees them. */
export function wordsIn(markup: string): string {
  const words = decoded(markup.replaceAll(/<[^>]*>/g, " "));
  return words.replaceAll(/\s+/g, " ").trim();
}

function markupOf(piece: Piece): string {
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === "string") return encoded(piece);
  if (typeof piece === "number") return String(piece);
  return piece === undefined || piece === null || piece === false ? "" : piece.map(markupOf).join("");
}

/** A piece of a page. Whatever is put into it is encoded unless it is markup already; attributes stand in quotes. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let text = strings[0] ?? "";
  for (const [i, piece] of pieces.entries()) text += markupOf(piece) + (strings[i + 1] ?? "");
  return new Html(text);
}

/** Takes markup as it is: only what was made safe when it was stored. */
export function trusted(markup: string): Html {
  return new Html(markup);
}
