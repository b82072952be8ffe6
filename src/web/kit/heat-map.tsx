import { weekdayNames } from "./format.ts";
import classes from "./heat-map.module.css";
import { useReader } from "./reader.ts";
import { useWidth } from "./use-width.ts";

export interface HeatMapProps {
  /** What is counted, for screen readers. */
  label: string;
  /** Seven rows, Monday first, of twenty-four values, midnight first. */
  values: readonly (readonly number[])[];
  /** How one cell is told when pointed at: "Tuesday, 19:00: 412 messages". */
  describe: (weekday: number, hour: number, value: number) => string;
  onOpen?: (weekday: number, hour: number) => void;
}

const FIRST_WIDTH = 560;
const NAMES = 30;
const GAP = 2;
const ROW = 20;
const FOOT = 22;
const HOURS = 24;

/** Hours across, weekdays down: the darker, the more. */
export function HeatMap(props: HeatMapProps) {
  const reader = useReader();
  const [box, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const cell = (width - NAMES) / HOURS;
  const top = Math.max(1, ...props.values.flat());
  const height = 7 * ROW + FOOT;
  const days = weekdayNames(reader);
  return (
    <div ref={box}>
      <svg data-chart viewBox={`0 0 ${width} ${height}`} className={classes["map"]} role="img" aria-label={props.label}>
        {days.map((day, row) => (
          <text key={day} x={0} y={row * ROW + 14}>
            {day}
          </text>
        ))}
        {cellsOf(props.values).map(({ key, day, hour, value }) => (
          <rect
            key={key}
            x={NAMES + hour * cell}
            y={day * ROW}
            width={Math.max(1, cell - GAP)}
            height={ROW - GAP}
            rx={3}
            style={{ fillOpacity: value === 0 ? 0 : 0.1 + 0.9 * Math.sqrt(value / top) }}
            data-zero={value === 0 || undefined}
            data-open={props.onOpen !== undefined || undefined}
            onClick={() => props.onOpen?.(day, hour)}
          >
            <title>{props.describe(day, hour, value)}</title>
          </rect>
        ))}
        {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
          <text key={hour} x={NAMES + hour * cell} y={height - 6}>
            {hour}
          </text>
        ))}
      </svg>
    </div>
  );
}

function cellsOf(values: HeatMapProps["values"]) {
  return values.flatMap((hours, day) => hours.map((value, hour) => ({ key: `${day} ${hour}`, day, hour, value })));
}
