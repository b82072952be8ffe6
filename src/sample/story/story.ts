import { CONTEST_DAYS, PROMO_DAYS, type Team, tellContest, tellPromo, tellRaid } from "./chapters.ts";
import { Dice } from "./dice.ts";
import { arrive, tellDay } from "./ordinary.ts";
import { type Coming, DAY, places, type Post, Tale } from "./tale.ts";

/** The sample community lives by the clock of Moscow, three hours ahead of UTC all year. */
export const SAMPLE_ZONE = "Europe/Moscow";
const ZONE_MS = 3 * 3_600_000;

/** People of the sample, its team and those who only spoil included. */
export const SAMPLE_PEOPLE = 400;
/** A year, and a day, so that its first weekday comes again. */
export const SAMPLE_DAYS = 366;
const FIRST_PEOPLE = 54;
/** How many days before the last one each chapter begins; all three lie within the quarter that an audit opens with. */
const [CONTEST_AT, PROMO_AT, RAID_AT] = [68, 40, 13];
/** People who come by themselves; the contest and the raid bring the others. */
const GUESTS_OF_CONTEST = 26;
const RAIDERS = 46;
const TEAM = 3;

/** A whole story: what was written and who came and went, in the order in which it happened. */
export interface Story {
  readonly posts: readonly Post[];
  readonly comings: readonly Coming[];
  readonly team: Team;
}

function teamOf(tale: Tale): Team {
  return {
    channel: tale.crowd.staff("Вердолка", "channel", "ru"),
    agronomist: tale.crowd.staff("Verdolka Grower", "team", "en"),
    bot: tale.crowd.staff("Verdolka Bell", "bot", "en"),
  };
}

/** On which days somebody new comes: evenly, with more towards the end. */
function arrivalDays(tale: Tale, many: number): number[] {
  return Array.from({ length: many }, () => Math.floor(tale.dice.next() ** 0.8 * (SAMPLE_DAYS - 1)));
}

function livelinessOf(before: number): number {
  if (before <= PROMO_AT && before > PROMO_AT - PROMO_DAYS) return 0.6;
  if (before <= CONTEST_AT && before > CONTEST_AT - CONTEST_DAYS) return 1.2;
  return 1;
}

function tellYear(tale: Tale, team: Team, lastMidnight: number): void {
  const arrivals = arrivalDays(tale, SAMPLE_PEOPLE - FIRST_PEOPLE - GUESTS_OF_CONTEST - RAIDERS - TEAM);
  for (let day = 0; day < SAMPLE_DAYS; day++) {
    const before = SAMPLE_DAYS - 1 - day;
    const midnight = lastMidnight - before * DAY;
    const isNeglected = before <= PROMO_AT && before > PROMO_AT - PROMO_DAYS;
    const weekday = new Date(midnight + ZONE_MS).getUTCDay();
    const progress = day / SAMPLE_DAYS;
    tellDay(tale, team, { midnight, progress, weekday, isNeglected, liveliness: livelinessOf(before) });
    for (const arrival of arrivals) if (arrival === day) arrive(tale, midnight + tale.momentOfDay());
    if (weekday === 1)
      tale.post({
        at: midnight + 9 * 3_600_000,
        who: team.bot,
        place: places.lounge,
        text: `Good morning! Week ${Math.floor(day / 7) + 1}: water, light, patience.`,
      });
    if (before === CONTEST_AT) tellContest(tale, team, midnight);
    if (before === PROMO_AT) tellPromo(tale, team, midnight);
    if (before === RAID_AT) tellRaid(tale, team, midnight);
  }
}

/**
 * Tells the year of the sample community: ordinary days in two languages on two platforms, a contest that everybody
 * takes part in, ten days of nothing but advertisements, and a raid. The same arguments tell the same story.
 * @param endsAt a moment of its last day, in milliseconds since 1970 UTC; nothing is later than that day
 */
export function tellStory({ endsAt, seed = 20_26 }: { endsAt: number; seed?: number }): Story {
  const tale = new Tale(new Dice(seed));
  const team = teamOf(tale);
  const lastMidnight = Math.floor((endsAt + ZONE_MS) / DAY) * DAY - ZONE_MS;
  for (let one = 0; one < FIRST_PEOPLE; one++) tale.regulars.push(tale.crowd.member());
  tellYear(tale, team, lastMidnight);
  const isTold = ({ at }: { at: number }): boolean => at < lastMidnight + DAY;
  const posts = tale.posts.filter((post) => isTold(post) && (post.replyTo === undefined || isTold(post.replyTo)));
  return {
    posts: posts.toSorted((a, b) => a.at - b.at),
    comings: tale.comings.filter(isTold).toSorted((a, b) => a.at - b.at),
    team,
  };
}
