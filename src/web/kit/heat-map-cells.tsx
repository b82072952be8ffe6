import type { KeyboardEvent } from "react";
import type { HeatMapProps } from "./heat-map.tsx";
import type { Cell } from "./heat-map-keys.ts";

const GAP = 2;

export interface HeatCellsProps extends HeatMapProps {
  /** In pixels: where the first cell begins, and how wide and high one is. */
  size: { readonly left: number; readonly cell: number; readonly row: number };
  /** The cell that Tab reaches. */
  stop: Cell;
  onStop: (cell: Cell) => void;
  /** Which cell is to be told in words; undefined: none. */
  onTell: (cell: Cell | undefined) => void;
  onPress: (event: KeyboardEvent) => void;
}

/** The cells of a heat map, a row for each weekday. */
export function HeatCells(props: HeatCellsProps) {
  const top = Math.max(1, ...props.values.flat());
  return props.values.map(cellsOf).map(({ key, cells }) => (
    <g key={key} role="row">
      {cells.map(({ value, ...cell }) => (
        <HeatCell key={cell.hour} {...props} cell={cell} value={value} top={top} />
      ))}
    </g>
  ));
}

function cellsOf(hours: readonly number[], weekday: number) {
  return { key: `day ${weekday}`, cells: hours.map((value, hour) => ({ weekday, hour, value })) };
}

function HeatCell(props: HeatCellsProps & { cell: Cell; value: number; top: number }) {
  const { size, cell, value } = props;
  const { weekday, hour } = cell;
  return (
    <rect
      data-cell={`${weekday} ${hour}`}
      role="gridcell"
      aria-label={props.describe(weekday, hour, value)}
      tabIndex={weekday === props.stop.weekday && hour === props.stop.hour ? 0 : -1}
      x={size.left + hour * size.cell}
      y={weekday * size.row}
      width={Math.max(1, size.cell - GAP)}
      height={size.row - GAP}
      rx={3}
      style={{ fillOpacity: value === 0 ? 0 : 0.1 + 0.9 * Math.sqrt(value / props.top) }}
      data-zero={value === 0 || undefined}
      onPointerEnter={() => props.onTell(cell)}
      onFocus={() => {
        props.onStop(cell);
        props.onTell(cell);
      }}
      onBlur={() => props.onTell(undefined)}
      onKeyDown={props.onPress}
      onClick={() => props.onOpen?.(weekday, hour)}
    />
  );
}
