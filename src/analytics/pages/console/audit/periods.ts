import { m } from "#words";
import { dateToDay, dayToDate } from "#src/base/clock.ts";
import { LONGEST_PERIOD, type Span } from "../../../model.ts";

/** A period somebody can choose with one click. */
export interface Preset {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** The usual lengths, in days. */
const lengths = [30, 90, 365];

/** Periods that end with the last day of what is stored, and the whole of it. */
export function presetsOf(history: Span): Preset[] {
  const last = dateToDay(history.to) ?? 0;
  const recent = lengths
    .filter((days) => days < history.days)
    .map((days) => ({
      label: days === 365 ? m.analytics_page_last_year() : m.analytics_page_last_days({ count: days }),
      from: dayToDate(last - days + 1),
      to: history.to,
    }));
  const first = Math.max(dateToDay(history.from) ?? 0, last - LONGEST_PERIOD + 1);
  return [...recent, { label: m.analytics_page_all_history(), from: dayToDate(first), to: history.to }];
}

/** The preset that is the period, if one is. */
export function presetOf(presets: readonly Preset[], period: Span): Preset | undefined {
  return presets.find(({ from, to }) => from === period.from && to === period.to);
}

/** Why two typed dates make no period; undefined when they do. */
export function periodFault(from: string, to: string): string | undefined {
  const [first, last] = [dateToDay(from), dateToDay(to)];
  if (first === undefined || last === undefined) return m.analytics_page_dates_missing();
  if (first > last) return m.analytics_page_dates_swapped();
  return last - first + 1 > LONGEST_PERIOD ? m.analytics_page_dates_long() : undefined;
}
