import { peopleOf } from "../metrics/people.ts";
import { welcomeOf } from "../metrics/newcomers.ts";
import { percent, type Story, type Teller } from "./sentence.ts";

/** A change of fewer people, or of a smaller part, is not called growing or shrinking. */
const FEWEST_PEOPLE = 20;
const CHANGED = 0.1;
/** From this share of newcomers without an answer within a day on, they leave unheard; up to the other, they are met. */
const UNHEARD = 0.4;
const MET = 0.2;

type Course = "growing" | "shrinking" | "steady" | "alone";

function courseOf({ now, before }: Story): Course {
  if (before === undefined) return "alone";
  const [people, were] = [peopleOf(now).count, peopleOf(before).count];
  if (Math.max(people, were) < FEWEST_PEOPLE) return "alone";
  if (people - were >= were * CHANGED) return "growing";
  return were - people >= were * CHANGED ? "shrinking" : "steady";
}

function welcome({ now }: Story): { key: "unheard" | "met"; share: number } | undefined {
  const { count, withinHour, withinDay } = welcomeOf(now);
  if (!now.knows.replies || count < FEWEST_PEOPLE) return undefined;
  const unheard = 1 - (withinHour + withinDay) / count;
  if (unheard >= UNHEARD) return { key: "unheard", share: unheard };
  return unheard <= MET ? { key: "met", share: 1 - unheard } : undefined;
}

/** Whether the community grows, and whether those who come are heard. */
export const growth: Teller = (story) => {
  const people = peopleOf(story.now).count;
  if (people === 0) return undefined;
  const course = courseOf(story);
  const newcomers = story.now.sheet.arriving.member.length;
  const met = welcome(story);
  const facts = {
    people,
    newcomers,
    ...(story.before === undefined ? {} : { before: peopleOf(story.before).count }),
    ...(met === undefined ? {} : { percent: percent(met.share) }),
  };
  const key = met === undefined ? course : `${course}_${met.key}`;
  return { key, facts, metric: met === undefined ? "active-members" : "newcomers-answered" };
};
