import type { Dice } from "./dice.ts";
import type { Tongue } from "./words.ts";

/** The two platforms on which the sample community lives. */
export type SamplePlatform = "telegram" | "discord";

/** Somebody of the sample. Nobody is called so: nicknames are put together from two words. */
export interface SamplePerson {
  readonly number: number;
  readonly name: string;
  readonly username: string;
  readonly tongue: Tongue;
  readonly home: SamplePlatform;
  /** Has an account on the other platform too, under the same nickname. */
  readonly isOnBoth: boolean;
  readonly part: "member" | "team" | "bot" | "channel" | "stranger";
}

const nicknames: Record<Tongue, readonly [readonly string[], readonly string[]]> = {
  en: [
    "Quiet Early Mossy Slow Bright Dewy Sandy Gentle Round Copper Patient Windy Salty Brave Rusty Plain Sunny Late Curly Dusty".split(
      " ",
    ),
    "Fern Sprout Ladle Thistle Pebble Willow Acorn Clover Radish Trellis Bucket Nettle Parsnip Turnip Cricket Lantern Teacup Gourd Sorrel Pumpkin".split(
      " ",
    ),
  ],
  ru: [
    "Тихий Ранний Мшистый Медленный Ясный Росистый Песчаный Мягкий Круглый Медный Терпеливый Ветреный Солёный Смелый Рыжий Простой Солнечный Поздний Кудрявый Ровный".split(
      " ",
    ),
    "Фикус Росток Черпак Чертополох Камушек Укроп Жёлудь Клевер Редис Горшок Ковшик Крапивник Пастернак Кабачок Сверчок Фонарик Чайник Щавель Подсолнух Кактус".split(
      " ",
    ),
  ],
};

const letters: Readonly<Record<string, string>> = Object.fromEntries(
  "а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);

/** A nickname as people write it in an account's name. */
function accountName(name: string): string {
  const latin = name.toLowerCase().replace(/[а-яё]/g, (letter) => letters[letter] ?? "");
  return latin.replaceAll(" ", "_");
}

const [MEMBERS_RU, MEMBERS_EN] = [0.56, 0.44];
/** Of a hundred, on the platform where the other language is at home. */
const ABROAD = 0.12;
const ON_BOTH = 0.05;

function homeOf(tongue: Tongue, dice: Dice): SamplePlatform {
  const own: SamplePlatform = tongue === "ru" ? "telegram" : "discord";
  return dice.chance(ABROAD) ? (own === "telegram" ? "discord" : "telegram") : own;
}

/** Makes people one after another, all with different nicknames. */
export class Crowd {
  readonly #dice: Dice;
  readonly #used = new Set<string>();
  #number = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** How many people of flesh and blood there are by now. */
  get size(): number {
    return this.#number;
  }

  #nickname(tongue: Tongue): string {
    const [firsts, seconds] = nicknames[tongue];
    for (;;) {
      const name = `${this.#dice.pick(firsts)} ${this.#dice.pick(seconds)}`;
      if (this.#used.has(name)) continue;
      this.#used.add(name);
      return name;
    }
  }

  member(tongue: Tongue = this.#dice.chance(MEMBERS_RU / (MEMBERS_RU + MEMBERS_EN)) ? "ru" : "en"): SamplePerson {
    const name = this.#nickname(tongue);
    const home = homeOf(tongue, this.#dice);
    const isOnBoth = this.#dice.chance(ON_BOTH);
    return { number: this.#number++, name, username: accountName(name), tongue, home, isOnBoth, part: "member" };
  }

  /** One of those who come to sell or to spoil. */
  stranger(): SamplePerson {
    const name = this.#nickname("en").toLowerCase().replace(" ", "") + String(this.#dice.below(9000) + 1000);
    const tongue: Tongue = this.#dice.chance(0.5) ? "ru" : "en";
    return {
      number: this.#number++,
      name,
      username: name,
      tongue,
      home: "telegram",
      isOnBoth: false,
      part: "stranger",
    };
  }

  /** One of the team, or its bot; on both platforms. */
  staff(name: string, part: "team" | "bot" | "channel", tongue: Tongue): SamplePerson {
    const username = accountName(name.replaceAll(/[·«»]/g, " ").trim().replaceAll(/\s+/g, " "));
    return { number: this.#number++, name, username, tongue, home: "telegram", isOnBoth: true, part };
  }
}
