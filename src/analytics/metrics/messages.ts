import { byWeeks, metric, teamAndBots } from "./metric.ts";
import { messagesIn } from "./people.ts";

/** Everything that was written. */
export const messages = metric<number>({
  name: "messages",
  version: 1,
  unit: "messages",
  better: "more",
  window: "period",
  formula: "Σ messages",
  excludes: [...teamAndBots, "service-messages"],
  needs: ["messages"],
  source: "Discourse, report posts",
  measure: messagesIn,
  trend: byWeeks(messagesIn),
});
