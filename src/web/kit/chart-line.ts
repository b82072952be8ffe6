import type { Values } from "./chart-scale.ts";

/** One line of a chart. The period before is drawn faintly and named at its end like the others. */
export interface Line {
  name: string;
  values: Values;
  role?: "now" | "before";
  /** Colour 1 to 6 of the palette, for charts with several lines of equal rank. */
  colour?: 1 | 2 | 3 | 4 | 5 | 6;
}

/** The colour of a line: its own, grey for the period before, else the one quiet series colour. */
export function colourOf(line: Pick<Line, "role" | "colour">): string {
  return line.role === "before" ? "var(--v-before)" : `var(--v-series-${line.colour ?? 1})`;
}
