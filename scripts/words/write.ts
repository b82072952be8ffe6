import { type Locale, locales } from "../../src/base/locale.ts";
import { quotes } from "../../src/base/quotes.ts";
import type { Entry } from "./check.ts";
import { type Message, piecesOf, type Variant } from "./message.ts";

const banner = "// Made by scripts/words.ts from src/*/words/*.json: change those, never this.\n";

/** The module that every generated file leans on: how a number and a plural form are said. */
export const runtimeSource = `${banner}
import { currentLocale, type Locale, writeNumber } from "../../src/base/locale.ts";
import { innerQuotes } from "../../src/base/quotes.ts";

export type Shown = string | number;
export interface Options { locale?: Locale }

const rules = { en: /* @__PURE__ */ new Intl.PluralRules("en"), ru: /* @__PURE__ */ new Intl.PluralRules("ru") };

export const speak = (options: Options | undefined): Locale => options?.locale ?? currentLocale();
export const form = (locale: Locale, count: number): Intl.LDMLPluralRule => rules[locale].select(count);
export const show = (locale: Locale, value: Shown): string => (typeof value === "number" ? writeNumber(value, locale) : value);
export const within = (locale: Locale, value: Shown): string => innerQuotes(show(locale, value), locale);
`;

/** The module of one feature: a typed function per sentence. */
export function writeFeature(entries: Entry[]): string {
  const functions = entries.map(writeFunction).join("\n");
  return `${banner}\nimport { form, type Options, show, type Shown, speak, within } from "./runtime.ts";\n\n${functions}\n`;
}

/** The two modules that gather the features, so that pages take only the sentences they say. */
export function writeGathering(features: string[]): { all: string; messages: string } {
  const lines = features.map((feature) => `export * from "./${feature}.ts";`).join("\n");
  return { all: `${banner}\n${lines}\n`, messages: `${banner}\nexport * as m from "./all.ts";\n` };
}

function writeFunction(entry: Entry): string {
  const { inputs } = entry.messages.en;
  const counted = new Set(locales.flatMap((locale) => Object.values(entry.messages[locale].plurals)));
  const types = inputs.map((input) => `${input}: ${counted.has(input) ? "number" : "Shown"}`);
  const shape = inputs.length === 0 ? "_?: Record<string, never>" : `i: { ${types.join("; ")} }`;
  const said = locales.map(
    (locale) => `  ${locale === "en" ? "" : `if (l === "${locale}") `}${writeMessage(entry.messages[locale], locale)}`,
  );
  const comment = `/** ${sample(entry.messages.en)} */`.replaceAll("*/ ", "");
  return `${comment}\nexport function ${entry.key}(${shape}, o?: Options): string {\n  const l = speak(o);\n${said.toReversed().join("\n")}\n}`;
}

function sample(message: Message): string {
  return message.variants
    .map((variant) => variant.text.replaceAll(/\s+/g, " "))
    .join(" | ")
    .replaceAll("*/", "");
}

function writeMessage(message: Message, locale: Locale): string {
  const chosen = message.variants.toSorted((a, b) => looseness(a, message) - looseness(b, message));
  const written = chosen.map((variant) => ({
    test: writeTest(variant, message),
    text: writeText(variant.text, locale),
  }));
  const last = written.at(-1)?.text ?? '""';
  const before = written.slice(0, -1).map(({ test, text }) => `${test} ? ${text} : `);
  return `return ${before.join("")}${last};`;
}

/** How much a variant leaves open; exact ones are asked first, and "other" before nothing at all is the last resort. */
function looseness(variant: Variant, message: Message): number {
  const values = message.selectors.map((selector) => variant.when[selector] ?? "*");
  return values.reduce((sum, value) => sum * 3 + (value === "*" ? 2 : value === "other" ? 1 : 0), 0);
}

function writeTest(variant: Variant, message: Message): string {
  const tests = Object.entries(variant.when).flatMap(([selector, value]) => {
    const counted = message.plurals[selector];
    if (value === "*") return [];
    return counted === undefined ? [`String(i.${selector}) === "${value}"`] : [`form(l, i.${counted}) === "${value}"`];
  });
  return tests.length === 0 ? "true" : `(${tests.join(" && ")})`;
}

/** How many quotations are open after these words. */
function openAfter(words: string, locale: Locale, before: number): number {
  const [opening, closing] = quotes[locale].outer;
  return Array.from(words).reduce((open, sign) => open + Number(sign === opening) - Number(sign === closing), before);
}

function writeText(text: string, locale: Locale): string {
  let open = 0;
  const pieces = piecesOf(text).map((piece) => {
    if ("input" in piece) return `${open > 0 ? "within" : "show"}("${locale}", i.${piece.input})`;
    open = openAfter(piece.words, locale, open);
    return JSON.stringify(piece.words);
  });
  return pieces.length === 0 ? '""' : pieces.join(" + ");
}
