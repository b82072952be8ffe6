import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { processorMs, RUNAWAY_MS } from "./testing/processor-time.ts";
import { foldText, nameKey, searchWords, wantedWords } from "./text-folding.ts";

function finds(typed: string, ...names: string[]): boolean {
  const words = searchWords(...names);
  return wantedWords(typed).every((forms) => forms.some((form) => words.some((word) => word.startsWith(form))));
}

test("a name is found in either script, whichever of its usual spellings was typed", () => {
  const same = [
    ["Иван Петров", "ivan", "ИВАН", "petrov", "пет ив", "Ivan Petrov"],
    ["Алексей Жуков", "aleksei", "alexey", "Zhukov"],
    ["Юлия Щукина", "julia", "Yuliya", "shchukina", "Schukina"],
    ["Dmitry Sokolov", "дмитрий", "Дмитрий Соколов"],
    ["Mikhail Khabarov", "михаил", "хабаров", "mihail"],
    ["Семён Артёмов", "семен", "Semyon", "semen", "артем"],
    ["Анна", "anna", "ann", "анн", "ан"],
    ["José Ángel Müller", "jose angel", "muller", "josé"],
    ["Евгений", "Yevgeny", "evgeniy", "evg"],
  ];
  for (const [name = "", ...typed] of same)
    for (const each of typed) expect([each, name, finds(each, name)]).toEqual([each, name, true]);
});

test("every beginning of a word finds it, in its own script and letter by letter", () => {
  for (const name of ["Мария Щербакова", "Илья Объедков", "Christine Schumacher", "Иннокентий"]) {
    for (const word of name.split(" "))
      for (let n = 1; n <= word.length; n++) expect(finds(word.slice(0, n), name)).toBe(true);
  }
});

test("different people are kept apart", () => {
  expect(finds("anna", "Ольга Петрова")).toBe(false);
  expect(finds("ivan sidorov", "Иван Петров")).toBe(false);
  expect(finds("van", "Иван")).toBe(false);
  expect(finds("zzzz", "Zoë Жуков")).toBe(false);
});

test("what was typed with the keyboard in the wrong language is understood", () => {
  expect(finds("шмфт", "Ivan")).toBe(true);
  expect(finds("bdfy", "Иван")).toBe(true);
  expect(finds("gtnhjd", "Пётр Петров")).toBe(true);
});

test("letters drawn in another way are the letters they stand for", () => {
  expect(foldText("Ａｄｍｉｎ 𝓐𝓷𝓷𝓪 ﬁn Ёлка")).toBe("admin anna fin елка");
});

test("a search of signs alone searches for nothing", () => {
  expect(wantedWords("  %_ '\" -- \u200b ")).toEqual([]);
  expect(wantedWords("")).toEqual([]);
});

test("names are ordered each alphabet in itself, signs after letters and nameless people last", () => {
  const names = ["", "яна", "Ёлка", "✨ star", "anna", "Жук", "7up", "Boris"];
  const ordered = names.toSorted((a, b) => Buffer.from(nameKey(a)).compare(Buffer.from(nameKey(b))));
  expect(ordered).toEqual(["7up", "anna", "Boris", "Ёлка", "Жук", "яна", "✨ star", ""]);
});

test("hostile names fold without running away into few and short words", () => {
  const file = "../shared/corpora/own/hostile-names.json";
  const own = ["a\u0301".repeat(200_000), "x".repeat(1_000_000), "\u{1f468}\u200d".repeat(50_000)];
  const corpus = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { names: string[] }).names : [];
  const foldAll = (): void => {
    for (const name of [...own, ...corpus]) void [searchWords(name), nameKey(name), wantedWords(name)];
  };
  expect(processorMs(foldAll)).toBeLessThan(RUNAWAY_MS);
  for (const name of [...own, ...corpus]) {
    for (const word of searchWords(name)) expect(Array.from(word).length).toBeLessThanOrEqual(80);
    expect(searchWords(name).length).toBeLessThanOrEqual(24);
    expect(Buffer.byteLength(nameKey(name))).toBeLessThan(400);
    expect(wantedWords(name).length).toBeLessThanOrEqual(6);
  }
});
