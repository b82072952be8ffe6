import { byWeeks, metric, teamAndBots } from "./metric.ts";
import { peopleOf } from "./people.ts";

/** Distinct people who wrote at least once. People who only read leave no trace in a history. */
export const activeMembers = metric<number>({
  name: "active-members",
  version: 1,
  unit: "members",
  better: "more",
  window: "period",
  formula: "|{m : m wrote ≥ 1 message in the period}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "Discord Insights, communicators",
  measure: (window) => peopleOf(window).count,
  trend: byWeeks((week) => peopleOf(week).count),
});
