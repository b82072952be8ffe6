import type { KeyboardEvent, PointerEvent } from "react";
import type { Scale } from "./chart-scale.ts";
import { colourOf, type Line } from "./chart-line.ts";
import classes from "./line-chart.module.css";

/** Moves the cursor of a chart by pointer and by arrow keys; Enter or a click opens the place. */
export function usePointer(chart: {
  count: number;
  scale: Scale;
  place: number | undefined;
  setPlace: (place: number | undefined) => void;
  onOpen: ((place: number) => void) | undefined;
}) {
  const { count, place, setPlace } = chart;
  const last = Math.max(0, count - 1);
  return {
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const box = event.currentTarget.getBoundingClientRect();
      setPlace(Math.max(0, Math.min(last, Math.round(((event.clientX - box.left) / box.width) * last))));
    },
    onPointerLeave: () => setPlace(undefined),
    onBlur: () => setPlace(undefined),
    onClick: () => void (place !== undefined && chart.onOpen?.(place)),
    onKeyDown(event: KeyboardEvent) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === "Escape") setPlace(undefined);
      if (event.key === "Enter" && place !== undefined) chart.onOpen?.(place);
      if (step === undefined) return;
      event.preventDefault();
      setPlace(Math.max(0, Math.min(last, (place ?? (step > 0 ? -1 : count)) + step)));
    },
  };
}

/** The numbers at one place of a chart, beside the cursor. */
export function LineChartTip(props: {
  place: number;
  labels: readonly string[];
  lines: readonly Line[];
  format: (value: number) => string;
  scale: Scale;
  width: number;
}) {
  const x = props.scale.x(props.place);
  const side = x > props.width / 2 ? { right: props.width - x + 12 } : { left: x + 12 };
  return (
    <div className={classes["tip"]} style={side} role="status">
      <b>{props.labels[props.place]}</b>
      {props.lines.map((line) => {
        const value = line.values[props.place];
        return (
          <span key={line.name}>
            <i style={{ background: colourOf(line) }} />
            {line.name}
            <em>{value === undefined ? "–" : props.format(value)}</em>
          </span>
        );
      })}
    </div>
  );
}
