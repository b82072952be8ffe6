import { metric } from "./metric.ts";

/** People who left or were removed, by the platform's own notices. Known only where the export has them. */
export const leftMembers = metric<number>({
  name: "left-members",
  version: 1,
  unit: "members",
  better: "less",
  window: "period",
  formula: "left + removed",
  excludes: [],
  needs: ["moves"],
  source: "service messages of the platform",
  measure: (window) => (window.knows.moves ? window.content.moves.left + window.content.moves.removed : undefined),
});
