import { dateToDay, dayToDate, instantOfLocal, localDay, weekday } from "#src/base/clock.ts";
import type { Rhythm } from "../model.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The local day of a month in which `day` lies, moved by whole months; the 1st to the 28th exist in every month. */
function inMonth(day: number, months: number, dayOfMonth: number): number {
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, dayOfMonth) / DAY;
}

/** The first time after `after` at which a letter goes out. Instants are milliseconds since 1970 UTC. */
export function nextSending({ every, day, hour, timeZone }: Rhythm, after: number): number {
  const today = localDay(after, timeZone);
  const first = every === "week" ? today + ((day - weekday(today) + 7) % 7) : inMonth(today, 0, day);
  const second = every === "week" ? first + 7 : inMonth(today, 1, day);
  const at = (local: number): number => instantOfLocal(local * DAY + hour * HOUR, timeZone);
  return at(first) > after ? at(first) : at(second);
}

/** The days that a letter tells of: the last whole week from Monday, or the last whole month, in the zone's days. */
export function daysTold(every: Rhythm["every"], at: number, timeZone: string): { from: string; to: string } {
  const today = localDay(at, timeZone);
  const end = every === "week" ? today - weekday(today) : (dateToDay(`${dayToDate(today).slice(0, 7)}-01`) ?? today);
  const start = every === "week" ? end - 7 : inMonth(end, -1, 1);
  return { from: dayToDate(start), to: dayToDate(end - 1) };
}
