import type { SamplePerson } from "./people.ts";
import { DAY, HOUR, MINUTE, places, type Post, type Tale } from "./tale.ts";

/** How lively each weekday is, Sunday first. */
const WEEKDAYS = [1.15, 0.9, 0.95, 1, 1.05, 0.95, 1.1];
/** Questions that nobody answers, of a hundred; in the weeks of promotion it is twice as many. */
const UNANSWERED = 0.2;

/** What a day is like: its midnight in milliseconds since 1970 UTC, and how lively it is beside others. */
export interface Day {
  readonly midnight: number;
  /** From 0 at the beginning of the story to 1 at its end. */
  readonly progress: number;
  readonly liveliness: number;
  readonly isNeglected: boolean;
  /** Sunday is 0. */
  readonly weekday: number;
}

/** A question, and if somebody knows it, answers that belong to it. */
export function ask(tale: Tale, wish: { at: number; who: SamplePerson; isNeglected: boolean }): Post {
  const { dice } = tale;
  const { at, who, isNeglected } = wish;
  const place = tale.placeOf(who, "question");
  const theme = dice.below(tale.phrases(who.tongue).themes.length);
  const questions = tale.phrases(who.tongue).themes[theme]?.questions ?? [];
  const asked = tale.post({ at, who, place, text: tale.say(who.tongue, () => questions) });
  if (dice.chance(isNeglected ? 2 * UNANSWERED : UNANSWERED)) return asked;
  let time = at;
  const helpers: SamplePerson[] = [who];
  for (let left = 1 + dice.below(3); left > 0; left--) {
    time += dice.wait(left === 1 ? 50 * MINUTE : 15 * MINUTE) + 20_000;
    const helper = tale.regularIn(place, helpers);
    helpers.push(helper);
    const answers = tale.phrases(who.tongue).themes[theme]?.answers ?? [];
    tale.post({ at: time, who: helper, place, text: tale.say(who.tongue, () => answers), replyTo: asked });
  }
  if (dice.chance(0.55))
    tale.post({
      at: time + dice.wait(20 * MINUTE),
      who,
      place,
      text: tale.say(who.tongue, ({ thanks }) => thanks),
      replyTo: asked,
    });
  return asked;
}

/** A remark that others take up. */
function chat(tale: Tale, at: number): void {
  const { dice } = tale;
  const first = dice.pickEarly(tale.regulars);
  const place = tale.placeOf(first);
  let last = tale.post({ at, who: first, place, text: tale.say(first.tongue, (phrases) => phrases.chat) });
  for (let turn = dice.below(5); turn > 0; turn--) {
    const who = tale.regularIn(place, [last.who]);
    const at = last.at + dice.wait(7 * MINUTE) + 8000;
    // Whoever answers does so in the language of the talk; whoever begins a new thought, in their own.
    last = dice.chance(0.6)
      ? tale.post({ at, who, place, text: tale.say(first.tongue, ({ echoes }) => echoes), replyTo: last })
      : tale.post({ at, who, place, text: tale.say(who.tongue, (phrases) => phrases.chat) });
  }
}

function picture(tale: Tale, at: number): void {
  const { dice } = tale;
  const who = dice.pickEarly(tale.regulars);
  const place = tale.placeOf(who);
  const text = tale.say(who.tongue, ({ photos }) => photos);
  const shown = tale.post({ at, who, place, text, kind: "photo" });
  shown.reactions.push({ emoji: "🔥", count: 2 + dice.below(9) });
  for (let left = dice.below(3); left > 0; left--) {
    const admirer = tale.regularIn(place, [who]);
    const praise = tale.say(who.tongue, (phrases) => phrases.praise);
    tale.post({ at: at + dice.wait(40 * MINUTE) + 9000, who: admirer, place, text: praise, replyTo: shown });
  }
}

/** Somebody new: comes, says hello or asks, and stays or not. */
export function arrive(tale: Tale, at: number, who = tale.crowd.member()): void {
  const { dice } = tale;
  const place = who.home === "telegram" ? places.chat : places.lounge;
  tale.come({ at, who, place, kind: "joined" });
  if (dice.chance(0.17)) return;
  const wrote = at + dice.wait(50 * MINUTE);
  if (dice.chance(0.45)) {
    const hello = tale.post({ at: wrote, who, place, text: tale.say(who.tongue, ({ hellos }) => hellos) });
    if (dice.chance(0.7)) {
      const host = tale.regularIn(place, [who]);
      const welcome = tale.say(who.tongue, ({ welcomes }) => welcomes);
      tale.post({ at: wrote + dice.wait(35 * MINUTE), who: host, place, text: welcome, replyTo: hello });
    }
  } else ask(tale, { at: wrote, who, isNeglected: false });
  // Some stay for good: from now on they talk like everybody else.
  if (dice.chance(0.2)) tale.regulars.splice(8 + dice.below(tale.regulars.length - 8), 0, who);
  for (const days of [3, 8, 16, 33, 60]) {
    if (!dice.chance(0.45)) break;
    ask(tale, { at: at + days * DAY + dice.wait(5 * HOUR), who, isNeglected: false });
  }
  if (dice.chance(0.1)) tale.come({ at: at + 9 * DAY + dice.wait(20 * DAY), who, place, kind: "left" });
}

function teamPosts(tale: Tale, team: { channel: SamplePerson; agronomist: SamplePerson }, midnight: number): void {
  for (const tongue of ["ru", "en"] as const) {
    const at = midnight + 11 * HOUR + tale.dice.wait(20 * MINUTE);
    const who = tongue === "ru" ? team.channel : team.agronomist;
    const place = tongue === "ru" ? places.news : places.lounge;
    const post = tale.post({ at, who, place, text: tale.say(tongue, ({ news }) => news) });
    post.reactions.push({ emoji: "❤", count: 4 + tale.dice.below(9) }, { emoji: "🔥", count: 2 + tale.dice.below(6) });
  }
}

/** An ordinary day. */
export function tellDay(tale: Tale, team: { channel: SamplePerson; agronomist: SamplePerson }, day: Day): void {
  const { dice } = tale;
  const { midnight, progress, liveliness, weekday, isNeglected } = day;
  const usual = (5.5 + 7.5 * progress) * (WEEKDAYS[weekday] ?? 1);
  const talks = Math.round(usual * liveliness * (0.85 + dice.next() * 0.3));
  for (let talk = 0; talk < talks; talk++) {
    const at = midnight + tale.momentOfDay();
    const kind = dice.next();
    if (kind < 0.44) ask(tale, { at, who: dice.pickEarly(tale.regulars, 1.4), isNeglected });
    else if (kind < 0.88) chat(tale, at);
    else picture(tale, at);
  }
  if (weekday === 2 && !isNeglected) teamPosts(tale, team, midnight);
}
