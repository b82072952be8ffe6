import { describe, expect, test } from "vitest";
import { contrast, dark, light, type Palette, textPairs } from "./palette.ts";

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s theme", (_name, palette: Palette) => {
  const pairs = Object.entries(textPairs).flatMap(([text, grounds]) => grounds.map((ground) => ({ text, ground })));

  test.each(pairs)("$text is readable on $ground", ({ text, ground }) => {
    const colours: Record<string, unknown> = { ...palette };
    expect(contrast(String(colours[text]), String(colours[ground]))).toBeGreaterThanOrEqual(4.5);
  });

  test("the main action is readable, also under the pointer", () => {
    expect(contrast("#FFFFFF", palette.action)).toBeGreaterThanOrEqual(4.5);
    expect(contrast("#FFFFFF", palette.actionHover)).toBeGreaterThanOrEqual(4.5);
  });

  test("fields, marks and chart lines are seen against the page", () => {
    for (const colour of [palette.edge, palette.bronze, ...palette.series]) {
      expect(contrast(colour, palette.paper)).toBeGreaterThanOrEqual(3);
      expect(contrast(colour, palette.card)).toBeGreaterThanOrEqual(3);
    }
  });
});

test("contrast of black on white is 21", () => {
  expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21);
});
