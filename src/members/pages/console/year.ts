import type { Member } from "../../model.ts";

/** One day of a year as it is drawn: days since 1970-01-01, Monday 0. */
export interface YearDay {
  readonly day: number;
  readonly weekday: number;
  readonly messages: number;
}

const DAY_MS = 86_400_000;

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The days of a year in columns of weeks that begin on Mondays; the first and the last may be short. */
export function weeksOf(year: Member["year"]): YearDay[][] {
  const written = new Map(year.days.map(({ day, messages }) => [dayOf(day), messages]));
  const [from, to] = [dayOf(year.from), dayOf(year.to)];
  const weeks: YearDay[][] = [];
  for (let day = from; day <= to; day++) {
    const weekday = weekdayOf(day);
    if (weekday === 0 || weeks.length === 0) weeks.push([]);
    weeks.at(-1)?.push({ day, weekday, messages: written.get(day) ?? 0 });
  }
  return weeks;
}

/** Above which week the name of a month stands: the first whole week of the month, where the name has room. */
export function monthsOf(weeks: readonly (readonly YearDay[])[], room: number): { week: number; day: number }[] {
  const months = weeks.flatMap((days, week) => {
    const first = days.find(({ day }) => new Date(day * DAY_MS).getUTCDate() === 1);
    return first === undefined ? [] : [{ week, day: first.day }];
  });
  return months.filter(({ week }) => week + room <= weeks.length);
}
