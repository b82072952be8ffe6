import { metric, teamAndBots } from "./metric.ts";
import { arrivalDays, NEVER } from "./people.ts";
import type { Window } from "./window.ts";

/** Members who arrived in one week, and how many of them wrote in each week after it. */
export interface Cohort {
  /** The Monday of the week of arrival, as a local day. */
  readonly week: number;
  readonly members: number;
  /** `returned[0]` is the week of arrival itself. Weeks that have not wholly passed are missing. */
  readonly returned: readonly number[];
}

/** The most weeks a cohort is followed. */
const FOLLOWED = 26;
/** More cohorts than this make a table nobody reads; the youngest stay. */
const COHORTS = 26;

function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

/** For each week of arrival inside the window, how many of its members wrote in the calendar weeks that followed. */
export function cohortsOf(window: Window): Cohort[] {
  const { arriving, present } = window.sheet;
  const end = Math.min(window.to, window.historyTo);
  const arrival = arrivalDays(window);
  const sizes = new Map<number, number>();
  for (let row = 0; row < arriving.day.length; row += 1) {
    const week = mondayOf(arriving.day[row] ?? 0);
    sizes.set(week, (sizes.get(week) ?? 0) + 1);
  }
  const returned = new Map([...sizes.keys()].map((week) => [week, new Int32Array(FOLLOWED)]));
  const lastAge = new Int8Array(arrival.length).fill(-1);
  for (let row = 0; row < present.day.length; row += 1) {
    const member = present.member[row] ?? 0;
    const arrivedOn = arrival[member] ?? NEVER;
    if (arrivedOn === NEVER) continue;
    const week = mondayOf(arrivedOn);
    const age = Math.floor(((present.day[row] ?? 0) - week) / 7);
    if (age >= FOLLOWED || lastAge[member] === age) continue;
    lastAge[member] = age;
    const counts = returned.get(week);
    if (counts) counts[age] = (counts[age] ?? 0) + 1;
  }
  return [...sizes]
    .sort(([a], [b]) => a - b)
    .slice(-COHORTS)
    .map(([week, members]) => {
      const wholeWeeks = Math.min(FOLLOWED, Math.floor((end - week + 1) / 7));
      return { week, members, returned: [...(returned.get(week) ?? new Int32Array()).subarray(0, wholeWeeks)] };
    });
}

/** Weekly cohorts of newcomers and how many of each wrote in the weeks that followed. */
export const retentionCohorts = metric<readonly Cohort[]>({
  name: "retention-cohorts",
  version: 1,
  unit: "share",
  better: "more",
  window: "history",
  formula: "C(w, k) = |{m arrived in week w : m wrote in week w + k}| ÷ |{m arrived in week w}|",
  excludes: [...teamAndBots, "no-author"],
  needs: ["messages"],
  source: "Weekly cohort table, Discord Insights",
  measure: cohortsOf,
});
