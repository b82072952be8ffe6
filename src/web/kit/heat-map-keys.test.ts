import { expect, test } from "vitest";
import { nextCell } from "./heat-map-keys.ts";

const tuesdayEvening = { weekday: 1, hour: 19 };

test("arrow keys walk over the hours of the week and stop at its edges", () => {
  expect(nextCell(tuesdayEvening, "ArrowRight", false)).toEqual({ weekday: 1, hour: 20 });
  expect(nextCell(tuesdayEvening, "ArrowUp", false)).toEqual({ weekday: 0, hour: 19 });
  expect(nextCell({ weekday: 6, hour: 23 }, "ArrowDown", false)).toEqual({ weekday: 6, hour: 23 });
  expect(nextCell({ weekday: 6, hour: 23 }, "ArrowRight", false)).toEqual({ weekday: 6, hour: 23 });
});

test("Home and End go to the ends of the day, with Ctrl to the ends of the week", () => {
  expect(nextCell(tuesdayEvening, "Home", false)).toEqual({ weekday: 1, hour: 0 });
  expect(nextCell(tuesdayEvening, "End", false)).toEqual({ weekday: 1, hour: 23 });
  expect(nextCell(tuesdayEvening, "Home", true)).toEqual({ weekday: 0, hour: 0 });
  expect(nextCell(tuesdayEvening, "End", true)).toEqual({ weekday: 6, hour: 23 });
});

test("other keys are left to the browser", () => {
  expect(nextCell(tuesdayEvening, "Tab", false)).toBeUndefined();
});
