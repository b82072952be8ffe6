import { parseLocal } from "#src/base/clock.ts";
import type { DateOrder } from "../model.ts";

/** How a phone writes the beginning of a message: iPhones in brackets, Android with a dash; the separator of dates. */
export interface LineForm {
  readonly isBracketed: boolean;
  readonly separator: string;
}

/** The beginning of a message, and what stands after it. */
export interface LineStart {
  readonly form: LineForm;
  /** The three numbers of the date, as they stand. */
  readonly date: readonly [string, string, string];
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly rest: string;
}

const MARKS = "[\\u200e\\u200f\\ufeff]*";
const DATE = String.raw`(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})`;
// "klo" is Finnish for o'clock; halves of the day are written in many ways, with narrow spaces in between.
const TIME = String.raw`(?:klo\s)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s?(a\.?\s?m\.?|p\.?\s?m\.?|ДП|ПП))?`;
const ANDROID = new RegExp(`^${MARKS}${DATE},?\\s${TIME}\\s[-–]\\s`, "iu");
const IPHONE = new RegExp(`^${MARKS}\\[${DATE},?\\s${TIME}\\]\\s?`, "iu");

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (/^(?:p|пп)/iu.test(half) ? 12 : 0);
}

/** The beginning of a message; undefined for a line that goes on with the one before. */
export function lineStart(line: string): LineStart | undefined {
  const isBracketed = IPHONE.test(line);
  const found = (isBracketed ? IPHONE : ANDROID).exec(line);
  const [whole, a = "", separator = "", b = "", c = "", hour = "", minute = "", second = "0", half] = found ?? [];
  if (whole === undefined) return undefined;
  return {
    form: { isBracketed, separator },
    date: [a, b, c],
    hour: hourOf(Number(hour), half),
    minute: Number(minute),
    second: Number(second),
    rest: line.slice(whole.length),
  };
}

/** Whether a line begins a message of a chat whose messages begin in that form: what people paste into one may look like another. */
export function hasForm({ form }: LineStart, { isBracketed, separator }: LineForm): boolean {
  return form.isBracketed === isBracketed && form.separator === separator;
}

function dateIn([a, b, c]: LineStart["date"], order: DateOrder): { year: string; month: string; day: string } {
  if (order === "year-first" || a.length > 2) return { year: a, month: b, day: c };
  return order === "day-first" ? { year: c, month: b, day: a } : { year: c, month: a, day: b };
}

const two = (part: string | number): string => String(part).padStart(2, "0");

/** The instant of a message in the time zone of the phone that wrote the export; undefined for a date that does not exist. */
export function instantOf(start: LineStart, order: DateOrder, timeZone: string): number | undefined {
  const { year, month, day } = dateIn(start.date, order);
  const full = year.length <= 2 ? `20${two(year)}` : year;
  if (full.length !== 4 || start.hour > 23 || start.minute > 59 || start.second > 59) return undefined;
  const time = [start.hour, start.minute, start.second].map(two).join(":");
  return parseLocal(`${full}-${two(month)}-${two(day)}T${time}`, timeZone);
}

/** How often time seems to run backwards when the dates are read in that order. */
function backwards(starts: readonly LineStart[], order: DateOrder): number {
  let count = 0;
  let before = -Infinity;
  for (const start of starts) {
    const at = instantOf(start, order, "UTC");
    if (at === undefined) count++;
    else if (at < before) count++;
    before = at ?? before;
  }
  return count;
}

/**
 * In which order a chat writes day, month and year. A number above 12 tells; dots are used by languages alone that write
 * the day first. Otherwise the order in which time runs more evenly is the better guess, and a person is asked.
 */
export function dateOrderOf(starts: readonly LineStart[]): { readonly order: DateOrder; readonly isGuess: boolean } {
  if (starts.some(({ date: [a] }) => a.length > 2)) return { order: "year-first", isGuess: false };
  const isDayFirst = starts.some(({ date: [a] }) => Number(a) > 12);
  const isMonthFirst = starts.some(({ date: [, b] }) => Number(b) > 12);
  if (isDayFirst !== isMonthFirst) return { order: isDayFirst ? "day-first" : "month-first", isGuess: false };
  if (starts[0]?.form.separator === ".") return { order: "day-first", isGuess: false };
  const isBetter = backwards(starts, "month-first") < backwards(starts, "day-first");
  return { order: isBetter ? "month-first" : "day-first", isGuess: true };
}
