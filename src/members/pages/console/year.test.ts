import { expect, test } from "vitest";
import { monthsOf, weeksOf } from "./year.ts";

const year = { from: "2025-11-17", to: "2026-11-22", days: [{ day: "2026-11-22", messages: 3 }] };

test("a year is drawn as 53 weeks from Monday to Sunday, each day in its place", () => {
  const weeks = weeksOf(year);
  expect(weeks).toHaveLength(53);
  expect(weeks.flat()).toHaveLength(371);
  expect(weeks.every((week) => week[0]?.weekday === 0)).toBe(true);
  expect(weeks.at(-1)?.at(-1)).toMatchObject({ weekday: 6, messages: 3 });
});

test("a year that ends in the middle of a week has short weeks at its ends", () => {
  const weeks = weeksOf({ from: "2025-11-19", to: "2026-11-24", days: [] });
  expect(weeks[0]).toHaveLength(5);
  expect(weeks.at(-1)).toHaveLength(2);
});

test("each month is named once, where its first day is", () => {
  const months = monthsOf(weeksOf(year), 3).map(({ day }) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  expect(months[0]).toBe("2025-12-01");
  expect(months).toHaveLength(12);
});
