import { m } from "#words";
import { formatDay, formatMonth, formatNumber, weekdayNames } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Member } from "../../model.ts";
import classes from "./heat-strip.module.css";
import { monthsOf, weeksOf } from "./year.ts";

const DAY_MS = 86_400_000;
const CELL = 11;
const STEP = 13;
const LEFT = 26;
const TOP = 18;
/** A month's name needs three columns of weeks, or it runs into the next one. */
const NAME_WEEKS = 3;

/**
 * A member's year, a column for each week, Monday on top: the darker a day, the more they wrote on it. `titled` where a
 * title above it says already on how many days they wrote.
 */
export function HeatStrip({ year, name, titled = false }: { year: Member["year"]; name: string; titled?: boolean }) {
  const reader = useReader();
  const weeks = weeksOf(year);
  const busiest = Math.max(1, ...year.days.map((day) => day.messages));
  const days = year.days.length;
  const width = LEFT + weeks.length * STEP;
  const [monday, , wednesday, , friday] = weekdayNames(reader);
  return (
    <figure className={classes["figure"]}>
      {/* On a phone the strip scrolls by itself and begins at its newest end; what scrolls must be reached by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes["scroll"]} tabIndex={0} role="group" aria-label={m.members_year_label({ name })}>
        <svg
          style={{ minWidth: width }}
          viewBox={`0 0 ${width} ${TOP + 7 * STEP}`}
          className={classes["strip"]}
          role="img"
          aria-label={m.members_year_text({ count: days })}
        >
          {monthsOf(weeks, NAME_WEEKS).map(({ week, day }) => (
            <text key={day} x={LEFT + week * STEP} y={11}>
              {formatMonth(day, reader).split(" ")[0]?.slice(0, 3)}
            </text>
          ))}
          {[monday, wednesday, friday].map((weekday, row) => (
            <text key={weekday} x={0} y={TOP + row * 2 * STEP + 9}>
              {weekday}
            </text>
          ))}
          {weeks.flatMap((week, column) =>
            week.map(({ day, weekday, messages }) => (
              <rect
                key={day}
                x={LEFT + column * STEP}
                y={TOP + weekday * STEP}
                width={CELL}
                height={CELL}
                rx={2.5}
                data-zero={messages === 0 || undefined}
                style={{ fillOpacity: 0.2 + 0.8 * Math.sqrt(messages / busiest) }}
              >
                <title>{m.members_year_day({ day: formatDay(day, reader), count: messages })}</title>
              </rect>
            )),
          )}
        </svg>
      </div>
      <figcaption className={classes["caption"]}>
        {!titled && `${m.members_year_text({ count: days })} `}
        {days > 0 && `${m.members_year_busiest({ count: formatNumber(busiest, reader) })} `}
        {m.members_year_to({ day: formatDay(Date.parse(`${year.to}T00:00:00Z`) / DAY_MS, reader) })}
      </figcaption>
    </figure>
  );
}
