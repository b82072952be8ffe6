import { describe, expect, test } from "vitest";
import {
  formatAgo,
  formatBytes,
  formatChange,
  formatDate,
  formatDayShort,
  formatDuration,
  formatMoment,
  formatMonth,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatPointChange,
  formatRelativeChange,
  formatShort,
  weekdayNames,
} from "./format.ts";

const english = { locale: "en", timeZone: "Europe/Moscow" } as const;
const russian = { locale: "ru", timeZone: "Europe/Moscow" } as const;
const plain = (text: string | undefined) => text?.replaceAll(/[\u202F\u00A0\u2009]/g, " ");

const evening = Date.UTC(2026, 10, 22, 21, 30); // half past midnight of the 23rd in Moscow
const firstOfSeptember = 20_697;

describe("numbers", () => {
  test("stand as the reader's language writes them", () => {
    expect(plain(formatNumber(1_284.56, english))).toBe("1,284.6");
    expect(plain(formatNumber(1_284.56, russian))).toBe("1 284,6");
    expect(plain(formatPercent(0.487, russian))).toBe("48,7 %");
    expect(plain(formatPercent(0.487, english))).toBe("48.7 %");
    expect(plain(formatShort(1_200_000, russian))).toBe("1,2 млн");
    expect(plain(formatShort(9_999, english))).toBe("9,999");
  });

  test("tell how they moved, with a sign", () => {
    expect(plain(formatRelativeChange(109, 100, english))).toBe("+9 %");
    expect(plain(formatRelativeChange(96, 100, russian))).toBe("−4 %");
    expect(formatRelativeChange(1001, 1000, english)).toBe("no change");
    expect(formatRelativeChange(5, 0, english)).toBeUndefined();
    expect(formatPointChange(0.15, 0.19, english)).toBe("−4 points");
    expect(formatPointChange(0.2, 0.19, english)).toBe("+1 point");
    expect(formatPointChange(0.15, 0.19, russian)).toBe("−4 п. п.");
    expect(formatChange(0.13, 0.12, english)).toBe("+0.01");
  });

  test("of a file's size are the ones a file manager shows", () => {
    expect(plain(formatBytes(537_000_000, russian))).toBe("537 МБ");
    expect(plain(formatBytes(2_100_000_000, english))).toBe("2.1 GB");
    expect(plain(formatBytes(12, english))).toBe("12 bytes");
  });
});

describe("time", () => {
  test("is shown by the reader's clock", () => {
    expect(formatDate(evening, english)).toBe("23 November 2026");
    expect(formatDate(evening, russian)).toBe("23 ноября 2026");
    expect(formatMoment(evening, english)).toBe("23 Nov 2026, 00:30");
    expect(formatDate(evening, { ...russian, timeZone: "UTC" })).toBe("22 ноября 2026");
  });

  test("of a community's own days does not depend on the reader's clock", () => {
    const far = { locale: "en", timeZone: "Pacific/Kiritimati" } as const;
    expect(formatDayShort(firstOfSeptember, far)).toBe("1 Sep");
    expect(formatMonth(firstOfSeptember, russian)).toBe("сентябрь 2026");
    expect(plain(formatPeriod(firstOfSeptember, firstOfSeptember + 89, english))).toBe("1 Sep – 29 Nov 2026");
    expect(formatPeriod(firstOfSeptember, firstOfSeptember + 89, russian)).not.toContain("г.");
  });

  test("spans name at most two units", () => {
    expect(plain(formatDuration(9_600_000, russian))).toBe("2 ч 40 мин");
    expect(plain(formatDuration(9_600_000, english))).toBe("2 h 40 min");
    expect(plain(formatDuration(45_000, english))).toBe("45 s");
    expect(plain(formatDuration(0, english))).toBe("0 s");
    expect(plain(formatDuration(273_700_000, russian))).toBe("3 дн. 4 ч");
  });

  test("passed is told in the largest unit that fits", () => {
    expect(formatAgo(evening - 7_200_000, evening, english)).toBe("2 hours ago");
    expect(formatAgo(evening - 86_400_000, evening, russian)).toBe("вчера");
  });

  test("weeks begin on Monday", () => {
    expect(weekdayNames(english)[0]).toBe("Mon");
    expect(weekdayNames(russian)[6]).toBe("вс");
  });
});
