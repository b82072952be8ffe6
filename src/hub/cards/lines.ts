import { letters } from "./letters.ts";

/** What of a text can be drawn, with single spaces; emoji and scripts that the font has not got are left out. */
export function drawable(text: string): string {
  const signs = Array.from(text.toWellFormed().normalize("NFC").replaceAll(/\s+/gu, " "));
  return signs
    .filter((sign) => letters.has(sign))
    .join("")
    .replaceAll(/ +/g, " ")
    .trim();
}

/** How wide a text is, in parts of its size. */
export function widthOf(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + (letters.get(sign)?.width ?? 0), 0);
}

/** The subsets of the font that these texts take. */
export function fontsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => Array.from(text, (sign) => letters.get(sign)?.font ?? "latin")))];
}

/** The longest beginning that fits. */
function beginning(text: string, most: number): string {
  let width = 0;
  let end = 0;
  for (const sign of text) {
    width += letters.get(sign)?.width ?? 0;
    if (width > most) break;
    end += sign.length;
  }
  return text.slice(0, Math.max(end, 1));
}

/** A text that fits one line, with dots where its end is missing: behind a whole word where one fits. */
export function cut(text: string, most: number): string {
  if (widthOf(text) <= most) return text;
  const fits = beginning(text, most - widthOf("…"));
  const words = fits.replace(/ [^ ]*$/, "");
  return `${(words.length * 2 > fits.length ? words : fits).trimEnd()}…`;
}

/** A text in lines none of which is wider than `most`, in parts of its size; a word that is wider is broken. At most `count`. */
export function linesOf(text: string, { most, count }: { most: number; count: number }): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== "" && lines.length < count - 1) {
    const fits = beginning(rest, most);
    const space = fits.length === rest.length ? rest.length : `${fits}${rest[fits.length] ?? ""}`.lastIndexOf(" ");
    const end = space > 0 ? space : fits.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === "" ? lines : [...lines, cut(rest, most)];
}
