import { metric } from "./metric.ts";

/** People who came in, by the platform's own notices, whether they ever wrote or not. */
export const joinedMembers = metric<number>({
  name: "joined-members",
  version: 1,
  unit: "members",
  better: "more",
  window: "period",
  formula: "Σ joined",
  excludes: [],
  needs: ["moves"],
  source: "service messages of the platform",
  measure: (window) => (window.knows.moves ? window.content.moves.joined : undefined),
});
