import { type Locale, locales } from "../../src/base/locale.ts";
import type { Message } from "./message.ts";

/** One sentence in every language, with the feature whose file holds it. */
export interface Entry {
  key: string;
  feature: string;
  messages: Record<Locale, Message>;
}

/** Forms that Russian needs for any whole number, and English for any. */
const pluralForms: Record<Locale, string[]> = { en: ["one", "other"], ru: ["one", "few", "many", "other"] };

/**
 * Latin words that are right inside Russian sentences: names, formats, keys and shortenings of the trade.
 * Anything in `code quotes`, with a dot, a slash, a digit or an underscore, or in capitals is taken for code and passes too.
 */
const latinInRussian = new Set(
  `Veche Telegram Desktop Discord Slack VK Reddit Facebook MAX DiscordChatExporter Discourse WhatsApp Android iPhone iPad Ctrl Cmd Shift Esc Enter Tab Gini Inter English Markdown
  OpenAPI Bearer PostgreSQL Node Mantine React Excel Unicode Citus Linux macOS sentAt authorId authorName replyTo
  chat-analytics Europe Moscow zip gzip jsonl json csv px http https localhost print true`.split(/\s+/),
);

/** Everything wrong with one sentence, in words for its author. */
export function faultsOf(entry: Entry): string[] {
  return [
    ...prefixFaults(entry),
    ...inputFaults(entry),
    ...locales.flatMap((locale) => [
      ...formFaults(entry.messages[locale], locale),
      ...entry.messages[locale].variants.flatMap((variant) => textFaults(variant.text, locale)),
    ]),
  ].map((fault) => `${entry.feature}: ${entry.key}: ${fault}`);
}

/** Codes of refusals that a folder owns beside those that begin with its own name. */
const codesOf: Readonly<Record<string, readonly string[]>> = {
  accounts: ["request"],
  communities: ["log"],
  base: ["start", "backup"],
};

function prefixFaults({ key, feature }: Entry): string[] {
  const prefix = feature.replaceAll("-", "_");
  const codes = [prefix, ...(codesOf[feature] ?? [])];
  const fits = codes.some((code) => key.startsWith(`${code}_`) || key.startsWith(`refusal_${code}_`));
  if (!/^[a-z][a-z0-9_]*$/.test(key)) return ["a key is lower case letters, digits and underscores"];
  return fits ? [] : [`a key of this feature starts with "${prefix}_" or "refusal_${prefix}_"`];
}

function inputFaults({ messages }: Entry): string[] {
  const [english, russian] = [messages.en, messages.ru].map((message) => [...message.inputs].sort().join(", "));
  return english === russian ? [] : [`English takes {${english}}, Russian takes {${russian}}`];
}

function formFaults(message: Message, locale: Locale): string[] {
  return message.selectors.flatMap((selector) => {
    const said = new Set(message.variants.map((variant) => variant.when[selector] ?? "*"));
    const needed = selector in message.plurals ? pluralForms[locale] : [];
    const missing = needed.filter((form) => !said.has(form));
    if (missing.length > 0) return [`${locale} lacks the plural forms ${missing.join(", ")} of ${selector}`];
    return needed.length === 0 && !said.has("*")
      ? [`${locale} says nothing when ${selector} is something else (*)`]
      : [];
  });
}

function textFaults(text: string, locale: Locale): string[] {
  const faults: string[] = [];
  const bare = text.replaceAll(/`[^`]*`|\{\s*\w+\s*\}/g, " ");
  if (text.trim() === "") faults.push(`${locale} is empty`);
  if (text !== text.trim()) faults.push(`${locale} starts or ends with a space`);
  if (/\s-\s/.test(bare)) faults.push(`${locale} uses a hyphen as a dash`);
  if (/oops|упс/i.test(bare)) faults.push(`${locale} says oops`);
  return [...faults, ...(locale === "ru" ? russianFaults(bare) : englishFaults(bare))];
}

function englishFaults(bare: string): string[] {
  const cyrillic = /[а-яё]+/i.exec(bare.replaceAll(/Вече|Русский/g, ""))?.[0];
  return cyrillic === undefined ? [] : [`en holds the Russian word "${cyrillic}"`];
}

function russianFaults(bare: string): string[] {
  const faults: string[] = [];
  if (bare.includes('"')) faults.push("ru uses straight quotes instead of «»");
  const left = (bare.match(/[\w./+-]*[A-Za-z][\w./+-]*/g) ?? []).filter((word) => !passesInRussian(word));
  if (left.length > 0) faults.push(`ru keeps English: ${left.join(", ")}`);
  return faults;
}

function passesInRussian(word: string): boolean {
  const plain = word.replace(/^[.+-]+|[.]+$/g, "");
  return plain.length < 2 || /[._/\d]/.test(plain) || plain === plain.toUpperCase() || latinInRussian.has(plain);
}
