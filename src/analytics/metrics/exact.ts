import { peopleOf, messagesIn, sortedMessages } from "./people.ts";
import { AFTER_A_MONTH, retainedIn, SECOND_WEEK, type Retained } from "./retention-window.ts";
import { giniOf, topShareOf } from "./spread.ts";
import type { Window } from "./window.ts";

/** What one calendar month held. */
export interface Month {
  readonly messages: number;
  /** Distinct authors. */
  readonly activeMembers: number;
  /** Authors whose first message of the history measured lies in the month. */
  readonly newMembers: number;
  /** Mean of the distinct authors a day, over the days on which anybody wrote; three decimals. */
  readonly meanDailyActive: number;
}

/**
 * The figures of `./veche audit`, which scripts rely on: nobody is left out, days and hours are those of the window's
 * sheet (UTC for the command line), shares are rounded to four decimals.
 */
export interface ExactFigures {
  readonly messages: number;
  readonly members: number;
  readonly top1PercentShare: number;
  readonly gini: number;
  readonly oneMessageMembers: number;
  readonly months: Readonly<Record<string, Month>>;
  /** Messages by hour, keys `0` to `23`. */
  readonly byHour: Readonly<Record<string, number>>;
  /** Messages by weekday, keys `0` (Monday) to `6`. */
  readonly byWeekday: Readonly<Record<string, number>>;
  readonly retention: { readonly day7to13: Retained; readonly day30to36: Retained };
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

interface MonthTally {
  messages: number;
  readonly members: Set<number>;
  newMembers: number;
  /** Distinct authors of each day, added up. */
  daily: number;
  days: number;
}

function monthOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 7);
}

function tallyMonths({ sheet: { present, arriving } }: Window): Map<string, MonthTally> {
  const months = new Map<string, MonthTally>();
  const of = (day: number): MonthTally => {
    const key = monthOf(day);
    const found = months.get(key) ?? { messages: 0, members: new Set(), newMembers: 0, daily: 0, days: 0 };
    months.set(key, found);
    return found;
  };
  let row = 0;
  while (row < present.day.length) {
    const day = present.day[row] ?? 0;
    const month = of(day);
    for (; row < present.day.length && present.day[row] === day; row += 1) {
      month.messages += present.messages[row] ?? 0;
      const member = present.member[row] ?? 0;
      if (member === 0) continue;
      month.daily += 1;
      month.members.add(member);
    }
    month.days += 1;
  }
  for (const day of arriving.day) of(day).newMembers += 1;
  return months;
}

function monthsOf(window: Window): Record<string, Month> {
  const months = [...tallyMonths(window)].map(([key, tally]): [string, Month] => [
    key,
    {
      messages: tally.messages,
      activeMembers: tally.members.size,
      newMembers: tally.newMembers,
      meanDailyActive: rounded(tally.daily / Math.max(1, tally.days), 3),
    },
  ]);
  return Object.fromEntries(months);
}

function countBy(window: Window, keys: number, keyOf: (row: number) => number): Record<string, number> {
  const counts = Array.from({ length: keys }, () => 0);
  const { messages } = window.sheet.writing;
  for (let row = 0; row < messages.length; row += 1) {
    const key = keyOf(row);
    counts[key] = (counts[key] ?? 0) + (messages[row] ?? 0);
  }
  return Object.fromEntries(counts.map((count, key) => [String(key), count]));
}

function roundedRate(retained: Retained): Retained {
  return { ...retained, rate: rounded(retained.rate, 4) };
}

/** Measures a window by the exact definitions of the command line. */
export function exactFigures(window: Window): ExactFigures {
  const { writing } = window.sheet;
  const ascending = sortedMessages(window);
  return {
    messages: messagesIn(window),
    members: peopleOf(window).count,
    top1PercentShare: rounded(topShareOf(ascending, 0.01), 4),
    gini: rounded(giniOf(ascending), 4),
    oneMessageMembers: ascending.filter((count) => count === 1).length,
    months: monthsOf(window),
    byHour: countBy(window, 24, (row) => writing.hour[row] ?? 0),
    byWeekday: countBy(window, 7, (row) => ((((writing.day[row] ?? 0) + 3) % 7) + 7) % 7),
    retention: {
      day7to13: roundedRate(retainedIn(window, SECOND_WEEK)),
      day30to36: roundedRate(retainedIn(window, AFTER_A_MONTH)),
    },
  };
}
