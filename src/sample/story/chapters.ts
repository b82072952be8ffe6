import { arrive } from "./ordinary.ts";
import type { SamplePerson } from "./people.ts";
import { DAY, HOUR, MINUTE, places, type Post, type Tale } from "./tale.ts";

/** Who speaks for the brand. */
export interface Team {
  /** The channel of the brand. */
  readonly channel: SamplePerson;
  /** The one who answers. */
  readonly agronomist: SamplePerson;
  readonly bot: SamplePerson;
}

/** The days of the contest, the first and the last of them included. */
export const CONTEST_DAYS = 6;
const CONTEST_ENTRIES = 90;

function enter(tale: Tale, call: Post, at: number): void {
  const { dice } = tale;
  const who = tale.regularIn(call.place, [call.who]);
  const text = tale.say(who.tongue, ({ contest }) => contest.entries);
  const entry = tale.post({ at, who, place: call.place, text, kind: "photo", replyTo: call });
  entry.reactions.push({ emoji: "🔥", count: 3 + dice.below(14) }, { emoji: "🌱", count: 1 + dice.below(7) });
  for (let left = dice.below(4); left > 0; left--) {
    const fan = tale.regularIn(call.place, [who]);
    const words = tale.say(who.tongue, ({ contest, praise }) => (dice.chance(0.6) ? contest.buzz : praise));
    tale.post({ at: at + dice.wait(50 * MINUTE) + 7000, who: fan, place: call.place, text: words, replyTo: entry });
  }
}

/** A contest everybody takes part in: newcomers, a long thread, and the most reactions of the year. */
export function tellContest(tale: Tale, team: Team, midnight: number): void {
  const { dice } = tale;
  const calls = [
    { who: team.channel, place: places.chat, tongue: "ru" },
    { who: team.agronomist, place: places.lounge, tongue: "en" },
  ] as const;
  for (const { who, place, tongue } of calls) {
    const begin = midnight + 10 * HOUR;
    const { contest } = tale.phrases(tongue);
    const call = tale.post({ at: begin, who, place, text: contest.call });
    call.reactions.push({ emoji: "🔥", count: 46 + dice.below(9) }, { emoji: "❤", count: 31 });
    for (let entry = 0; entry < CONTEST_ENTRIES / 2; entry++) {
      const day = Math.floor(dice.next() ** 1.4 * (CONTEST_DAYS - 1));
      enter(tale, call, Math.max(begin + MINUTE, midnight + day * DAY + tale.momentOfDay()));
    }
    const end = midnight + (CONTEST_DAYS - 1) * DAY + 19 * HOUR;
    const results = tale.post({ at: end, who, place, text: contest.results });
    results.reactions.push({ emoji: "👏", count: 40 + dice.below(9) });
    for (let cheer = 0; cheer < 14; cheer++) {
      const fan = tale.regularIn(place, [who]);
      const words = tale.say(fan.tongue, (phrases) => phrases.contest.cheers);
      tale.post({ at: end + dice.wait(30 * MINUTE), who: fan, place, text: words, replyTo: results });
    }
  }
  for (let guest = 0; guest < 26; guest++)
    arrive(tale, midnight + Math.floor(dice.next() * 4) * DAY + tale.momentOfDay());
}

/** How long the team does nothing but sell. */
export const PROMO_DAYS = 10;

/** Ten days of advertisements; people complain, questions wait, and fewer write. */
export function tellPromo(tale: Tale, team: Team, midnight: number): void {
  const { dice } = tale;
  for (let day = 0; day < PROMO_DAYS; day++) {
    for (const [place, tongue] of [
      [places.chat, "ru"],
      [places.news, "ru"],
      [places.lounge, "en"],
    ] as const) {
      for (let one = 0; one < 5; one++) {
        const at = midnight + day * DAY + (9 + dice.next() * 11) * HOUR;
        const who = tongue === "ru" ? team.channel : team.agronomist;
        tale.post({ at, who, place, text: tale.say(tongue, ({ promo }) => promo) });
      }
      if (place === places.news) continue;
      for (let one = dice.below(3); one > 0; one--) {
        const at = midnight + day * DAY + tale.momentOfDay();
        const who = tale.regularIn(place);
        const complaint = tale.post({ at, who, place, text: tale.say(who.tongue, ({ grumbles }) => grumbles) });
        complaint.reactions.push({ emoji: "👍", count: 4 + dice.below(11) });
      }
    }
  }
}

/** How many strangers pour in. */
const RAIDERS = 46;

/** An evening on which strangers pour in, spoil the chat, and are put out. */
export function tellRaid(tale: Tale, team: Team, midnight: number): void {
  const { dice } = tale;
  const begin = midnight + 20 * HOUR;
  const place = places.chat;
  for (let one = 0; one < RAIDERS; one++) {
    const who = tale.crowd.stranger();
    const at = begin + dice.next() * 35 * MINUTE;
    tale.come({ at, who, place, kind: "joined" });
    for (let left = 1 + dice.below(5); left > 0; left--)
      tale.post({ at: at + dice.wait(6 * MINUTE), who, place, text: tale.say(who.tongue, ({ raid }) => raid) });
    tale.come({ at: begin + 70 * MINUTE + dice.wait(5 * MINUTE), who, place, kind: "removed" });
  }
  for (const [words, from, many] of [
    ["alarm", 4 * MINUTE, 12],
    ["calm", 80 * MINUTE, 9],
  ] as const)
    for (let one = 0; one < many; one++) {
      const who = tale.regularIn(place, [team.channel]);
      const at = begin + from + dice.wait(8 * MINUTE);
      tale.post({ at, who, place, text: tale.say(who.tongue, (phrases) => phrases[words]) });
    }
}
