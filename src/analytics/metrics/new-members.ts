import { byWeeks, metric, teamAndBots } from "./metric.ts";

/** People whose first message ever in the chosen spaces lies inside the period. */
export const newMembers = metric<number>({
  name: "new-members",
  version: 1,
  unit: "members",
  better: "more",
  window: "period",
  formula: "|{m : first message of m ∈ period}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "CHAOSS, New Contributors",
  measure: (window) => window.sheet.arriving.member.length,
  trend: byWeeks((week) => week.sheet.arriving.member.length),
});
