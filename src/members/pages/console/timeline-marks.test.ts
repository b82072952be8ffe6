import { expect, test } from "vitest";
import type { TimelineEntry } from "../../model.ts";
import { linesOf } from "./timeline-marks.ts";

const at = (day: number): string => new Date(Date.UTC(2026, 10, day)).toISOString();
const entry = (day: number): TimelineEntry => ({
  id: `m${day}`,
  sentAt: at(day),
  kind: "text",
  text: "",
  isCut: false,
  space: { id: "", name: "" },
  replyTo: null,
  reactions: 0,
});
const mark = (day: number) => ({ key: `k${day}`, at: at(day), text: "Joined" });

test("what happened stands between the messages of its time", () => {
  const lines = linesOf([entry(20), entry(10)], [mark(15), mark(22)], true);
  expect(lines.map((line) => line.key)).toEqual(["k22", "m20", "k15", "m10"]);
});

test("what is older than the messages shown waits until they are asked for", () => {
  const marks = [mark(15), mark(5)];
  expect(linesOf([entry(20), entry(10)], marks, false).map((line) => line.key)).toEqual(["m20", "k15", "m10"]);
  expect(linesOf([entry(20), entry(10), entry(3)], marks, true).map((line) => line.key)).toContain("k5");
});

test("who never wrote has a timeline of what happened", () => {
  expect(linesOf([], [mark(5)], true)).toHaveLength(1);
});
