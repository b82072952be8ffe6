import { nameParts } from "../names.ts";
import { diceOf, type Dice } from "./dice.ts";
import { spelled, spellings } from "./spellings.ts";

/** An account of the made-up people, and who is behind it. */
export interface TrueAccount {
  /** The person: accounts with the same number are one. */
  readonly person: number;
  readonly platform: string;
  readonly externalId: string;
  readonly name: string;
  readonly username: string | null;
}

export const platforms = ["telegram", "discord", "slack"] as const;

/** Full names and the short forms friends use; the rest of the names has none. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  Александр: ["Саша", "Саня"],
  Алексей: ["Лёша", "Алёша"],
  Анна: ["Аня", "Анюта"],
  Сергей: ["Серёжа", "Серый"],
  Дмитрий: ["Дима", "Митя"],
  Елена: ["Лена"],
  Иван: ["Ваня"],
  Мария: ["Маша"],
  Ольга: ["Оля"],
  Наталья: ["Наташа"],
  Екатерина: ["Катя"],
  Михаил: ["Миша"],
  Максим: ["Макс"],
  Евгений: ["Женя"],
  Татьяна: ["Таня"],
  Юлия: ["Юля"],
  Ирина: ["Ира"],
  Владимир: ["Вова", "Володя"],
  Павел: ["Паша"],
  Роман: ["Рома"],
  Николай: ["Коля"],
  Дарья: ["Даша"],
  Анастасия: ["Настя"],
  Константин: ["Костя"],
};
const SHORT_LATIN: Readonly<Record<string, readonly string[]>> = {
  Michael: ["Mike"],
  Robert: ["Rob", "Bob"],
  Thomas: ["Tom"],
  Alex: ["Alexander"],
  Daniel: ["Dan"],
  Nick: ["Nicholas"],
  Kate: ["Katherine"],
};

const ONSETS = "б в г д ж з к л м н п р с т х ч ш бр гр др кр ст тр св".split(" ");
const VOWELS = "а о у е и я".split(" ");
const ENDS = ["ов", "ев", "ин", "ский", "енко", "чук", "цев", "кин"];

/** Surnames that most people share with few others, of which telephone books are full. */
function rareSurnames(dice: Dice, many: number): string[] {
  const made = new Set<string>();
  while (made.size < many) {
    const stem = Array.from({ length: 1 + dice.place(2) }, () => dice.pick(ONSETS) + dice.pick(VOWELS)).join("");
    const word = `${stem}${dice.pick(ONSETS)}${dice.pick(ENDS)}`;
    made.add(word.charAt(0).toUpperCase() + word.slice(1));
  }
  return [...made];
}

interface Person {
  readonly given: string;
  readonly surname: string;
  readonly isRussian: boolean;
  /** The user name they like best. */
  readonly handle: string;
  /** What they are called where they do not use their name. */
  readonly nickname: string;
}

const NICK_ENDS = "er ix on a o y is us ka ly ster".split(" ");

function nicknameOf(dice: Dice): string {
  const words = nameParts.nicknames.filter((word) => /^[a-z]/.test(word));
  const syllables = Array.from({ length: 1 + dice.place(3) }, () =>
    spelled(dice.pick(ONSETS) + dice.pick(VOWELS), 3),
  ).join("");
  const kind = dice.roll();
  if (kind < 0.35) return dice.pick(words) + dice.pick(words);
  if (kind < 0.7) return syllables + dice.pick(NICK_ENDS);
  return dice.pick(words) + syllables;
}

function handleOf(dice: Dice, person: Omit<Person, "handle">): string {
  const plain = (word: string): string => spelled(word, dice.place(spellings)).toLowerCase().replaceAll("'", "");
  const [given, surname] = [plain(person.given), plain(person.surname)];
  const kind = dice.roll();
  const year = dice.chance(0.5) ? String(1970 + dice.place(40)) : String(dice.place(100));
  if (kind < 0.15) return `${given}.${surname}`;
  if (kind < 0.3) return `${given.charAt(0)}${surname}`;
  if (kind < 0.4) return `${surname}_${given}`;
  if (kind < 0.55) return `${given}${year}`;
  if (kind < 0.75) return `${person.nickname}${year}`;
  return person.nickname;
}

interface Names {
  readonly rare: readonly string[];
}

function personOf(dice: Dice, { rare }: Names): Person {
  const isRussian = dice.chance(0.65);
  const { russian, russianLast, latin, latinLast } = nameParts;
  const last = isRussian
    ? dice.pick(dice.chance(0.35) ? russianLast : rare, 1.5)
    : dice.chance(0.4)
      ? dice.pick(latinLast, 1.5)
      : spelled(dice.pick(rare, 1.5), dice.place(spellings));
  const given = dice.pick(isRussian ? russian : latin, 1.6);
  const isWoman = /[ая]$|ь$/.test(given) && !/^(?:Илья|Никита|Игорь)$/.test(given);
  const surname = isRussian && isWoman && /(?:ов|ев|ин)$/.test(last) ? `${last}а` : last;
  const person = { given, surname, isRussian, nickname: nicknameOf(dice) };
  return { ...person, handle: handleOf(dice, person) };
}

