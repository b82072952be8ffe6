import { dayToDate, localDay, weekday } from "#src/base/clock.ts";
import type { Regime } from "./model.ts";

/**
 * Days off in Russia that have a fixed date (Labour Code, article 112). Days that a year's decree moves are not known in
 * advance; counting them as working days makes the due day earlier, never later.
 */
const HOLIDAYS = new Set(
  "01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-01 05-09 06-12 11-04".split(" "),
);

function isWorking(day: number): boolean {
  return weekday(day) < 5 && !HOLIDAYS.has(dayToDate(day).slice(5));
}

/** The so-many-th working day after a day. */
function workingDaysAfter(day: number, count: number): number {
  let last = day;
  for (let left = count; left > 0;) {
    last += 1;
    if (isWorking(last)) left -= 1;
  }
  return last;
}

/** The same date so many months later; where there is none, the last of that month. */
function monthsAfter(day: number, months: number): number {
  const [year = 0, month = 1, date = 1] = dayToDate(day).split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return localDay(first.getTime(), "UTC");
}

/**
 * The last day on which an answer is in time, as days since 1970 of the community's zone. GDPR, article 12(3): one month
 * from receipt, and two more for complex requests. 152-FZ, article 20: ten working days, and at most five more with a
 * reasoned notice.
 */
export function dueDay(regime: Regime, receivedDay: number, isExtended: boolean): number {
  if (regime === "gdpr") return monthsAfter(receivedDay, isExtended ? 3 : 1);
  return workingDaysAfter(receivedDay, isExtended ? 15 : 10);
}
