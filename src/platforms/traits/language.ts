import { commonWords, scripts, tellingLetters } from "./language-words.ts";

/** Reading further changes no verdict and costs time. */
const READ_CHARS = 240;
/** A letter of its own says as much as three common words. */
const LETTER_WEIGHT = 3;
/** Two languages closer than this cannot be told apart. */
const MARGIN = 0.25;
/** Of the languages in Cyrillic, Russian is by far the most usual in chats: it is believed on less, from this many letters. */
const RUSSIAN_LETTERS = 8;
const RUSSIAN_PRIOR = 0.5;

const languages = [...new Set([...Object.keys(commonWords), ...Object.keys(tellingLetters)])];

/** Word to the languages that use it, as indexes. A word in few languages says more. */
const words = new Map<string, readonly number[]>();
for (const [language, list] of Object.entries(commonWords)) {
  const index = languages.indexOf(language);
  for (const word of new Set(list.split(/\s+/))) words.set(word, [...(words.get(word) ?? []), index]);
}
const letters = new Map<number, number>();
for (const [language, list] of Object.entries(tellingLetters)) {
  for (const letter of list) letters.set(letter.charCodeAt(0), languages.indexOf(language));
}

const LATIN = 1;
const CYRILLIC = 2;
const OTHER_SCRIPT = 3;
const INSIDE_WORD = 4;
const kinds = new Uint8Array(0x10000);
kinds.fill(LATIN, 0x61, 0x7b);
kinds.fill(LATIN, 0xdf, 0x250);
kinds.fill(CYRILLIC, 0x400, 0x530);
for (const { from, to } of scripts) kinds.fill(OTHER_SCRIPT, from, to + 1);
kinds[0x27] = INSIDE_WORD;

// Addresses, names of people and commands are no language.
const NO_LANGUAGE = /(?:https?:\/\/|www\.|[@#/])\S+|`[^`]*`/g;

const scores = new Float64Array(languages.length);

interface Reading {
  latin: number;
  cyrillic: number;
  other: number;
}

function hearWord(text: string, from: number, to: number): void {
  const found = to - from <= 12 ? words.get(text.slice(from, to)) : undefined;
  if (found === undefined) return;
  const weight = 1 / found.length;
  for (let i = 0; i < found.length; i++) {
    const language = found[i] ?? 0;
    scores[language] = (scores[language] ?? 0) + weight;
  }
}

/** Goes over the lower-case text once: counts scripts, and adds up what words and letters say. */
function read(text: string): Reading {
  const reading = { latin: 0, cyrillic: 0, other: 0 };
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = kinds[code] ?? 0;
    if (kind === 0) {
      if (start >= 0) hearWord(text, start, at);
      start = -1;
      continue;
    }
    if (kind === INSIDE_WORD) continue;
    if (start < 0) start = at;
    if (kind === LATIN) reading.latin++;
    else if (kind === CYRILLIC) reading.cyrillic++;
    else reading.other++;
    const owner = code > 0x7f ? letters.get(code) : undefined;
    if (owner !== undefined) scores[owner] = (scores[owner] ?? 0) + LETTER_WEIGHT;
  }
  if (start >= 0) hearWord(text, start, text.length);
  return reading;
}

function byScript(text: string): string | undefined {
  const counts = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const script =
      kinds[code] === OTHER_SCRIPT ? scripts.find(({ from, to }) => code >= from && code <= to) : undefined;
    if (script) counts.set(script.language, (counts.get(script.language) ?? 0) + 1);
  }
  // Japanese mixes its own letters with Chinese ones.
  if (counts.has("ja")) return "ja";
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

const RU = languages.indexOf("ru");
const UK = languages.indexOf("uk");
const BE = languages.indexOf("be");
const KK = languages.indexOf("kk");

/**
 * Belarusian and Kazakh have ы and э too, so next to their own letters those do not speak for Russian. An і is
 * Ukrainian, or Belarusian where ы or э stand beside it: Belarusian alone has no и.
 */
function settleNeighbours(text: string, cyrillic: number): void {
  const own = (index: number): boolean => (scores[index] ?? 0) >= LETTER_WEIGHT;
  const isBelarusian = own(RU) && !own(KK) && text.includes("і") && !text.includes("и");
  if (isBelarusian) scores[BE] = (scores[BE] ?? 0) + LETTER_WEIGHT;
  scores[RU] = (scores[RU] ?? 0) + (cyrillic >= RUSSIAN_LETTERS ? RUSSIAN_PRIOR : 0);
  if (own(BE) || own(KK)) scores[RU] = 0;
  if (!own(RU) && text.includes("і")) {
    scores[RU] = 0;
    scores[UK] = (scores[UK] ?? 0) + 1;
  }
}

function best(): { language: number; lead: number } {
  let language = -1;
  let most = 0;
  let second = 0;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? 0;
    if (score <= second) continue;
    if (score > most) {
      second = most;
      most = score;
      language = index;
    } else second = score;
  }
  return { language, lead: most - second };
}

/**
 * The language of a text as an ISO 639-1 code, told by its script, by letters that only one language has and by common
 * words; undefined where that is not enough, as in "ok" or a line of code. The same text always gives the same answer.
 */
export function languageOf(text: string): string | undefined {
  const cut = text.length > READ_CHARS ? text.slice(0, READ_CHARS) : text;
  const plain = cut.toLowerCase().replace(NO_LANGUAGE, " ");
  scores.fill(0);
  const { latin, cyrillic, other } = read(plain);
  if (other > latin + cyrillic) return byScript(plain);
  if (cyrillic > latin) settleNeighbours(plain, cyrillic);
  const { language, lead } = best();
  return language >= 0 && lead >= MARGIN ? languages[language] : undefined;
}
