import { expect, test } from "vitest";
import { dateToDay, dayToDate } from "#src/base/clock.ts";
import { dueDay } from "./due.ts";

const due = (regime: "gdpr" | "152-fz", received: string, isExtended = false) =>
  dayToDate(dueDay(regime, dateToDay(received) ?? 0, isExtended));

test("under the GDPR an answer is due one month later, and three when extended", () => {
  expect(due("gdpr", "2026-03-15")).toBe("2026-04-15");
  expect(due("gdpr", "2026-03-15", true)).toBe("2026-06-15");
  expect(due("gdpr", "2026-01-31")).toBe("2026-02-28");
  expect(due("gdpr", "2028-01-31")).toBe("2028-02-29");
  expect(due("gdpr", "2026-12-31")).toBe("2027-01-31");
});

test("under 152-FZ it is due after ten working days, without weekends and fixed holidays, and fifteen when extended", () => {
  // Monday 2 March to Monday 16 March: the holiday of 8 March is a Sunday in 2026.
  expect(due("152-fz", "2026-03-02")).toBe("2026-03-16");
  expect(due("152-fz", "2026-03-02", true)).toBe("2026-03-23");
  // 1 May is a Friday, 9 May a Saturday.
  expect(due("152-fz", "2026-04-24")).toBe("2026-05-11");
  // Everybody rests from 1 to 8 January.
  expect(due("152-fz", "2025-12-31")).toBe("2026-01-22");
});
