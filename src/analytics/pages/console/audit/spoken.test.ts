import { expect, test } from "vitest";
import type { Figure } from "../../../model.ts";
import { sixOf } from "./six-figures.tsx";
import { hasCourse, silentParts } from "./spoken.ts";

function figure(metric: string, value: number | undefined, silence?: Figure["silence"]): Figure {
  const known = value === undefined ? {} : { value };
  return {
    metric,
    unit: "members",
    better: "more",
    trend: [],
    ...known,
    ...(silence === undefined ? {} : { silence }),
  };
}

function span(days: number) {
  return { from: "2026-11-01", to: "2026-11-01", days };
}

const tiny = {
  figures: [
    figure("messages", 3),
    figure("active-members", 1),
    figure("new-members", 1),
    ...["week-two-return", "month-return", "newcomers-returned"].map((name) => figure(name, undefined, "too-short")),
    figure("newcomers-answered", undefined, "too-few"),
    figure("questions-answered", undefined, "too-few"),
    figure("stickiness", undefined, "too-few"),
    figure("newcomers-first-answer", undefined, "no-replies"),
  ],
  top: [],
  signals: [],
  history: span(1),
  period: span(1),
};

test("three messages of one person make no claim", () => {
  expect(silentParts(tiny)).toEqual(["return", "carriers", "newcomers", "questions", "alive", "talk", "stood-out"]);
  expect(hasCourse(tiny)).toBe(false);
});

test("a history without replies keeps its part about answers, which says what is missing", () => {
  const figures = [figure("messages", 5000), figure("newcomers-answered", undefined, "no-replies")];
  expect(silentParts({ ...tiny, figures })).not.toContain("newcomers");
});

test("figures with a value come before those there is too little for, and what cannot be known has no tile", () => {
  const six = sixOf(tiny.figures).map(({ metric }) => metric);
  expect(six.slice(0, 3)).toEqual(["active-members", "new-members", "messages"]);
  expect(six).not.toContain("newcomers-first-answer");
  expect(six).toHaveLength(6);
});
