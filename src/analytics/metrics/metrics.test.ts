import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { gather, said } from "../testing/said.ts";
import { meanActives, rollingActives, stickiness } from "./actives.ts";
import { metrics } from "./all.ts";
import { goneMembers } from "./gone-members.ts";
import { newcomersReturned, welcomeOf } from "./newcomers.ts";
import { quantile } from "./metric.ts";
import { peopleOf } from "./people.ts";
import { responseMedian, responseNinetieth } from "./responses.ts";
import { cohortsOf } from "./retention-cohorts.ts";
import { spacesOf } from "./spaces-compared.ts";
import { giniOf, halfOf, lorenzOf, topShareOf } from "./spread.ts";
import { cutWindow, narrowTo } from "./window.ts";

// Sentences are functions by name; a formula takes nothing.
const formulas = m as unknown as Readonly<
  Record<string, ((facts: object, options: { locale: Locale }) => string) | undefined>
>;

function on(by: string, day: number, hour = 10) {
  return said(by, new Date(Date.UTC(2026, 0, day, hour)).toISOString());
}

describe("people", () => {
  test("are told of each stretch of days by itself, with the day they wrote last and first come first", () => {
    const lines = [on("Anna", 1), on("Boris", 1), on("Boris", 2), on("Boris", 2, 12), on("Vera", 3), on("Anna", 4)];
    for (let again = 0; again < 2; again += 1) {
      const { window, names } = gather(lines);
      const { member, messages, activeDays, lastDay } = peopleOf(window);
      expect(Array.from(member, (number) => names[number - 1])).toEqual(["Anna", "Boris", "Vera"]);
      expect([...messages]).toEqual([2, 3, 1]);
      expect([...activeDays]).toEqual([2, 2, 1]);
      expect(Array.from(lastDay, (day) => day - window.from)).toEqual([3, 1, 2]);
    }
  });

  test("do not include nobody: messages without an author", () => {
    const { window } = gather([on("Anna", 1), on("Boris", 2)]);
    const { present, ...rest } = window.sheet;
    const member = present.member.map((number) => number - 1);
    expect([...peopleOf({ ...window, sheet: { ...rest, present: { ...present, member } } }).member]).toEqual([1]);
    expect([...peopleOf({ ...window }).messages]).toEqual([1, 1]);
  });
});

describe("spaces side by side", () => {
  test("count each writer once in each of them, also where there are many spaces", () => {
    // Whoever is P3 writes in rooms 0, 3, 6 …, twice in each.
    const rooms = Array.from({ length: 100 }, (_, room) => room);
    const people = [1, 2, 3, 4, 50];
    const lines = people.flatMap((step) =>
      rooms
        .filter((room) => room % step === 0)
        .flatMap((room) => [1, 2].map((day) => ({ ...on(`P${step}`, day), room: `Room ${room}` }))),
    );
    const { window } = gather(lines);
    const found = spacesOf(window).map(({ messages, members }) => [messages, members]);
    const expected = rooms.map((room) => people.filter((step) => room % step === 0).length).toSorted((a, b) => b - a);
    expect(found).toEqual(expected.map((members) => [2 * members, members]));
    // The five were the last of two million: then the spaces are gone through a few at a time.
    const { writing, ...rest } = window.sheet;
    const late = { ...writing, member: writing.member.map((number) => number * 400_000) };
    expect(spacesOf({ ...window, sheet: { ...rest, writing: late } })).toEqual(spacesOf(window));
  });

  test("tell how many questions were answered in each, and how soon in the middle", () => {
    const asked = (room: string, waits: readonly (number | undefined)[]) =>
      waits.map((answeredAfter, i) => ({
        ...on("Anna", i + 1),
        room,
        isQuestion: true,
        ...(answeredAfter === undefined ? {} : { answeredAfter }),
      }));
    const { window } = gather([
      ...asked("slow", [400_000, 90_000, 300_000, 100_000, 200_000, undefined]),
      ...asked("quick", [5, 3, 1, 2, 4]),
      ...asked("new", [7]),
    ]);
    expect(spacesOf(window)).toMatchObject([
      { messages: 6, questions: 6, answeredShare: 5 / 6, medianAnswer: 200_000 },
      { messages: 5, questions: 5, answeredShare: 1, medianAnswer: 3 },
      { messages: 1, questions: 1 },
    ]);
    expect(spacesOf(window)[2]).not.toHaveProperty("medianAnswer");
  });
});

