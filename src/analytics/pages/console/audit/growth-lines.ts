import { dateToDay, dayToDate } from "#src/base/clock.ts";
import { formatDateShort, formatDayShort, type Reader } from "#src/web/kit/format.ts";
import type { Audit } from "../../../model.ts";

/** What the growth chart can show. */
export const growthViews = ["weekly", "messages", "newcomers"] as const;
export type GrowthView = (typeof growthViews)[number];

/** A line of the chart: names of its places, their dates for tables, and values now and before. */
export interface GrowthLines {
  readonly labels: string[];
  readonly dates: string[];
  readonly now: number[];
  readonly before: number[] | undefined;
  /** How many days one place stands for. */
  readonly step: number;
}

type Daily = Audit["daily"];
type Charted = Pick<Audit, "period" | "daily" | "dailyBefore">;

/** From this many days on, counts are added up by the week: single days would be a hedge nobody can read. */
const BY_WEEK_FROM = 120;
const WEEK = 7;
const DAY_IN_MS = 86_400_000;

function columnOf(daily: Daily, view: GrowthView): readonly number[] {
  return { weekly: daily.weekly, messages: daily.messages, newcomers: daily.newMembers }[view];
}

/** Whole weeks counted from the end, so that the newest one is whole too; the rest at the beginning is left out. */
function byWeek(values: readonly number[], take: "sum" | "last"): number[] {
  const weeks = Math.floor(values.length / WEEK);
  const first = values.length - weeks * WEEK;
  return Array.from({ length: weeks }, (_, week) => {
    const days = values.slice(first + week * WEEK, first + (week + 1) * WEEK);
    return take === "last" ? (days.at(-1) ?? 0) : days.reduce((sum, value) => sum + value, 0);
  });
}

/** The values of a view, by day or, in long periods, by week. */
export function growthLines(audit: Charted, view: GrowthView, reader: Reader): GrowthLines {
  const { period, daily, dailyBefore } = audit;
  const step = period.days >= BY_WEEK_FROM ? WEEK : 1;
  const take = view === "weekly" ? "last" : "sum";
  const shorten = (values: readonly number[]) => (step === 1 ? [...values] : byWeek(values, take));
  const now = shorten(columnOf(daily, view));
  const last = dateToDay(period.to) ?? 0;
  const days = now.map((_, place) => last - (now.length - 1 - place) * step);
  const withYear = period.days > 300;
  return {
    labels: days.map((day) =>
      withYear ? formatDateShort(day * DAY_IN_MS, { ...reader, timeZone: "UTC" }) : formatDayShort(day, reader),
    ),
    dates: days.map((day) => dayToDate(day)),
    now,
    before: dailyBefore === null ? undefined : shorten(columnOf(dailyBefore, view)),
    step,
  };
}
