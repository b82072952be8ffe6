import type { TimelineEntry } from "../../model.ts";

/** Something besides messages that happened with a member: they came or went, or the team wrote about them. */
export interface TimelineMark {
  readonly key: string;
  /** ISO, as messages have it. */
  readonly at: string;
  readonly text: string;
}

/** A line of the timeline. */
export type TimelineLine =
  | { readonly kind: "message"; readonly key: string; readonly at: string; readonly entry: TimelineEntry }
  | { readonly kind: "mark"; readonly key: string; readonly at: string; readonly text: string };

/**
 * Messages and what else happened, newest first. While older messages wait to be asked for, what is older than the last
 * one shown waits with them.
 */
export function linesOf(
  entries: readonly TimelineEntry[],
  marks: readonly TimelineMark[],
  isWhole: boolean,
): TimelineLine[] {
  const end = entries.at(-1)?.sentAt ?? "";
  const messages = entries.map((entry) => ({ kind: "message" as const, key: entry.id, at: entry.sentAt, entry }));
  const shown = marks.filter((mark) => isWhole || Date.parse(mark.at) >= Date.parse(end));
  const rest = shown.map((mark) => ({ kind: "mark" as const, ...mark }));
  return [...messages, ...rest].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
