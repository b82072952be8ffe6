import { foldedWords, soundOf } from "#src/base/text-folding.ts";
import { givenNames } from "./given-names.ts";

/** Letters of scholarly transliteration whose hook is their sound; folding would take it off. */
const HOOKED: Readonly<Record<string, string>> = { č: "ch", š: "sh", ž: "zh", ŝ: "shch", ě: "e" };

/**
 * What a word sounds like, one spelling for every way of transliterating it: Щербаков, Shcherbakov and Scherbakov;
 * Соловьёв, Solovyov and Soloviev; Жуков and Žukov. For comparing, never shown.
 */
export function skeletonOf(word: string): string {
  return soundOf(word)
    .replace(/i+e/g, "e")
    .replace(/zh/g, "z")
    .replace(/shch|sh|ch/g, (sound) => (sound === "ch" ? "c" : "s"))
    .replace(/ts/g, "c")
    .replace(/(\D)\1+/gu, "$1");
}

/** The words of a name by their sound. Signs of softness inside a word do not divide it. */
export function skeletonsOf(name: string): string[] {
  const whole = name
    .toLowerCase()
    .replace(/['’ʹʼ`ьъ]/g, "")
    .replace(/[čšžŝě]/g, (letter) => HOOKED[letter] ?? letter);
  return foldedWords(whole)
    .map(skeletonOf)
    .filter((word) => word !== "");
}

interface GivenName {
  /** Lines of the table in which a form stands. */
  readonly lines: readonly number[];
  /** Whether it is a full name in one of them. */
  readonly isFull: boolean;
}

const known = new Map<string, GivenName>();
for (const [line, forms] of givenNames.entries())
  for (const [place, form] of forms.entries()) {
    const key = skeletonsOf(form)[0] ?? "";
    const before = known.get(key) ?? { lines: [], isFull: false };
    known.set(key, { lines: [...new Set([...before.lines, line])], isFull: before.isFull || place === 0 });
  }

/** A name taken apart: given names by the lines of the table they stand in, and everything else by sound. */
export interface NameForm {
  /** As written. */
  readonly text: string;
  readonly words: readonly string[];
  /** The first given name in it and the lines of the table where it stands; undefined without one. */
  readonly given: { readonly word: string; readonly lines: readonly number[] } | undefined;
  /** Family names, nicknames: words that are no given names, of two letters and more. */
  readonly rest: readonly string[];
  /** A word of one letter, which may be the beginning of a given name. */
  readonly initial: string | undefined;
}

/** Takes a name apart. */
export function nameFormOf(text: string): NameForm {
  const words = skeletonsOf(text);
  const givenWord = words.find((word) => known.has(word));
  const lines = givenWord === undefined ? undefined : known.get(givenWord)?.lines;
  return {
    text,
    words,
    given: givenWord === undefined || lines === undefined ? undefined : { word: givenWord, lines },
    rest: words.filter((word) => word !== givenWord && word.length > 1),
    initial: words.find((word) => /^\p{L}$/u.test(word)),
  };
}

/** Whether two given names may belong to one person: `same` by sound, `forms` of one name, or `other`. */
export function compareGiven(one: NonNullable<NameForm["given"]>, other: NonNullable<NameForm["given"]>) {
  if (one.word === other.word) return "same" as const;
  return one.lines.some((line) => other.lines.includes(line)) ? ("forms" as const) : ("other" as const);
}

/** Whether a word is a given name, in whatever form. */
export function isGivenName(word: string): boolean {
  return known.has(word);
}
