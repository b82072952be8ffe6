import { sql } from "kysely";
import { dateToDay, dayToDate } from "#src/base/clock.ts";
import { dailyMetrics } from "#src/imports/model.ts";
import type { BroughtNumbers, BroughtQuery } from "../model.ts";
import type { Place } from "./opened.ts";

interface Row {
  readonly metric: string;
  readonly day: number;
  readonly value: number;
}

/**
 * Numbers of the days, the newest import of each first. Of a whole community those that were brought for it count, and where
 * there are none the sum over spaces; spaces are known by their names.
 */
async function readRows(place: Place, query: BroughtQuery, days: { from: number; to: number }): Promise<Row[]> {
  const { community } = place;
  const spaces = [...query.spaces];
  return place.run(async (tx) => {
    const found = await sql<Row>`
      with latest as (
        select distinct on (metric, space_name, day) metric, space_name, day, value from daily_numbers
        where community_id = ${community} and day between ${days.from} and ${days.to}
        order by metric, space_name, day, import_id desc
      ), chosen as (
        select l.* from latest l where case when cardinality(${spaces}::uuid[]) = 0
          then l.space_name = '' or not exists (select from latest w where w.metric = l.metric and w.space_name = '')
          else exists (select from spaces s where s.community_id = ${community} and s.id = any(${spaces}::uuid[])
            and lower(s.name) = lower(l.space_name)) end
      )
      select metric, day, sum(value)::float8 as value from chosen group by metric, day order by metric, day`.execute(
      tx,
    );
    return found.rows;
  });
}

/** What was brought as a table of numbers, day by day; only the metrics of which there are any in the period. */
export async function readBrought(place: Place, query: BroughtQuery): Promise<BroughtNumbers> {
  const [from, to] = [dateToDay(query.from) ?? 0, dateToDay(query.to) ?? 0];
  if (to < from) return { items: [] };
  const rows = await readRows(place, query, { from, to });
  const items = dailyMetrics.flatMap((metric) => {
    const own = rows.filter((row) => row.metric === metric);
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    const byDay = new Map(own.map(({ day, value }) => [day, value]));
    const told = ({ day, value }: Row) => ({ day: dayToDate(day), value });
    const total = own.reduce((sum, { value }) => sum + value, 0);
    const values = Array.from({ length: to - from + 1 }, (_, offset) => byDay.get(from + offset) ?? null);
    return [{ metric, days: own.length, of: values.length, first: told(first), last: told(last), total, values }];
  });
  return { items };
}
