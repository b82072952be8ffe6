import { m } from "#words";
import { formatNumber, formatPercent, type Reader } from "#src/web/kit/format.ts";
import classes from "./waiting.module.css";

/** How long messages waited for their first answer: four groups that add up to all of them. */
export interface Waits {
  readonly withinHour: number;
  readonly withinDay: number;
  readonly later: number;
  readonly never: number;
}

const groups = ["withinHour", "withinDay", "later", "never"] as const;

function nameOf(group: (typeof groups)[number]): string {
  return {
    withinHour: m.analytics_page_within_hour,
    withinDay: m.analytics_page_within_day,
    later: m.analytics_page_answered_later,
    never: m.analytics_page_never,
  }[group]();
}

/** One bar cut into four, quickest first, and under it the four groups with their numbers. */
export function Waiting({ label, waits, reader }: { label: string; waits: Waits; reader: Reader }) {
  const all = Math.max(1, waits.withinHour + waits.withinDay + waits.later + waits.never);
  return (
    <div className={classes["waiting"]}>
      <div className={classes["bar"]} aria-hidden>
        {groups.map((group) => (
          <span key={group} data-group={group} style={{ flexGrow: waits[group] / all }} />
        ))}
      </div>
      <ul className={classes["groups"]} aria-label={label}>
        {groups.map((group) => (
          <li key={group} data-group={group}>
            <i data-group={group} aria-hidden />
            <span>{nameOf(group)}</span>
            <span className={classes["count"]}>{formatNumber(waits[group], reader, 0)}</span>
            <b>{formatPercent(waits[group] / all, reader, 0)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The groups as a table, for downloads and screen readers. */
export function waitsTable(waits: Waits, columns: readonly [string, string]) {
  return { columns, rows: groups.map((group) => [nameOf(group), waits[group]]) };
}