describe("actives", () => {
  test("count a member once, however often they write within the look back", () => {
    const { window } = gather([on("Anna", 1), on("Anna", 1, 12), on("Anna", 3), on("Boris", 9)]);
    expect(rollingActives(window, 1)).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1]);
    expect(rollingActives(window, 7)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2]);
  });

  test("agree with counting each day by itself", () => {
    const messages = fc.array(fc.record({ by: fc.integer({ min: 0, max: 5 }), day: fc.integer({ min: 1, max: 60 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(messages, (all) => {
        const { window } = gather(all.map(({ by, day }) => on(`P${by}`, day)));
        for (const look of [1, 7, 30] as const) {
          const first = Math.min(...all.map(({ day }) => day));
          const expected = rollingActives(window, look).map((_, place) => {
            const today = first + place;
            return new Set(all.filter(({ day }) => day <= today && day > today - look).map(({ by }) => by)).size;
          });
          expect(rollingActives(window, look)).toEqual(expected);
        }
      }),
    );
  });

  test("a month's figure looks only at days that can look back a month", () => {
    const { window } = gather([on("Anna", 1), on("Vera", 30), on("Boris", 31)]);
    // On day 30 Anna and Vera, on day 31 Vera and Boris; on day 29 it was Anna alone.
    expect(meanActives(window, 30)).toBe(2);
    expect(meanActives(gather([on("Anna", 1), on("Boris", 20)]).window, 30)).toBeUndefined();
  });

  test("stickiness is a day's circle over a month's", () => {
    const people = Array.from({ length: 10 }, (_, i) => `P${i}`);
    const { window } = gather(
      people.flatMap((by, i) =>
        Array.from({ length: 60 }, (_, day) => day)
          .filter((day) => day % 10 === i)
          .map((day) => on(by, day + 1)),
      ),
    );
    expect(stickiness.measure(window)).toBeCloseTo(0.1);
  });
});

describe("how messages are spread", () => {
  test("nobody, one, and all alike are no inequality", () => {
    expect([giniOf([]), giniOf([7]), giniOf([3, 3, 3])]).toEqual([0, 0, 0]);
  });

  test("one who writes nearly everything is nearly 1, and never over it", () => {
    expect(giniOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 100])).toBeCloseTo(0.9);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1 }), (counts) => {
        const value = giniOf(counts.toSorted((a, b) => a - b));
        expect(value).toBeGreaterThanOrEqual(-1e-9);
        expect(value).toBeLessThan(1);
      }),
    );
  });

  test("the top hundredth is at least one person, and rounds down", () => {
    expect(topShareOf([1, 1, 8], 0.01)).toBe(0.8);
    expect(
      topShareOf(
        Array.from({ length: 199 }, () => 1),
        0.01,
      ),
    ).toBeCloseTo(1 / 199);
    expect(
      topShareOf(
        Array.from({ length: 200 }, () => 1),
        0.01,
      ),
    ).toBeCloseTo(2 / 200);
  });

  test("half of everything comes from the fewest people who reach it", () => {
    expect([halfOf([]), halfOf([5]), halfOf([1, 1, 1, 1]), halfOf([1, 2, 3, 10])]).toEqual([0, 1, 2, 1]);
  });

  test("the curve begins with nothing and ends with everything", () => {
    const curve = lorenzOf([1, 2, 3, 4]);
    expect([curve.length, curve.at(0), curve.at(-1)]).toEqual([21, 0, 1]);
  });
});

