import { m } from "#words";
import classes from "./carriers.module.css";

const WIDTH = 320;
const HEIGHT = 168;
const FOOT = 20;

/**
 * What share of all messages the quieter part of the people wrote; the straight line is "all wrote alike".
 * @param points shares of messages at equal steps of people, from 0 to 1, quietest first
 */
export function LorenzCurve({ points }: { points: readonly number[] }) {
  const last = Math.max(1, points.length - 1);
  const floor = HEIGHT - FOOT;
  const path = points.map((share, place) => `${(place / last) * WIDTH} ${floor - share * (floor - 2)}`).join("L");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={classes["curve"]}
      role="img"
      aria-label={m.analytics_page_lorenz()}
    >
      <path className={classes["area"]} d={`M${path}L${WIDTH} ${floor}L0 ${floor}Z`} />
      <path className={classes["even"]} d={`M0 ${floor}L${WIDTH} 2`} />
      <path className={classes["axis"]} d={`M0 ${floor}H${WIDTH}`} />
      <path className={classes["line"]} d={`M${path}`} />
      <text x={0} y={HEIGHT - 4}>
        {m.analytics_page_lorenz_quiet()}
      </text>
      <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
        {m.analytics_page_lorenz_loud()}
      </text>
    </svg>
  );
}
