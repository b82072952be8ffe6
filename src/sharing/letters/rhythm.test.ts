import { expect, test } from "vitest";
import { daysTold, nextSending } from "./rhythm.ts";

const at = (text: string) => Date.parse(text);
const told = (time: number) => new Date(time).toISOString();
const mondays = { every: "week", day: 0, hour: 9, timeZone: "Europe/Berlin" } as const;
const firsts = { every: "month", day: 1, hour: 9, timeZone: "Asia/Vladivostok" } as const;

test("a weekly letter goes out on its weekday at its hour of its zone, winter and summer", () => {
  expect(told(nextSending(mondays, at("2026-11-22T12:00:00Z")))).toBe("2026-11-23T08:00:00.000Z");
  expect(told(nextSending(mondays, at("2026-11-23T07:59:59Z")))).toBe("2026-11-23T08:00:00.000Z");
  expect(told(nextSending(mondays, at("2026-11-23T08:00:00Z")))).toBe("2026-11-30T08:00:00.000Z");
  expect(told(nextSending(mondays, at("2026-07-01T00:00:00Z")))).toBe("2026-07-06T07:00:00.000Z");
});

test("a monthly letter goes out once a month, also over the turn of the year", () => {
  expect(told(nextSending(firsts, at("2026-11-22T12:00:00Z")))).toBe("2026-11-30T23:00:00.000Z");
  expect(told(nextSending(firsts, at("2026-11-30T23:00:00Z")))).toBe("2026-12-31T23:00:00.000Z");
  expect(told(nextSending({ ...firsts, day: 28 }, at("2026-02-27T00:00:00Z")))).toBe("2026-02-27T23:00:00.000Z");
});

test("an hour that the clock skips in spring is not skipped by the letter", () => {
  const sundays = { every: "week", day: 6, hour: 2, timeZone: "Europe/Berlin" } as const;
  expect(told(nextSending(sundays, at("2026-03-28T12:00:00Z")))).toBe("2026-03-29T01:00:00.000Z");
});

test("a letter tells of the last whole week or month, by the community's days", () => {
  expect(daysTold("week", at("2026-11-23T08:00:00Z"), "Europe/Berlin")).toEqual({
    from: "2026-11-16",
    to: "2026-11-22",
  });
  expect(daysTold("week", at("2026-11-22T22:30:00Z"), "Europe/Berlin")).toEqual({
    from: "2026-11-09",
    to: "2026-11-15",
  });
  expect(daysTold("week", at("2026-11-22T22:30:00Z"), "Europe/Moscow")).toEqual({
    from: "2026-11-16",
    to: "2026-11-22",
  });
  expect(daysTold("month", at("2027-01-15T12:00:00Z"), "UTC")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
  expect(daysTold("month", at("2028-03-01T00:00:00Z"), "UTC")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
});
