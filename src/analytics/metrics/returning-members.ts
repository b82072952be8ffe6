import { metric, teamAndBots } from "./metric.ts";
import { peopleOf } from "./people.ts";

/** People who wrote in the period and had written before it. */
export const returningMembers = metric<number>({
  name: "returning-members",
  version: 1,
  unit: "members",
  better: "more",
  window: "history",
  formula: "active-members − new-members",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "CHAOSS, Contributors",
  measure: (window) => peopleOf(window).count - window.sheet.arriving.member.length,
});
