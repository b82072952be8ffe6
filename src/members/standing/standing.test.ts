import fc from "fast-check";
import { expect, test } from "vitest";
import { dateToDay } from "#src/base/clock.ts";
import { daysThatMatter, levelOf, lookBackFrom, standingOf, stepsOf, type Presence } from "./model.ts";

const day = (date: string): number => dateToDay(date) ?? NaN;
const AS_OF = day("2026-11-22");

function presence(days: readonly number[], more: Partial<Presence> = {}): Presence {
  const from = lookBackFrom(AS_OF);
  return {
    days: days.filter((each) => each >= from),
    replies: 0,
    firstSeen: days[0] ?? AS_OF - 400,
    firstWritten: days[0],
    lastWritten: days.at(-1),
    ...more,
  };
}

const run = (from: string, count: number, every = 1): number[] =>
  Array.from({ length: count }, (_, n) => day(from) + n * every);

const levelAt = (days: readonly number[]) => levelOf(standingOf(presence(days), AS_OF).step);

test("two days in one week make a participant, in two and three weeks a closer one", () => {
  expect(levelAt([day("2026-09-07"), day("2026-09-08")])).toEqual({ level: "participating", within: 3 });
  expect(levelAt([...run("2026-09-07", 2), ...run("2026-09-14", 2)])).toEqual({ level: "participating", within: 2 });
  expect(levelAt([...run("2026-09-07", 2), ...run("2026-09-14", 2), ...run("2026-10-05", 2)])).toEqual({
    level: "participating",
    within: 1,
  });
});

test("Sunday and the Monday after it are two weeks", () => {
  expect(levelAt([day("2026-09-06"), day("2026-09-07")])).toEqual({ level: "exploring", within: 2 });
});

test("seven days in a month make a contributor, thirty in a quarter a leader", () => {
  expect(levelAt(run("2026-09-01", 7, 4))).toEqual({ level: "contributing", within: 3 });
  expect(levelAt([...run("2026-08-01", 7), ...run("2026-09-01", 7)])).toEqual({ level: "contributing", within: 2 });
  expect(levelAt(run("2026-07-01", 30, 3))).toEqual({ level: "leading", within: 3 });
  expect(levelAt(run("2026-01-05", 300))).toEqual({ level: "leading", within: 1 });
  expect(levelAt(run("2026-09-01", 6, 4)).level).toBe("participating");
  expect(levelAt(run("2026-07-01", 29, 3)).level).toBe("contributing");
});

test("below the milestones an answer weighs more than a message, and a message more than coming", () => {
  const once = [day("2026-09-07")];
  expect(standingOf(presence(once, { replies: 1 }), AS_OF).step).toBe(3);
  expect(standingOf(presence(once), AS_OF).step).toBe(2);
  expect(standingOf(presence([], { firstSeen: AS_OF - 100 }), AS_OF).step).toBe(1);
  expect(standingOf(presence([], { firstSeen: lookBackFrom(AS_OF) }), AS_OF).step).toBe(1);
  expect(standingOf(presence([], { firstSeen: lookBackFrom(AS_OF) - 1 }), AS_OF).step).toBe(0);
});

test("a level is lost only where a month begins, a year after what earned it", () => {
  const week = run("2025-11-03", 2);
  const at = (date: string) =>
    standingOf(presence(week.filter((each) => each >= lookBackFrom(day(date)))), day(date)).step;
  expect(at("2026-11-22")).toBe(4);
  expect(at("2026-11-30")).toBe(4);
  expect(at("2026-12-01")).toBe(0);
});

const stageAt = (days: readonly number[], more: Partial<Presence> = {}) =>
  standingOf(presence(days, more), AS_OF).stage;

test("each stage of life is told by when somebody came, wrote and fell silent", () => {
  expect(stageAt([AS_OF - 29])).toBe("newcomer");
  expect(stageAt([AS_OF - 200, AS_OF - 130, AS_OF - 60, AS_OF - 29])).toBe("active");
  expect(stageAt([AS_OF - 30, AS_OF - 5])).toBe("active");
  expect(stageAt(run("2026-09-01", 7, 4))).toBe("slipping");
  // Seven days in August, the last of them 89 and 90 days ago.
  expect([stageAt(run("2026-08-19", 7)), stageAt(run("2026-08-18", 7))]).toEqual(["slipping", "dormant"]);
  expect(stageAt(run("2026-07-01", 7, 4))).toBe("dormant");
  expect(stageAt([AS_OF - 40])).toBe("dormant");
  expect(stageAt([AS_OF - 200, AS_OF - 5])).toBe("returned");
  expect(stageAt([AS_OF - 3000, AS_OF - 5])).toBe("returned");
  expect(stageAt([])).toBe("silent");
});

test("whoever came back is told after how many days of silence", () => {
  expect(standingOf(presence([AS_OF - 200, AS_OF - 5]), AS_OF).evidence.absence).toBe(194);
  expect(standingOf(presence([AS_OF - 96, AS_OF - 5]), AS_OF).evidence.absence).toBe(90);
  expect(standingOf(presence([AS_OF - 95, AS_OF - 5]), AS_OF).stage).toBe("active");
});

test("every step belongs to one level", () => {
  for (let step = 0; step <= 12; step++) expect(stepsOf(levelOf(step).level)).toContain(step);
  expect(levelOf(12)).toEqual({ level: "leading", within: 1 });
  expect(levelOf(1)).toEqual({ level: "exploring", within: 3 });
});

test("as days go by, only those who wrote or came on days that matter stand elsewhere", () => {
  const back = fc.array(fc.integer({ min: 0, max: 800 }), { maxLength: 40 });
  fc.assert(
    fc.property(back, fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 60 }), (ago, later, start) => {
      const before = AS_OF + start;
      const now = before + later;
      const days = [...new Set(ago.map((each) => before - each))].toSorted((a, b) => a - b);
      const told = (asOf: number) => {
        const { step, stage } = standingOf(
          {
            days: days.filter((each) => each >= lookBackFrom(asOf)),
            replies: 0,
            firstSeen: days[0] ?? before - 900,
            firstWritten: days[0],
            lastWritten: days.at(-1),
          },
          asOf,
        );
        return `${step} ${stage}`;
      };
      const matters = daysThatMatter(before, now).some(({ from, to }) =>
        days.some((each) => each >= from && each <= to),
      );
      return matters || told(before) === told(now);
    }),
    { numRuns: 3000 },
  );
});
