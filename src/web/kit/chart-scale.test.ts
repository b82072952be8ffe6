import { describe, expect, test } from "vitest";
import { gridValues, labelledPlaces, linePath, niceTop, scaleOf } from "./chart-scale.ts";

describe("the axis of a chart", () => {
  test("ends at a figure people read easily", () => {
    expect([0, 7, 12, 121, 484, 1001].map(niceTop)).toEqual([0, 8, 12, 150, 500, 1200]);
  });

  test("always holds the zero line", () => {
    const scale = scaleOf([[90, 95, 100]], { width: 100, height: 100 });
    expect(scale.bottom).toBe(0);
    expect(scale.y(0)).toBe(100);
    expect(scale.y(100)).toBe(0);
  });

  test("counts a handful of things one by one", () => {
    expect(gridValues({ top: 3, bottom: 0 })).toEqual([0, 1, 2, 3]);
    expect(gridValues({ top: 400, bottom: 0 })).toEqual([0, 100, 200, 300, 400]);
  });

  test("of nothing but zeros still has room", () => {
    const scale = scaleOf([[0, 0]], { width: 10, height: 10 });
    expect(scale.top).toBe(1);
    expect(Number.isFinite(scale.y(0))).toBe(true);
  });

  test("labels as many places as fit and always the first", () => {
    expect(labelledPlaces(90, 640)[0]).toBe(0);
    expect(labelledPlaces(90, 640).length).toBeLessThanOrEqual(8);
    expect(labelledPlaces(2, 640)).toEqual([0, 1]);
  });
});

test("a day without a value leaves a gap in the line, and a lone value becomes a dot", () => {
  const flat = { x: (place: number) => place, y: (value: number) => value };
  expect(linePath([1, 2, undefined, 3], flat)).toBe("M0 1L1 2M3 3L3 3");
});
