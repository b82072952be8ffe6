import type { Audit, Figure } from "../model.ts";
import { rollingActives } from "./actives.ts";
import { numberMetrics } from "./all.ts";
import { silenceOf, type NumberMetric } from "./metric.ts";
import { questionsIn } from "./responses.ts";
import { flagsOf, UNANSWERED, type Present } from "./sheet.ts";
import type { Count, Window } from "./window.ts";

/** One number with its change, its weeks, and, where it has no value, why. */
function figureOf(metric: NumberMetric, window: Window, before: Window | undefined): Figure {
  const value = metric.measure(window);
  const was = before && metric.measure(before);
  return {
    metric: metric.name,
    unit: metric.unit,
    better: metric.better,
    ...(value === undefined ? { silence: silenceOf(metric, window) } : { value }),
    ...(was === undefined ? {} : { before: was }),
    trend: (value === undefined ? [] : (metric.trend?.(window) ?? [])).map((each) => each ?? null),
  };
}

/** Every metric that is one number. */
export function figuresOf(window: Window, before: Window | undefined): Figure[] {
  return numberMetrics.map((metric) => figureOf(metric, window, before));
}

/** The window day by day, oldest first. */
export function dailyOf(window: Window): Audit["daily"] {
  const messages = Array.from({ length: window.to - window.from + 1 }, () => 0);
  const newMembers = messages.slice();
  const { present, arriving } = window.sheet;
  for (let row = 0; row < present.day.length; row += 1) {
    const place = (present.day[row] ?? 0) - window.from;
    messages[place] = (messages[place] ?? 0) + (present.messages[row] ?? 0);
  }
  for (const day of arriving.day) newMembers[day - window.from] = (newMembers[day - window.from] ?? 0) + 1;
  return { members: [...rollingActives(window, 1)], weekly: [...rollingActives(window, 7)], messages, newMembers };
}

/** How many keys a ranking shows. */
const SHOWN = 12;

/** The commonest keys, with the sum over all of them. */
export function countsOf(counts: readonly Count[] | undefined): Audit["languages"] {
  const all = counts ?? [];
  return {
    rows: all.slice(0, SHOWN).map(({ key, count }) => ({ key, count })),
    total: all.reduce((sum, { count }) => sum + count, 0),
    kinds: all.length,
  };
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long questions waited; null where replies are unknown. */
export function answersOf(window: Window): Audit["answers"] {
  if (!window.knows.replies) return null;
  const { asked, answered } = questionsIn(window);
  const waits = { withinHour: 0, withinDay: 0, later: 0 };
  const { isQuestion, delay } = window.sheet.answering;
  for (let row = 0; row < delay.length; row += 1) {
    const seconds = delay[row] ?? UNANSWERED;
    if (isQuestion[row] !== 1 || seconds === UNANSWERED) continue;
    if (seconds <= HOUR) waits.withinHour += 1;
    else if (seconds <= DAY) waits.withinDay += 1;
    else waits.later += 1;
  }
  return { asked, answered, ...waits, never: asked - answered };
}

/** What the team and bots wrote, counted apart; `aside` tells on which days of the period they were there. */
export function teamOf(
  aside: Present,
  marks: { staff: ReadonlySet<number>; bots: ReadonlySet<number> },
): Audit["team"] {
  const { member, messages } = aside;
  const [staff, bots] = [flagsOf(marks.staff), flagsOf(marks.bots)];
  const seen = new Set<number>();
  const team = { messages: 0, botMessages: 0 };
  for (let row = 0; row < member.length; row += 1) {
    const number = member[row] ?? 0;
    if (bots[number] === 1) team.botMessages += messages[row] ?? 0;
    else if (staff[number] === 1) {
      team.messages += messages[row] ?? 0;
      seen.add(number);
    }
  }
  return { ...team, members: seen.size };
}
