/**
 * Ways in which Russian names are written with Latin letters, each whole: by passports since 2014 (ICAO 9303), by
 * GOST 7.79-2000 system B, by the BGN/PCGN habit of newspapers, and as people type in chats. Written apart from what
 * the product folds names by, so that measuring it proves something.
 */
const LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const SCHEMES: Readonly<Record<string, string>> = {
  passport: "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia",
  gost: "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh - y - e yu ya",
  news: "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya",
  chat: "a b v g d e e zh z i y k l m n o p r s t u f h c ch sh sch - y - e yu ya",
  soft: "a b v g d e e j z i i k l m n o p r s t u f h ts ch sh sh - i ' e ju ja",
};

const tables = Object.values(SCHEMES).map((scheme) => {
  const spelled = scheme.split(" ");
  return new Map(Array.from(LETTERS, (letter, place) => [letter, (spelled[place] ?? "").replace("-", "")]));
});

/** How many schemes there are. */
export const spellings = tables.length;

/** A name in Latin letters by one of the schemes. */
export function spelled(name: string, scheme: number): string {
  const table = tables[scheme % tables.length] ?? new Map<string, string>();
  return Array.from(name, (letter) => {
    const lower = letter.toLowerCase();
    const found = table.get(lower);
    if (found === undefined) return letter;
    return letter === lower ? found : found.charAt(0).toUpperCase() + found.slice(1);
  }).join("");
}
