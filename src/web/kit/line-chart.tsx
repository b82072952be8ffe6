import { useState } from "react";
import { formatShort } from "./format.ts";
import { gridValues, labelledPlaces, linePath, type Scale, scaleOf } from "./chart-scale.ts";
import { colourOf, type Line } from "./chart-line.ts";
import classes from "./line-chart.module.css";
import { LineChartTip, usePointer } from "./line-chart-tip.tsx";
import { useReader } from "./reader.ts";
import { useWidth } from "./use-width.ts";

export interface LineChartProps {
  /** What the chart shows, for screen readers. */
  label: string;
  /** Names of the places along the axis, one for each value: days, weeks, months. */
  labels: readonly string[];
  lines: readonly Line[];
  /** Things that happened, drawn as thin upright lines with a word. */
  annotations?: readonly { at: number; text: string }[];
  /** How values are written on the axis and in the tip; short numbers unless told otherwise. */
  format?: (value: number) => string;
  height?: number;
  /** Where a click on a place leads. */
  onOpen?: (place: number) => void;
}

const FOOT = 24;
/** A letter of an axis label, about, in pixels. */
const LETTER = 6.6;
const HEAD = 20;
const FIRST_WIDTH = 640;
const NAME_ROOM = 7.2;

/** Lines over time, with the zero line, the period before behind, and names at the lines' ends instead of a legend. */
export function LineChart({ height = 220, ...props }: LineChartProps) {
  const reader = useReader();
  const [box, width] = useWidth<HTMLDivElement>(FIRST_WIDTH);
  const [place, setPlace] = useState<number>();
  const format = props.format ?? ((value: number) => formatShort(value, reader));
  const scale = scaleOf(
    props.lines.map((line) => line.values),
    { width, height: height - FOOT - HEAD },
  );
  const pointer = usePointer({ count: props.labels.length, scale, place, setPlace, onOpen: props.onOpen });
  return (
    // The arrow keys walk along the chart, so it must take the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} className={classes["box"]} {...pointer} tabIndex={0} role="group" aria-label={props.label}>
      <svg
        data-chart
        viewBox={`0 0 ${width} ${height}`}
        className={classes["chart"]}
        role="img"
        aria-label={props.label}
      >
        <g transform={`translate(0 ${HEAD})`}>
          <Grid scale={scale} width={width} />
          <Annotations {...props} scale={scale} width={width} height={height} />
          {props.lines.toSorted(beforeFirst).map((line) => (
            <path
              key={line.name}
              className={classes["line"]}
              data-role={line.role}
              d={linePath(line.values, scale)}
              style={strokeOf(line)}
            />
          ))}
          {place !== undefined && <Cursor place={place} lines={props.lines} scale={scale} />}
          <AxisLabels labels={props.labels} scale={scale} width={width} height={height} />
          <AxisValues scale={scale} format={format} />
          <LineNames lines={props.lines} scale={scale} width={width} />
        </g>
      </svg>
      {place !== undefined && (
        <LineChartTip
          place={place}
          labels={props.labels}
          lines={props.lines}
          format={format}
          scale={scale}
          width={width}
        />
      )}
    </div>
  );
}

function strokeOf(line: Line) {
  return { stroke: colourOf(line) };
}

function beforeFirst(a: Line, b: Line): number {
  return Number(b.role === "before") - Number(a.role === "before");
}

function Grid({ scale, width }: { scale: Scale; width: number }) {
  return (
    <g className={classes["grid"]}>
      {gridValues(scale).map((value) => (
        <line key={value} x2={width} y1={scale.y(value)} y2={scale.y(value)} data-zero={value === 0 || undefined} />
      ))}
    </g>
  );
}

/** Drawn over the lines, on a seam of paper, so that no line crosses a number. */
function AxisValues({ scale, format }: { scale: Scale; format: (value: number) => string }) {
  return (
    <g className={classes["values"]}>
      {gridValues(scale).map((value) => (
        <text key={value} y={scale.y(value) - 4}>
          {format(value)}
        </text>
      ))}
    </g>
  );
}

function AxisLabels(props: { labels: readonly string[]; scale: Scale; width: number; height: number }) {
  const longest = Math.max(0, ...props.labels.map((label) => label.length));
  const places = labelledPlaces(props.labels.length, props.width, Math.max(88, longest * LETTER + 24));
  return (
    <g className={classes["axis"]}>
      {places.map((place) => {
        const x = props.scale.x(place);
        const anchor = x < 30 ? "start" : x > props.width - 30 ? "end" : "middle";
        return (
          <text key={place} x={x} y={props.height - HEAD - 6} textAnchor={anchor}>
            {props.labels[place]}
          </text>
        );
      })}
    </g>
  );
}

function Annotations(props: Pick<LineChartProps, "annotations"> & { scale: Scale; width: number; height: number }) {
  return (props.annotations ?? []).map(({ at, text }) => {
    const x = props.scale.x(at);
    const late = x > props.width * 0.7;
    return (
      <g key={`${at}${text}`} className={classes["annotation"]}>
        <line x1={x} x2={x} y1={-HEAD} y2={props.height - FOOT - HEAD} />
        <text x={x + (late ? -6 : 6)} y={-8} textAnchor={late ? "end" : "start"}>
          {text}
        </text>
      </g>
    );
  });
}

function Cursor({ place, lines, scale }: { place: number; lines: readonly Line[]; scale: Scale }) {
  return (
    <g className={classes["cursor"]}>
      <line x1={scale.x(place)} x2={scale.x(place)} y1={scale.y(scale.top)} y2={scale.y(scale.bottom)} />
      {lines.map((line) => {
        const value = line.values[place];
        return value === undefined ? null : (
          <circle key={line.name} cx={scale.x(place)} cy={scale.y(value)} r={4} style={{ fill: colourOf(line) }} />
        );
      })}
    </g>
  );
}

/** Names stand at the right end of their lines, pushed apart when the ends are close. */
function LineNames({ lines, scale, width }: { lines: readonly Line[]; scale: Scale; width: number }) {
  if (lines.length < 2) return null;
  const ends = lines.map((line) => {
    const last = line.values.findLastIndex((value) => value !== undefined);
    const around = line.values.slice(
      Math.max(0, last - Math.ceil((line.values.length * line.name.length * NAME_ROOM) / width)),
      last + 1,
    );
    const highest = Math.max(0, ...around.filter((value) => value !== undefined));
    return { line, x: scale.x(Math.max(0, last)), y: scale.y(highest) - 8 };
  });
  const placed = ends.toSorted((a, b) => a.y - b.y);
  placed.forEach((end, index) => {
    const above = placed[index - 1];
    if (above !== undefined && end.y - above.y < 16) end.y = above.y + 16;
  });
  return (
    <g className={classes["names"]}>
      {placed.map(({ line, x, y }) => (
        <text
          key={line.name}
          x={x}
          y={y}
          textAnchor="end"
          data-role={line.role}
          style={line.role === "before" ? undefined : { fill: colourOf(line) }}
        >
          {line.name}
        </text>
      ))}
    </g>
  );
}
