import { metric, teamAndBots } from "./metric.ts";
import { messagesIn } from "./people.ts";
import { rowOfDay } from "./sheet.ts";
import type { Window } from "./window.ts";

function countHeat({ sheet: { writing } }: Window): number[][] {
  const { day, hour, messages } = writing;
  const cells = new Float64Array(7 * 24);
  for (let row = 0; row < day.length;) {
    const today = day[row] ?? 0;
    const end = rowOfDay(day, today + 1);
    const midnight = 24 * ((((today + 3) % 7) + 7) % 7);
    for (; row < end; row += 1) {
      const cell = midnight + (hour[row] ?? 0);
      cells[cell] = (cells[cell] ?? 0) + (messages[row] ?? 0);
    }
  }
  return Array.from({ length: 7 }, (_, weekday) => [...cells.subarray(weekday * 24, weekday * 24 + 24)]);
}

const known = new WeakMap<Window, number[][]>();

/** Messages by weekday (Monday first) and local hour: seven rows of 24. */
export function heatOf(window: Window): number[][] {
  const found = known.get(window) ?? countHeat(window);
  known.set(window, found);
  return found;
}

/** The liveliest stretch of a weekday: hours `fromHour` up to but not including `toHour`, and its share of all messages. */
export interface Lively {
  readonly weekday: number;
  readonly fromHour: number;
  readonly toHour: number;
  readonly share: number;
}

/** How long a stretch is looked for: short enough to plan a post for, long enough not to be an accident. */
const STRETCH = 3;
/** Below this many messages a map of 168 cells shows chance alone. */
const ENOUGH = 500;

/** The `count` liveliest stretches of three hours, at most one a weekday, liveliest first. Empty for too few messages. */
export function liveliest(window: Window, count: number): Lively[] {
  const heat = heatOf(window);
  const total = messagesIn(window);
  if (total < ENOUGH) return [];
  const best = heat.map((hours, weekday) => {
    const sums = Array.from({ length: 25 - STRETCH }, (_, from) =>
      hours.slice(from, from + STRETCH).reduce((sum, value) => sum + value, 0),
    );
    const fromHour = sums.indexOf(Math.max(...sums));
    return { weekday, fromHour, toHour: fromHour + STRETCH, share: (sums[fromHour] ?? 0) / total };
  });
  return best.sort((a, b) => b.share - a.share).slice(0, count);
}

/** When the community is alive, on its own clock. */
export const heatMap = metric<number[][]>({
  name: "heat-map",
  version: 1,
  unit: "messages",
  better: "neither",
  window: "period",
  formula: "H(w, h) = Σ messages on weekday w in the hour h … h + 1 of the community's time zone",
  excludes: [...teamAndBots, "service-messages"],
  needs: ["messages"],
  source: "CHAOSS, Activity Dates and Times",
  measure: heatOf,
});
