import { type KeyboardEvent, useRef, useState } from "react";
import { weekdayNames } from "./format.ts";
import { HeatCells } from "./heat-map-cells.tsx";
import { type Cell, nextCell } from "./heat-map-keys.ts";
import classes from "./heat-map.module.css";
import { useReader } from "./reader.ts";
import { useWidth } from "./use-width.ts";

export interface HeatMapProps {
  /** What is counted, for screen readers. */
  label: string;
  /** Seven rows, Monday first, of twenty-four values, midnight first. */
  values: readonly (readonly number[])[];
  /** How one cell is told when pointed at or reached by arrow keys: "Tuesday, 19:00: 412 messages". */
  describe: (weekday: number, hour: number, value: number) => string;
  /** What a click, Enter or the space bar opens; nothing, where there is nothing to open. */
  onOpen?: (weekday: number, hour: number) => void;
}

const FIRST_WIDTH = 560;
const NAMES = 30;
const ROW = 20;
const FOOT = 22;
const HOURS = 24;

/**
 * Hours across, weekdays down: the darker, the more. One stop for Tab; inside, arrow keys, Home and End move from hour to
 * hour, and the hour that is pointed at is told in words.
 */
export function HeatMap(props: HeatMapProps) {
  const { values } = props;
  const reader = useReader();
  const [box, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const [stop, setStop] = useState(() => busiest(values));
  const [told, setTold] = useState<Cell>();
  const map = useRef<SVGSVGElement>(null);
  const cell = (width - NAMES) / HOURS;
  const days = weekdayNames(reader);
  const height = days.length * ROW + FOOT;
  function press(event: KeyboardEvent): void {
    const next = nextCell(stop, event.key, event.ctrlKey);
    if (event.key === "Escape") setTold(undefined);
    if (event.key === "Enter" || event.key === " ") props.onOpen?.(stop.weekday, stop.hour);
    else if (next === undefined) return;
    event.preventDefault();
    if (next === undefined) return;
    setStop(next);
    map.current?.querySelector<SVGElement>(`[data-cell="${next.weekday} ${next.hour}"]`)?.focus();
  }
  return (
    <div ref={box} className={classes["box"]} onPointerLeave={() => setTold(undefined)}>
      <svg
        ref={map}
        data-chart
        viewBox={`0 0 ${width} ${height}`}
        className={classes["map"]}
        role="grid"
        aria-label={props.label}
      >
        {days.map((day, row) => (
          <text key={day} x={0} y={row * ROW + 14} aria-hidden>
            {day}
          </text>
        ))}
        <HeatCells
          {...props}
          size={{ left: NAMES, cell, row: ROW }}
          stop={stop}
          onStop={setStop}
          onTell={setTold}
          onPress={press}
        />
        {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
          <text key={hour} x={NAMES + hour * cell} y={height - 6} aria-hidden>
            {hour}
          </text>
        ))}
      </svg>
      {told !== undefined && (
        <Tip cell={told} at={{ left: NAMES, cell, width }}>
          {props.describe(told.weekday, told.hour, values[told.weekday]?.[told.hour] ?? 0)}
        </Tip>
      )}
    </div>
  );
}

/** Under a cell, on the side where there is room. */
function Tip(props: { cell: Cell; at: { left: number; cell: number; width: number }; children: string }) {
  const { weekday, hour } = props.cell;
  const { left, cell, width } = props.at;
  const side = hour < HOURS / 2 ? { left: left + hour * cell } : { right: width - left - (hour + 1) * cell };
  return (
    <div className={classes["tip"]} aria-hidden style={{ top: (weekday + 1) * ROW + 4, ...side }}>
      {props.children}
    </div>
  );
}

/** Where Tab arrives: at the hour in which most was written. */
function busiest(values: HeatMapProps["values"]): Cell {
  const all = values.flat();
  const place = Math.max(0, all.indexOf(Math.max(0, ...all)));
  return { weekday: Math.floor(place / HOURS), hour: place % HOURS };
}
