/** The longest piece of raw text a page shows; the rest is in the file to download. In characters. */
const SHOWN_CHARACTERS = 2000;

/** Control characters, marks that turn the direction of writing, and halves of characters: all that hides or disguises. */
const hidden = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Raw text so that a person sees every character of it: what would be invisible is written as its number. */
export function visible(raw: string): string {
  const shown = raw.slice(0, SHOWN_CHARACTERS);
  const text = shown.replaceAll(hidden, (mark) => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
  return raw.length > SHOWN_CHARACTERS ? `${text}…` : text;
}
