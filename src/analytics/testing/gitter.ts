import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { ExactFigures } from "../metrics/exact.ts";

const HISTORY = new URL("../../../../shared/data/chat_fcc_gitter.jsonl.gz", import.meta.url);
const REFERENCE = new URL("../../../../shared/data/gitter_reference_metrics.json", import.meta.url);

/** Whether the history of a real community and the figures an independent program found in it lie beside the project. */
export const gitterIsHere = existsSync(HISTORY) && existsSync(REFERENCE);

/** What the independent program says of a community or one of its rooms. */
export interface Reference {
  readonly messages: number;
  readonly members: number;
  readonly first: string;
  readonly last: string;
  readonly top10: readonly { readonly user_id: string; readonly messages: number }[];
  readonly top1pct_share: number;
  readonly gini: number;
  readonly one_message_members: number;
  readonly retention: Record<string, { eligible: number; retained: number; rate: number }>;
  readonly months: Record<string, { messages: number; mau: number; new: number; avg_dau: number }>;
  readonly by_hour_utc: Record<string, number>;
  readonly by_weekday_mon0: Record<string, number>;
}

/** The whole community's and one room's figures, by name. */
export function gitterReference(): Record<string, Reference> {
  // The file's shape is told in its README; a difference shows as a failing comparison.
  return JSON.parse(readFileSync(REFERENCE, "utf8")) as Record<string, Reference>;
}

/** The name under which the reference holds the whole community. */
export const EVERYTHING = "ALL_HANDOUT";

/** One line of the history. */
export interface GitterLine {
  readonly id: string;
  readonly room: string;
  readonly ts: string;
  readonly user_id: string;
  readonly user: string;
}

/** The history, without the texts. Split at newlines alone: line readers also break at U+2028, which texts contain. */
export function gitterHistory(): GitterLine[] {
  const lines = gunzipSync(readFileSync(HISTORY)).toString("utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as GitterLine);
}

/** Our exact figures under the names of the reference. */
export function asReference(figures: ExactFigures): Omit<Reference, "top10" | "first" | "last"> {
  const months = Object.entries(figures.months).map(([key, month]) => {
    const { messages, activeMembers, newMembers, meanDailyActive } = month;
    return [key, { messages, mau: activeMembers, new: newMembers, avg_dau: meanDailyActive }] as const;
  });
  return {
    messages: figures.messages,
    members: figures.members,
    top1pct_share: figures.top1PercentShare,
    gini: figures.gini,
    one_message_members: figures.oneMessageMembers,
    retention: { window_day7_to_13: figures.retention.day7to13, window_day30_to_36: figures.retention.day30to36 },
    months: Object.fromEntries(months),
    by_hour_utc: figures.byHour,
    by_weekday_mon0: figures.byWeekday,
  };
}
