import { m } from "#words";
import {
  formatChange,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPointChange,
  formatRelativeChange,
  formatShort,
  type Reader,
} from "#src/web/kit/format.ts";
import type { Tone } from "#src/web/kit/figure-tile.tsx";
import type { Figure } from "../../../model.ts";

/** Up to here a figure is written out; above, as `1.2M`. */
const WRITTEN_OUT = 1_000_000;
/** A change against fewer than this many is told by both numbers, since a percentage of so few misleads. */
export const ENOUGH_FOR_PERCENT = 20;

/** What a dash stands for: no value. */
export const NO_VALUE = "–";

/** A share too small for the digits it is written with. */
const HARDLY_ANY = 0.0005;

/** A share as percent: one digit after the point below ten, none above; what rounds to nothing is told as less than a tenth. */
export function shareText(share: number, reader: Reader): string {
  if (share > 0 && share < HARDLY_ANY) return `< ${formatPercent(2 * HARDLY_ANY, reader, 1)}`;
  return formatPercent(share, reader, share > 0 && share < 0.0995 ? 1 : 0);
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time somebody waited, in units that matter at its size: seconds only below ten minutes, minutes only below a day. `besides`: the longer time it is told beside. */
export function waitText(seconds: number, reader: Reader, besides = seconds): string {
  const unit = besides >= DAY ? HOUR : besides >= 10 * MINUTE ? MINUTE : 1;
  return formatDuration(Math.round(seconds / unit) * unit * 1000, reader);
}

/** The value of a figure as it is read in a tile or a list. */
export function valueText({ unit, value }: Pick<Figure, "unit" | "value">, reader: Reader): string {
  if (value === undefined) return NO_VALUE;
  if (unit === "share") return shareText(value, reader);
  if (unit === "ratio") return formatNumber(value, reader, 2);
  if (unit === "seconds") return waitText(value, reader);
  if (value >= WRITTEN_OUT) return formatShort(value, reader);
  // Means of members per day have a fraction; a tenth of a person matters only where there are few.
  return formatNumber(value, reader, value < 100 ? 1 : 0);
}

/** How a figure moved against the period before, in words that need no legend; undefined when there is nothing to compare. */
export function changeText(figure: Figure, reader: Reader): string | undefined {
  const { unit, value, before, silence } = figure;
  if (value === undefined) return silence === undefined ? undefined : m.analytics_page_silence({ silence });
  if (before === undefined) return undefined;
  if (unit === "share") return formatPointChange(value, before, reader);
  if (unit === "ratio") return formatChange(value, before, reader);
  if (unit === "seconds") return waitChange(value, before, reader);
  if (before === 0) return value === 0 ? m.web_no_change() : m.analytics_page_new_here();
  if (Math.min(value, before) < ENOUGH_FOR_PERCENT) return smallChange({ value, before, figure }, reader);
  return formatRelativeChange(value, before, reader);
}

function smallChange(change: { value: number; before: number; figure: Figure }, reader: Reader): string {
  const [now, was] = [change.value, change.before].map((value) => valueText({ ...change.figure, value }, reader));
  return now === was ? m.web_no_change() : m.analytics_page_change_was({ before: was ?? "" });
}

function waitChange(value: number, before: number, reader: Reader): string {
  const difference = value - before;
  const [now, was] = [waitText(value, reader), waitText(before, reader)];
  if (now === was) return m.web_no_change();
  return `${difference > 0 ? "+" : "\u2212"}${waitText(Math.abs(difference), reader, Math.max(value, before))}`;
}

/** A change below this is not seen in the figure as it is written. */
function smallestChange(unit: Figure["unit"], before: number): number {
  if (unit === "share") return 0.0005;
  if (unit === "ratio") return 0.005;
  return unit === "seconds" ? Math.max(1, before * 0.01) : before * 0.005;
}

/** Whether a figure moved to the good side; "even" when neither side is good or nothing moved. */
export function toneOf({ better, unit, value, before }: Figure): Tone {
  if (better === "neither" || value === undefined || before === undefined) return "even";
  if (value === before || Math.abs(value - before) < smallestChange(unit, before)) return "even";
  return value > before === (better === "more") ? "good" : "bad";
}