describe("waiting", () => {
  test("is told in the middle and for nine of ten, and not at all for too few", () => {
    const answered = Array.from({ length: 11 }, (_, i) =>
      said("Anna", "2026-01-01T10:00:00Z", { answeredAfter: i * 60 }),
    );
    const { window } = gather(answered);
    expect(responseMedian.measure(window)).toBe(300);
    expect(responseNinetieth.measure(window)).toBe(540);
    expect(responseMedian.measure(gather(answered.slice(0, 4)).window)).toBeUndefined();
  });

  test("a share between two values is taken straight between them", () => {
    expect(quantile([0, 10, 20, 30, 40], 0.9)).toBeCloseTo(36);
  });

  test("of newcomers is counted in four groups that add up", () => {
    const met = [1800, 7200, 200_000, undefined].map((answeredAfter, i) =>
      said(`P${i}`, "2026-01-01T10:00:00Z", answeredAfter === undefined ? {} : { answeredAfter }),
    );
    expect(welcomeOf(gather(met).window)).toMatchObject({ count: 4, withinHour: 1, withinDay: 1, later: 1, never: 1 });
  });
});

describe("coming back", () => {
  test("in the first week means on another day, at most seven days later", () => {
    const people = ["A", "B", "C", "D", "E"];
    const { window } = gather([
      ...people.map((by) => on(by, 1)),
      on("A", 1, 20),
      on("B", 2),
      on("C", 8),
      on("D", 9),
      on("Z", 30),
    ]);
    expect(newcomersReturned.measure(window)).toBeCloseTo(2 / 5);
  });

  test("is followed by calendar weeks, as far as they have wholly passed", () => {
    // 5 January 2026 is a Monday.
    const { window } = gather([on("Anna", 5), on("Boris", 11), on("Anna", 12), on("Boris", 20), on("Vera", 25)]);
    const cohorts = cohortsOf(window);
    expect(cohorts.map(({ members, returned }) => ({ members, returned }))).toEqual([
      { members: 2, returned: [2, 1, 1] },
      { members: 1, returned: [1] },
    ]);
  });

  test("is over for those who took part and were silent for the last thirty days", () => {
    const { window } = gather([
      on("Anna", 1),
      on("Anna", 2),
      on("Boris", 1),
      on("Vera", 1),
      on("Vera", 40),
      on("Gleb", 45),
    ]);
    expect(goneMembers.measure(window)).toBe(1);
  });
});

describe("segments", () => {
  test("regulars write in at least half of the weeks", () => {
    const { window, names } = gather([
      ...[1, 8, 15].map((day) => on("Anna", day)),
      on("Boris", 1),
      on("Boris", 2),
      on("Vera", 28),
    ]);
    const regulars = narrowTo(window, "regulars");
    expect([...new Set(regulars.sheet.writing.member)].map((member) => names[member - 1])).toEqual(["Anna"]);
  });

  test("newcomers are those whose first message lies in the period", () => {
    const { window, names } = gather([on("Anna", 1), on("Anna", 20), on("Boris", 21)]);
    const source = { ...window, sheet: { ...window.sheet, present: window.longer } };
    const later = narrowTo(cutWindow(source, { from: window.from + 10, to: window.to }), "newcomers");
    expect([...new Set(later.sheet.writing.member)].map((member) => names[member - 1])).toEqual(["Boris"]);
  });
});

test("every metric has a name of its own and says where its formula comes from", () => {
  expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
  for (const { name, formula, source, version } of metrics) {
    expect([name, formula, source].every((text) => text.length > 0) && version >= 1).toBe(true);
  }
});

test("every formula reads in English as the API tells it, and in Russian in Russian words", () => {
  for (const { name, formula } of metrics) {
    const told = (locale: Locale) =>
      formulas[`analytics_metric_${name.replaceAll("-", "_")}_formula`]?.({}, { locale });
    expect(told("en")).toBe(formula);
    expect(told("ru")).not.toBe(formula);
  }
});
