import type { MessageKind } from "#src/platforms/model.ts";
import type { Dice } from "./dice.ts";
import { Crowd, type SamplePerson, type SamplePlatform } from "./people.ts";
import { english } from "./phrases-en.ts";
import { russian } from "./phrases-ru.ts";
import type { Phrases, Tongue } from "./words.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A place where the sample community writes. */
export interface SamplePlace {
  readonly platform: SamplePlatform;
  readonly externalId: string;
  readonly name: string;
  readonly kind: "chat" | "channel";
}

/** All of them. */
export const places = {
  chat: { platform: "telegram", externalId: "sample-chat", name: "Вердолка: подоконник", kind: "chat" },
  news: { platform: "telegram", externalId: "sample-news", name: "Вердолка: новости", kind: "channel" },
  help: { platform: "discord", externalId: "sample-help", name: "help", kind: "chat" },
  lounge: { platform: "discord", externalId: "sample-lounge", name: "windowsill", kind: "chat" },
} as const satisfies Record<string, SamplePlace>;

/** One message of the story. */
export interface Post {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly who: SamplePerson;
  readonly place: SamplePlace;
  readonly text: string;
  readonly kind?: MessageKind;
  readonly replyTo?: Post;
  readonly reactions: { emoji: string; count: number }[];
}

/** Somebody came or went. */
export interface Coming {
  readonly at: number;
  readonly who: SamplePerson;
  readonly place: SamplePlace;
  readonly kind: "joined" | "left" | "removed";
}

/** How many write at each hour of the day, midnight first: lunch, and a long evening. */
const HOURS = [3, 2, 1, 1, 1, 1, 3, 7, 12, 14, 12, 11, 16, 15, 11, 10, 12, 15, 22, 30, 36, 34, 22, 9];
/** How many sentences back nothing is repeated. */
const LATELY = 40;
const phrases: Record<Tongue, Phrases> = { en: english, ru: russian };

type PostWish = Omit<Post, "reactions">;

/** The story while it is told: who is there, what has been written, and the words to go on. */
export class Tale {
  readonly dice: Dice;
  readonly crowd: Crowd;
  readonly posts: Post[] = [];
  readonly comings: Coming[] = [];
  /** Those who keep coming, the liveliest first. */
  readonly regulars: SamplePerson[] = [];
  #lately: string[] = [];

  constructor(dice: Dice) {
    this.dice = dice;
    this.crowd = new Crowd(dice);
  }

  /** Where somebody writes: at home, or where they ask for help. */
  placeOf(who: SamplePerson, about: "question" | "talk" = "talk"): SamplePlace {
    const platform = who.isOnBoth && this.dice.chance(0.35) ? other(who.home) : who.home;
    if (platform === "telegram") return places.chat;
    return about === "question" ? places.help : places.lounge;
  }

  post(wish: PostWish): Post {
    const reactions = this.dice.chance(0.17)
      ? [{ emoji: this.dice.pick(["👍", "❤", "😁", "🙏", "🌱"]), count: 1 + this.dice.below(6) }]
      : [];
    const posted: Post = { ...wish, at: Math.floor(wish.at / 1000) * 1000, reactions };
    this.posts.push(posted);
    return posted;
  }

  come(wish: Coming): void {
    this.comings.push({ ...wish, at: Math.floor(wish.at / 1000) * 1000 });
  }

  /** The moment of a day at which something is written, by how lively its hours are. */
  momentOfDay(): number {
    let left = this.dice.next() * HOURS.reduce((sum, weight) => sum + weight, 0);
    const hour = HOURS.findIndex((weight) => (left -= weight) < 0);
    return (hour + this.dice.next()) * HOUR;
  }

  /** A regular who writes in this place, and not one of `except`. */
  regularIn(place: SamplePlace, except: readonly SamplePerson[] = []): SamplePerson {
    const there = this.regulars.filter((one) => (one.home === place.platform || one.isOnBoth) && !except.includes(one));
    return this.dice.pickEarly(there);
  }

  phrases(tongue: Tongue): Phrases {
    return phrases[tongue];
  }

  /** One of these sentences with its gaps filled; one that nobody said in the last while, if there is such. */
  say(tongue: Tongue, choose: (phrases: Phrases) => readonly string[]): string {
    const bank = choose(phrases[tongue]);
    const fresh = bank.filter((sentence) => !this.#lately.includes(sentence));
    const sentence = this.dice.pick(fresh.length > 0 ? fresh : bank);
    this.#lately = [...this.#lately.slice(-LATELY), sentence];
    return this.fill(tongue, sentence);
  }

  fill(tongue: Tongue, sentence: string): string {
    const { gaps } = phrases[tongue];
    const whole = sentence.replaceAll(/\{(\w+)\}/g, (_gap, name: string) => this.dice.pick(gaps[name] ?? [""]));
    return whole.charAt(0).toUpperCase() + whole.slice(1);
  }
}

function other(platform: SamplePlatform): SamplePlatform {
  return platform === "telegram" ? "discord" : "telegram";
}
