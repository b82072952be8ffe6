import type { Locale } from "./locale.ts";

/** The quotation marks of a language: those outside, and those of a quotation within one. */
export const quotes: Record<Locale, { outer: readonly [string, string]; inner: readonly [string, string] }> = {
  en: { outer: ["“", "”"], inner: ["‘", "’"] },
  ru: { outer: ["«", "»"], inner: ["„", "“"] },
};

/** A name as it is written between quotation marks: its own become those of a quotation within one, «Клуб „Рассвет“». */
export function innerQuotes(text: string, locale: Locale): string {
  const { outer, inner } = quotes[locale];
  return text.replaceAll(outer[0], inner[0]).replaceAll(outer[1], inner[1]);
}
