import type { Dice } from "#src/sample/story/dice.ts";
import {
  answers,
  chat,
  evening,
  firstNames,
  gaps,
  hellos,
  lastNames,
  news,
  promo,
  questions,
  thanks,
  type Tongue,
} from "./sample-words.ts";

/** Somebody who writes. */
export interface Author {
  id: string;
  name: string;
  tongue: Tongue;
  /** Answers people of either language in theirs, and so holds the two halves of the chat together. */
  isBilingual: boolean;
}

/** One message, or one note of the platform that somebody came or went. */
export interface Line {
  id?: number;
  /** Milliseconds since 1970 UTC. */
  at: number;
  author: Author;
  text: string;
  replyTo?: Line;
  media?: Record<string, unknown>;
  service?: { action: string; [field: string]: unknown };
  reactions: { emoji: string; count: number }[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How many write at each hour of the day, midnight first: lunch, and a long evening. */
const HOURS = [3, 2, 1, 1, 1, 1, 3, 7, 12, 14, 12, 11, 16, 15, 11, 10, 12, 15, 22, 30, 36, 34, 22, 9];
/** How lively each weekday is, Sunday first. */
const WEEKDAYS = [0.7, 0.9, 1.3, 1, 1.35, 1, 0.75];
const REGULARS = 46;
/** How many sentences back nothing is repeated, in the order in which they are made up. */
const LATELY = 24;
const team: Author = { id: "channel2100345679", name: "Dawn Coffee", tongue: "en", isBilingual: true };

interface Span {
  endsAt: number;
  days: number;
  zoneMs: number;
}

/** Tells the days of the sample chat one after another. */
export class SampleDays {
  readonly #dice: Dice;
  readonly #span: Span;
  readonly #regulars: Author[] = [];
  #lines: Line[] = [];
  #people = 0;
  #lately: string[] = [];

  constructor(dice: Dice, span: Span) {
    this.#dice = dice;
    this.#span = span;
    for (let place = 0; place < REGULARS; place++) this.#regulars.push(this.#person());
  }

  /** All lines, in no order. Nothing is later than the end of the last day. */
  write(): Line[] {
    const { endsAt, days, zoneMs } = this.#span;
    const lastMidnight = Math.floor((endsAt + zoneMs) / DAY) * DAY - zoneMs;
    const [eveningDay, promoDay] = [Math.round(days * 0.55), Math.round(days * 0.8)];
    for (let day = 0; day < days; day++) {
      const midnight = lastMidnight - (days - 1 - day) * DAY;
      this.#ordinaryDay(midnight, day / days);
      if (day === eveningDay) this.#eveningWithTheRoaster(midnight);
      if (day === promoDay) this.#sellersCome(midnight);
      if (day % 9 === 4) this.#teamPosts(midnight);
    }
    const last = lastMidnight + DAY;
    return this.#lines.filter((line) => line.at < last && (line.replyTo === undefined || line.replyTo.at < last));
  }

  #ordinaryDay(midnight: number, progress: number): void {
    const weekday = new Date(midnight + this.#span.zoneMs).getUTCDay();
    const talks = Math.round((6.5 + 8 * progress) * (WEEKDAYS[weekday] ?? 1) * (0.85 + this.#dice.next() * 0.3));
    for (let talk = 0; talk < talks; talk++) {
      const at = midnight + this.#momentOfDay();
      const kind = this.#dice.next();
      if (kind < 0.44) this.#question(at, this.#anybody());
      else if (kind < 0.9) this.#smallTalk(at);
      else this.#photo(at);
    }
    const newcomers = this.#dice.below(4) + (progress > 0.5 ? 1 : 0);
    for (let one = 0; one < newcomers; one++) this.#newcomer(midnight + this.#momentOfDay());
  }

  #question(at: number, author: Author, text = this.#say(questions, author.tongue)): void {
    const asked = this.#post({ at, author, text });
    if (this.#dice.chance(0.24)) return;
    let time = at;
    const helpers = 1 + this.#dice.below(4);
    for (let one = 0; one < helpers; one++) {
      time += this.#dice.wait(one === 0 ? 55 * MINUTE : 12 * MINUTE) + 20_000;
      const helper = this.#regularOf(author.tongue, author);
      this.#post({ at: time, author: helper, text: this.#say(answers, author.tongue), replyTo: asked });
    }
    if (!this.#dice.chance(0.6)) return;
    this.#post({
      at: time + this.#dice.wait(20 * MINUTE),
      author,
      text: this.#say(thanks, author.tongue),
      replyTo: asked,
    });
  }

  #smallTalk(at: number): void {
    const tongue: Tongue = this.#dice.chance(0.58) ? "ru" : "en";
    let line = this.#post({ at, author: this.#regularOf(tongue), text: "" });
    line.text = this.#say(chat, tongue);
    for (let turn = this.#dice.below(6); turn > 0; turn--) {
      const author = this.#regularOf(tongue, line.author);
      const next = { at: line.at + this.#dice.wait(6 * MINUTE) + 8000, author, text: this.#say(chat, tongue) };
      line = this.#post(this.#dice.chance(0.5) ? { ...next, replyTo: line } : next);
    }
  }

  #photo(at: number): void {
    const author = this.#regularOf(this.#dice.chance(0.5) ? "ru" : "en");
    const media = this.#dice.chance(0.75)
      ? { photo: "photos/photo_1.jpg", width: 1280, height: 960 }
      : { file: "stickers/sticker.webp", media_type: "sticker", sticker_emoji: "☕" };
    const text = "photo" in media ? this.#say(chat, author.tongue) : "";
    this.#post({ at, author, text, media });
  }

  #newcomer(at: number): void {
    const author = this.#person();
    this.#note({ at, author, service: { action: "join_group_by_link", inviter: "Group" } });
    if (this.#dice.chance(0.2)) return;
    const wrote = at + this.#dice.wait(50 * MINUTE);
    if (this.#dice.chance(0.5)) this.#question(wrote, author, this.#say(hellos, author.tongue));
    else this.#question(wrote, author);
    // Some stay for good: from now on they talk like everybody else.
    if (this.#dice.chance(0.24)) this.#regulars.splice(8 + this.#dice.below(this.#regulars.length - 8), 0, author);
    for (const days of [3, 9, 16, 34]) {
      if (!this.#dice.chance(0.42)) break;
      this.#question(at + days * DAY + this.#dice.wait(5 * HOUR), author);
    }
    if (!this.#dice.chance(0.12)) return;
    const service = { action: "remove_members", members: [author.name] };
    this.#note({ at: at + 5 * DAY + this.#dice.wait(9 * DAY), author, service });
  }

  /** Three hours in which everybody asks and the roaster answers. */
  #eveningWithTheRoaster(midnight: number): void {
    const roaster = this.#regulars[1] ?? team;
    for (let one = 0; one < 190; one++) {
      const at = midnight + 19 * HOUR + this.#dice.next() * 3 * HOUR;
      const author = this.#regularOf(this.#dice.chance(0.6) ? "ru" : "en");
      const asked = this.#post({ at, author, text: this.#say(evening, author.tongue) });
      if (!this.#dice.chance(0.45)) continue;
      this.#post({
        at: at + this.#dice.wait(90_000),
        author: roaster,
        text: this.#say(answers, author.tongue),
        replyTo: asked,
      });
    }
  }

  #sellersCome(midnight: number): void {
    const sellers = [this.#person(), this.#person(), this.#person()];
    for (let one = 0; one < 64; one++) {
      const at = midnight + 9 * HOUR + this.#dice.next() * 9 * HOUR;
      this.#post({ at, author: this.#dice.pick(sellers), text: this.#dice.pick(promo) });
    }
  }

  #teamPosts(midnight: number): void {
    for (const tongue of ["en", "ru"] as const) {
      const at = midnight + 11 * HOUR + this.#dice.wait(10 * MINUTE);
      const line = this.#post({ at, author: team, text: this.#dice.pick(news[tongue]) });
      line.reactions = [
        { emoji: "🔥", count: 4 + this.#dice.below(18) },
        { emoji: "❤", count: 2 + this.#dice.below(9) },
      ];
    }
  }

  #post(line: Omit<Line, "reactions">): Line {
    const reactions = this.#dice.chance(0.16)
      ? [{ emoji: this.#dice.pick(["👍", "❤", "😁", "🙏", "🔥"]), count: 1 + this.#dice.below(6) }]
      : [];
    const posted: Line = { ...line, at: Math.floor(line.at / 1000) * 1000, reactions };
    this.#lines.push(posted);
    return posted;
  }

  #note(line: Omit<Line, "reactions" | "text">): void {
    this.#lines.push({ ...line, at: Math.floor(line.at / 1000) * 1000, text: "", reactions: [] });
  }

  #person(): Author {
    const tongue: Tongue = this.#dice.chance(0.56) ? "ru" : "en";
    const [first, last] = [firstNames[tongue], lastNames[tongue]];
    const place = this.#people++;
    const name = `${first[place % first.length]} ${last[Math.floor(place / first.length + place * 7) % last.length]}`;
    const isBilingual = this.#dice.chance(place < REGULARS ? 0.3 : 0.1);
    return { id: `user${510_000_000 + place * 7919}`, name, tongue, isBilingual };
  }

  #anybody(): Author {
    return this.#dice.pickEarly(this.#regulars, 1.4);
  }

  #regularOf(tongue: Tongue, except?: Author): Author {
    return this.#dice.pickEarly(
      this.#regulars.filter((one) => (one.tongue === tongue || one.isBilingual) && one !== except),
    );
  }

  #momentOfDay(): number {
    const total = HOURS.reduce((sum, weight) => sum + weight, 0);
    let left = this.#dice.next() * total;
    const hour = HOURS.findIndex((weight) => (left -= weight) < 0);
    return (hour + this.#dice.next()) * HOUR;
  }

  /** A sentence of the bank that nobody said in the last while. */
  #say(bank: Record<Tongue, readonly string[]>, tongue: Tongue): string {
    const fresh = bank[tongue].filter((sentence) => !this.#lately.includes(sentence));
    const sentence = this.#dice.pick(fresh.length > 0 ? fresh : bank[tongue]);
    this.#lately = [...this.#lately.slice(-LATELY), sentence];
    return sentence.replaceAll(/\{(\w+)\}/g, (_gap, name: string) => this.#dice.pick(gaps[tongue][name] ?? [""]));
  }
}
