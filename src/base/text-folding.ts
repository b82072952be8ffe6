/**
 * Folding of names for search: what a person types is found however it was written, in either script, with or without
 * accents. Folded text is for comparing and never shown.
 */

/** More words than any real name has; what a hostile one has beyond them is not searched. */
const MOST_WORDS = 12;
/** Longer than any word of a real name; a key in an index must stay far below a page. */
const LONGEST_WORD = 40;
const LONGEST_KEY = 60;

/** Cyrillic letters with the sound each is given, after Unicode has taken off what й and ё carry. */
const CYRILLIC = letters(
  "аa бb вv гg ґg ғg дd еe єe жzh зz иi іi кk қk лl мm нn ңn оo өo пp рr сs тt уu ұu үu фf хh һh цts чch шsh щsh ъ ыi ь эe юiu яia әa",
);

/** Letters that Unicode does not take apart into a plain one and an accent. */
const UNDIVIDED = letters("ßss øo đd ðd łl æae œoe þth ıi ŋn ħh");

function letters(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(" ").map((pair) => [pair.charAt(0), pair.slice(1)]));
}

/**
 * The many ways of writing one sound with Latin letters, brought to one: Yulia and Julia, Alexey and Aleksei, Mikhail
 * and Mihail. Doubled letters are made single afterwards.
 */
const SPELLINGS: Readonly<Record<string, string>> = {
  shch: "sh",
  sch: "sh",
  kh: "h",
  ph: "f",
  tz: "ts",
  yo: "e",
  jo: "e",
  ye: "e",
  je: "e",
  y: "i",
  j: "i",
  x: "ks",
  w: "v",
  q: "k",
  c: "k",
};
const SPELLED = /shch|sch|kh|ph|tz|[yj][oe]?|x|w|q|c(?!h)/g;

/** The keys of a Russian keyboard in the order of `ENGLISH_KEYS`. */
const RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё";
const ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";

/** Lower case, ё as е, accents gone, look-alike forms (full width, ligatures, fancy alphabets) as the letters they stand for. */
export function foldText(text: string): string {
  const bare = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return bare.replace(/[ßøđðłæœþıŋħ]/g, (letter) => UNDIVIDED.get(letter) ?? letter);
}

/** The words of a text, folded: runs of letters and digits, at most 12 of them, each at most 40 long. */
export function foldedWords(text: string): string[] {
  // Nobody's name needs more than this; normalising a megabyte of accents would take seconds.
  const words = foldText(text.slice(0, 1000)).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, MOST_WORDS).map((word) => Array.from(word).slice(0, LONGEST_WORD).join(""));
}

function romanised(word: string): string {
  return word.replace(/[\u0400-\u04ff]/g, (letter) => CYRILLIC.get(letter) ?? letter);
}

/** How a folded word sounds, spelled one way whatever its script: иван and ivan are the same. */
export function soundOf(word: string): string {
  const isLatin = /^[a-z0-9]*$/.test(word);
  const spelled = isLatin ? word.replace(SPELLED, (letters) => SPELLINGS[letters] ?? letters) : romanised(word);
  return spelled.replace(/(\D)\1/gu, "$1");
}

/** Everything a search for a name may begin with: its words, as written in Latin letters and as they sound. Sorted, each once. */
export function searchWords(...texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const word of texts.flatMap(foldedWords)) {
    const sound = soundOf(word);
    // A Cyrillic word sounds the same letter by letter, so that its beginning is found by its sound alone.
    if (!/[\u0400-\u04ff]/.test(word)) found.add(word);
    if (sound !== "") found.add(sound);
  }
  return [...found].toSorted();
}

function onOtherKeyboard(text: string): string {
  const isRussian = /[\u0400-\u04ff]/.test(text);
  const [from, to] = isRussian ? [RUSSIAN_KEYS, ENGLISH_KEYS] : [ENGLISH_KEYS, RUSSIAN_KEYS];
  return Array.from(text, (key) => to.charAt(from.indexOf(key)) || key).join("");
}

/** One word of a search: a name answers it when one of its words begins with any of these. */
export type WantedWord = readonly string[];

/**
 * What somebody typed into a search, word by word; a name must answer every word. Also understands what was typed with
 * the keyboard in the wrong language. Empty when there is nothing to search for.
 */
export function wantedWords(typed: string): WantedWord[] {
  const text = typed.slice(0, 200);
  const switched = foldedWords(onOtherKeyboard(text.toLowerCase()));
  const words = foldedWords(text);
  return words.slice(0, 6).map((word, position) => {
    const forms = new Set(formsOf(word));
    const meant = switched.length === words.length ? switched[position] : undefined;
    // One or two letters on the wrong keys are as likely as not the beginning of something else.
    if (meant !== undefined && word.length > 2) for (const form of formsOf(meant)) forms.add(form);
    return [...forms];
  });
}

function formsOf(word: string): string[] {
  const sound = soundOf(word);
  const forms = /[\u0400-\u04ff]/.test(word) ? [sound] : [word, sound];
  return forms.filter((form) => form !== "");
}

/**
 * What names are ordered by: folded, each alphabet in its own order, names that begin with a letter or digit before
 * all others and empty ones last. At most 60 characters.
 */
export function nameKey(name: string): string {
  const folded = foldText(name.slice(0, 1000)).trim();
  if (folded === "") return "\u{10ffff}";
  const key = Array.from(folded).slice(0, LONGEST_KEY).join("");
  return /^[\p{L}\p{N}]/u.test(folded) ? key : `\uffee${key}`;
}
