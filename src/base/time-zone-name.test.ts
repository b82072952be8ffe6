import { expect, test } from "vitest";
import { timeZoneChoices, timeZoneName } from "./time-zone-name.ts";

const WINTER = Date.UTC(2026, 10, 22);
const SUMMER = Date.UTC(2026, 6, 22);

test("a zone is called by its place and by how far its clocks stand from UTC at that moment", () => {
  expect(timeZoneName("Europe/Moscow", "en", WINTER)).toBe("Moscow (UTC+3)");
  expect(timeZoneName("Europe/Moscow", "ru", WINTER)).toBe("Москва (UTC+3)");
  expect(timeZoneName("America/New_York", "en", WINTER)).toBe("New York (UTC−5)");
  expect(timeZoneName("America/New_York", "ru", SUMMER)).toBe("Нью-Йорк (UTC−4)");
  expect(timeZoneName("Asia/Kolkata", "en", WINTER)).toBe("Kolkata (UTC+5:30)");
  expect(timeZoneName("Africa/Abidjan", "en", WINTER)).toBe("Abidjan (UTC+0)");
  expect(timeZoneName("America/Kentucky/Louisville", "en", WINTER)).toBe("Louisville, Kentucky (UTC−5)");
  expect(timeZoneName("UTC", "ru", WINTER)).toBe("UTC");
  expect(timeZoneName("Nowhere/At_All", "en", WINTER)).toBe("Nowhere/At_All");
});

test("every zone can be chosen once, in both languages, and none reads like a path", () => {
  for (const locale of ["en", "ru"] as const) {
    const choices = timeZoneChoices(locale, WINTER);
    expect(choices[0]?.zone).toBe("UTC");
    expect(new Set(choices.map(({ zone }) => zone)).size).toBe(choices.length);
    expect(choices.filter(({ name }) => /[/_]|GMT|^ |\(\)/.test(name))).toEqual([]);
    const names = choices.slice(1).map(({ name }) => name);
    expect(names).toEqual(names.toSorted(new Intl.Collator(locale).compare));
  }
});

test("a zone that was stored under an older name can be kept, although the list has another for it", () => {
  const older = { zone: "US/Pacific", name: "Pacific (UTC−8)" };
  expect(timeZoneChoices("en", WINTER)).not.toContainEqual(older);
  expect(timeZoneChoices("en", WINTER, "US/Pacific")).toContainEqual(older);
});
