import { metric, teamAndBots } from "./metric.ts";
import { crowdOf, type Crowd } from "./people.ts";

/** After how many silent days at the end of a period somebody counts as fallen silent. */
export const SILENT_DAYS = 30;

/**
 * Members who wrote on at least two days and then fell silent for its last `SILENT_DAYS` days. Somebody
 * who looked in once was never there; somebody who is quiet for a week is on holiday.
 */
export function goneFrom({ people, end }: Crowd): number[] {
  const latest = end - SILENT_DAYS;
  const gone: number[] = [];
  for (let row = 0; row < people.count; row += 1) {
    if ((people.activeDays[row] ?? 0) >= 2 && (people.lastDay[row] ?? 0) <= latest) gone.push(people.member[row] ?? 0);
  }
  return gone;
}

/** People who took part and then fell silent, whether they left or still read. */
export const goneMembers = metric<number>({
  name: "gone-members",
  version: 1,
  unit: "members",
  better: "less",
  window: "period",
  formula: "|{m : m wrote on ≥ 2 days of the period, and on none of its last 30}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "CHAOSS, Inactive Contributors",
  measure: (window) => (window.to - window.from < SILENT_DAYS ? undefined : goneFrom(crowdOf(window)).length),
});