function withSlip(dice: Dice, name: string): string {
  const place = 1 + dice.place(Math.max(1, name.length - 2));
  const kind = dice.roll();
  if (kind < 0.4) return name.slice(0, place) + name.slice(place + 1);
  if (kind < 0.7) return name.slice(0, place) + name.charAt(place) + name.slice(place);
  return name.slice(0, place - 1) + name.charAt(place) + name.charAt(place - 1) + name.slice(place + 1);
}

const DECORATIONS = [" 🌿", " ✨", " (away)", " | dev", " ☕", " 🇷🇺", "!"];

/** How somebody is called on one platform. */
function shownName(dice: Dice, person: Person): string {
  const short = (person.isRussian ? SHORT : SHORT_LATIN)[person.given];
  const given = short !== undefined && dice.chance(0.3) ? dice.pick(short) : person.given;
  const kind = dice.roll();
  const full =
    kind < 0.55
      ? `${given} ${person.surname}`
      : kind < 0.62
        ? `${person.surname} ${given}`
        : kind < 0.67
          ? `${given.charAt(0)}. ${person.surname}`
          : kind < 0.8
            ? given
            : person.nickname;
  const isLatin = person.isRussian && dice.chance(0.45);
  const written = isLatin ? spelled(full, dice.place(spellings)) : full;
  const slipped = dice.chance(0.03) ? withSlip(dice, written) : written;
  return dice.chance(0.08) ? slipped + dice.pick(DECORATIONS) : slipped;
}

/** The user name somebody has on one platform: mostly their favourite one, or as near to it as was free. */
function username(dice: Dice, person: Person): string | null {
  const kind = dice.roll();
  if (kind < 0.25) return null;
  if (kind < 0.65) return person.handle;
  if (kind < 0.72) return `${person.handle}${dice.place(100)}`;
  if (kind < 0.76) return `${person.handle}_`;
  if (kind < 0.88) return handleOf(dice, person);
  return handleOf(dice, { ...person, nickname: nicknameOf(dice) });
}

/**
 * Accounts of made-up people on three platforms, shuffled: half of the people have one account, a third two, the others
 * three. The same seed gives the same people.
 */
export function makeTruth(accounts: number, seed: number): TrueAccount[] {
  const dice = diceOf(seed);
  const names = { rare: rareSurnames(dice, 12_000) };
  const made: TrueAccount[] = [];
  for (let person = 0; made.length < accounts; person += 1) {
    const who = personOf(dice, names);
    const kind = dice.roll();
    const many = kind < 0.55 ? 1 : kind < 0.85 ? 2 : 3;
    const first = dice.place(platforms.length);
    for (let i = 0; i < many; i += 1)
      made.push({
        person,
        platform: platforms[(first + i) % platforms.length] ?? "telegram",
        externalId: `${made.length}`,
        name: shownName(dice, who),
        username: username(dice, who),
      });
  }
  for (let i = made.length - 1; i > 0; i -= 1) {
    const j = dice.place(i + 1);
    const [one, other] = [made[i], made[j]];
    if (one !== undefined && other !== undefined) [made[i], made[j]] = [other, one];
  }
  return made;
}

/** How many pairs of accounts belong together. */
export function truePairs(accounts: readonly TrueAccount[]): number {
  const counts = new Map<number, number>();
  for (const { person } of accounts) counts.set(person, (counts.get(person) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

/** What two accounts of one person have in common for anybody to see. */
export const traces = ["the same user name", "whole names on both", "a nickname or a bare first name"] as const;
export type Trace = (typeof traces)[number];

function traceOf(one: TrueAccount, other: TrueAccount): Trace {
  const plain = ({ username }: TrueAccount): string => username?.replaceAll(/[._]/g, "") ?? "";
  if (plain(one) !== "" && plain(one) === plain(other)) return "the same user name";
  const isWhole = ({ name }: TrueAccount): boolean => (name.match(/\p{L}{2,}/gu) ?? []).length > 1;
  return isWhole(one) && isWhole(other) ? "whole names on both" : "a nickname or a bare first name";
}

/** Every pair of accounts that belong together, by their places, the smaller first, and what they have in common. */
export function pairsByTrace(accounts: readonly TrueAccount[]): Map<string, Trace> {
  const seen = new Map<number, number[]>();
  const pairs = new Map<string, Trace>();
  for (const [place, account] of accounts.entries()) {
    const before = seen.get(account.person) ?? [];
    for (const other of before) {
      const known = accounts[other];
      if (known !== undefined) pairs.set(`${other} ${place}`, traceOf(known, account));
    }
    seen.set(account.person, [...before, place]);
  }
  return pairs;
}
