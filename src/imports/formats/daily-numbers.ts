import { dateToDay } from "#src/base/clock.ts";
import { EARLIEST_MESSAGE } from "#src/platforms/model.ts";
import { type DailyMetric, dailyMetrics } from "../model.ts";
import { layoutOf, readTable } from "./csv.ts";
import { type HistoryFormat, NAME_CHARS, type Opening, type Recognised } from "./format.ts";
import type { Harvest, SkipReason } from "./harvest.ts";
import { guessFields } from "./row-fields.ts";
import type { Row } from "./rows.ts";

/** What tables call a day, a space and our numbers, in lower case without spaces, dashes and underscores. */
const DAYS = "day date дата день".split(" ");
const SPACES = "space spacename chat channel channelname group чат канал группа".split(" ");
const METRICS: Readonly<Record<DailyMetric, readonly string[]>> = {
  members: "members membercount memberscount subscribers followers участники участников подписчики подписчиков".split(
    " ",
  ),
  reach: "reach reached охват охваты охваченные".split(" "),
  views: "views impressions viewscount просмотры просмотров показы показов".split(" "),
};

/** Which column holds what. */
interface Columns {
  readonly day: string;
  readonly space: string | undefined;
  readonly metrics: readonly (readonly [metric: DailyMetric, column: string])[];
}

function columnsIn(fields: readonly string[]): Columns | undefined {
  const named = (names: readonly string[]): string | undefined =>
    fields.find((field) => names.includes(field.toLowerCase().replaceAll(/[\s_\-.]/g, "")));
  const day = named(DAYS);
  const metrics = dailyMetrics.flatMap((metric) => {
    const column = named(METRICS[metric]);
    return column === undefined ? [] : [[metric, column] as const];
  });
  return day === undefined || metrics.length === 0 ? undefined : { day, space: named(SPACES), metrics };
}

/** Whoever wrote something stands in a table of messages; in a table of numbers nobody does. */
function recognise({ text, name }: Opening): Recognised | undefined {
  if (!/\.(?:csv|tsv|txt)$/i.test(name) || /^\uFEFF?\s*[[{<]/.test(text)) return undefined;
  const { columns } = layoutOf(text);
  const { text: words, authorId, authorName } = guessFields(columns);
  const isOfMessages = words !== undefined || authorId !== undefined || authorName !== undefined;
  return isOfMessages || columnsIn(columns) === undefined ? undefined : { needsTimeZone: false };
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** The calendar day of a cell, as days since 1970-01-01. A day is a day, in whatever zone. */
function dayIn(cell: unknown): number | undefined {
  const text = typeof cell === "string" ? cell.trim() : "";
  const [, year, month, day] = ISO.exec(text) ?? [];
  const [, dottedDay, dottedMonth, dottedYear] = DOTTED.exec(text) ?? [];
  const date = [year ?? dottedYear, month ?? dottedMonth, day ?? dottedDay].map((part) => part?.padStart(2, "0"));
  return dateToDay(date.join("-"));
}

/** A count as spreadsheets write it, with separators of thousands; undefined for an empty cell or anything else. */
function countIn(cell: unknown): number | undefined {
  const text = typeof cell === "string" ? cell.replaceAll(/[\s\u00a0\u202f'’,]/g, "") : "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const DAY = 86_400_000;

function takeRow(row: Row, columns: Columns, into: { harvest: Harvest; now: number }): SkipReason | undefined {
  const { harvest, now } = into;
  const day = dayIn(row[columns.day]);
  if (day === undefined) return "no-date";
  if (day * DAY < EARLIEST_MESSAGE || day * DAY > now + DAY) return "impossible-date";
  const named = columns.space === undefined ? undefined : row[columns.space];
  const space = typeof named === "string" ? named.trim().slice(0, NAME_CHARS) : "";
  const found = columns.metrics.flatMap(([metric, column]) => {
    const value = countIn(row[column]);
    return value === undefined ? [] : [{ metric, space, day, value }];
  });
  if (found.length === 0) return "no-number";
  harvest.numbers.push(...found);
  return undefined;
}

/**
 * A table of numbers by day: a column with the day, one or more of members, reach and views, and perhaps one with the space.
 * Names of columns may be English or Russian.
 */
export const dailyNumbers: HistoryFormat = {
  name: "daily-numbers",
  platform: "file",
  recognise,
  read: (source, choices, resume) =>
    readTable(source, resume, ({ columns }) => {
      const found = columnsIn(columns);
      return (row, harvest) =>
        found === undefined ? "wrong-columns" : takeRow(row, found, { harvest, now: choices.now });
    }),
};
