import { linePath, scaleOf } from "./chart-scale.ts";

const WIDTH = 96;
const HEIGHT = 24;

/** A word-sized picture of how a figure went; for the eye only, its numbers stand beside it. */
export function SparkLine({
  values,
  tone = "now",
}: {
  values: readonly (number | undefined)[];
  tone?: "now" | "quiet";
}) {
  const scale = scaleOf([values], { width: WIDTH, height: HEIGHT, inset: 3 });
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden focusable="false">
      <path
        d={linePath(values, scale)}
        fill="none"
        stroke={tone === "now" ? "var(--v-series-1)" : "var(--v-before)"}
        strokeWidth={1.75}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
