import { expect, test } from "vitest";
import { growthLines } from "./growth-lines.ts";

const reader = { locale: "en", timeZone: "UTC" } as const;

function audit(days: number, to: string) {
  const daily = {
    members: Array.from({ length: days }, () => 1),
    weekly: Array.from({ length: days }, (_, day) => day),
    messages: Array.from({ length: days }, () => 10),
    newMembers: Array.from({ length: days }, () => 2),
  };
  return { period: { from: "", to, days }, daily, dailyBefore: null };
}

test("a quarter is drawn day by day, ending with the last day of the period", () => {
  const lines = growthLines(audit(90, "2016-11-29"), "messages", reader);
  expect(lines.now).toHaveLength(90);
  expect(lines.dates.at(-1)).toBe("2016-11-29");
  expect(lines.dates[0]).toBe("2016-09-01");
});

test("two years are drawn by whole weeks: counts are added up, people of a week are taken at its end", () => {
  const messages = growthLines(audit(730, "2016-11-29"), "messages", reader);
  expect(messages.now).toHaveLength(104);
  expect(messages.now[0]).toBe(70);
  expect(messages.labels.at(-1)).toBe("29 Nov 2016");
  const weekly = growthLines(audit(730, "2016-11-29"), "weekly", reader);
  expect(weekly.now.at(-1)).toBe(729);
});
