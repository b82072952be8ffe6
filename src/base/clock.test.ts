import { expect, test } from "vitest";
import {
  dateToDay,
  dayStarts,
  dayToDate,
  instantOfLocal,
  isTimeZone,
  localDay,
  localHour,
  offsetAt,
  parseLocal,
  startOfLocalDay,
  weekday,
} from "./clock.ts";

const utc = (text: string) => Date.parse(text);

test("a time that the clock skips in spring is moved forward, once", () => {
  expect(parseLocal("2027-03-28T02:30", "Europe/Berlin")).toBe(utc("2027-03-28T01:30Z"));
  expect(parseLocal("2027-10-03T02:15", "Australia/Lord_Howe")).toBe(utc("2027-10-02T15:45Z"));
});

test("of a time that comes twice in autumn the first is meant", () => {
  expect(parseLocal("2027-10-31T02:30", "Europe/Berlin")).toBe(utc("2027-10-31T00:30Z"));
  expect(parseLocal("2026-11-01T01:30", "America/New_York")).toBe(utc("2026-11-01T05:30Z"));
  expect(parseLocal("2027-04-04T01:45", "Australia/Lord_Howe")).toBe(utc("2027-04-03T14:45Z"));
  // Its clocks go forward in the middle of an hour of UTC.
  expect(offsetAt(utc("2027-10-02T15:45Z"), "Australia/Lord_Howe")).toBe(11 * 3_600_000);
});

test("Moscow has no summer time and Almaty changed its law in March 2024", () => {
  expect(parseLocal("2027-03-28T02:30:00", "Europe/Moscow")).toBe(utc("2027-03-27T23:30Z"));
  expect(startOfLocalDay(dateToDay("2024-02-29") ?? 0, "Asia/Almaty")).toBe(utc("2024-02-28T18:00Z"));
  expect(startOfLocalDay(dateToDay("2024-03-02") ?? 0, "Asia/Almaty")).toBe(utc("2024-03-01T19:00Z"));
});

test("a local day begins at midnight on the wall clock, or just after the gap that swallowed midnight", () => {
  expect(startOfLocalDay(dateToDay("2018-11-04") ?? 0, "America/Sao_Paulo")).toBe(utc("2018-11-04T03:00Z"));
  const day = dateToDay("2026-06-01") ?? 0;
  for (const zone of ["UTC", "Europe/Moscow", "Asia/Kolkata", "America/Vancouver", "Pacific/Chatham"]) {
    const start = startOfLocalDay(day, zone);
    expect(localDay(start, zone)).toBe(day);
    expect(localDay(start - 1, zone)).toBe(day - 1);
    expect(localHour(start, zone)).toBe(0);
  }
});

test("days follow each other without holes or overlaps through both clock changes of a year", () => {
  const from = dateToDay("2026-01-01") ?? 0;
  const starts = dayStarts(from, from + 364, "Europe/Berlin");
  const lengths = starts.slice(1).map((start, i) => (start - (starts[i] ?? 0)) / 3_600_000);
  expect(new Set(lengths)).toEqual(new Set([23, 24, 25]));
  expect(lengths.filter((hours) => hours !== 24)).toEqual([23, 25]);
});

test("dates that no calendar has are not dates", () => {
  expect(dateToDay("2026-02-30")).toBeUndefined();
  expect(dateToDay("yesterday")).toBeUndefined();
  expect(parseLocal("2026-02-30T10:00", "UTC")).toBeUndefined();
  expect(parseLocal("2026-02-20T24:00", "UTC")).toBeUndefined();
  expect(parseLocal("2026-02-20T23:60", "UTC")).toBeUndefined();
  expect(dayToDate(dateToDay("2016-02-29") ?? 0)).toBe("2016-02-29");
});

test("the week begins on Monday", () => {
  expect(weekday(dateToDay("2026-11-23") ?? 0)).toBe(0);
  expect(weekday(dateToDay("1969-12-28") ?? 0)).toBe(6);
});

test("only zones of this machine are accepted", () => {
  expect(isTimeZone("Europe/Moscow")).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
  expect(isTimeZone("")).toBe(false);
});

test("a wall clock and its instant agree wherever the clock does not jump", () => {
  const local = Date.UTC(2026, 6, 1, 12);
  expect(instantOfLocal(local, "Asia/Tokyo")).toBe(local - 9 * 3_600_000);
});
