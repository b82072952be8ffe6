import { describe, expect, test } from "vitest";
import { gather, said, type Said } from "../testing/said.ts";
import { reactionsPerMessage } from "./content.ts";
import { goneMembers } from "./gone-members.ts";
import { heatOf, liveliest } from "./heat-map.ts";
import { joinedMembers } from "./joined-members.ts";
import { leftMembers } from "./left-members.ts";
import { share } from "./metric.ts";
import { newcomersReturned, welcomeOf } from "./newcomers.ts";
import { answersOf, teamOf } from "./report.ts";
import { cohortsOf } from "./retention-cohorts.ts";
import { retainedIn, SECOND_WEEK } from "./retention-window.ts";
import { returningMembers } from "./returning-members.ts";
import { oneMessageMembers } from "./spread.ts";
import { topOf } from "./talk.ts";
import { cutWindow, narrowTo, noContent, type Window, weeksOf } from "./window.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** On a day of January 2026; the 5th is a Monday. */
function on(by: string, day: number, hour = 10): Said {
  return said(by, new Date(Date.UTC(2026, 0, day, hour)).toISOString());
}

const within = (...lines: Said[]): Window => gather(lines).window;

const asked = (delays: readonly (number | undefined)[], isQuestion = true): Said[] =>
  delays.map((answeredAfter, n) => ({
    ...on(`P${n}`, 1),
    isQuestion,
    ...(answeredAfter === undefined ? {} : { answeredAfter }),
  }));

/** One before and one behind each border. */
const WAITS = [HOUR, HOUR + 1, DAY, DAY + 1, undefined];

describe("at its border a figure counts", () => {
  test("an answer after an hour exactly as one within the hour, and after a day exactly as one within the day", () => {
    const met = { withinHour: 1, withinDay: 2, later: 1, never: 1 };
    expect(welcomeOf(within(...asked(WAITS)))).toMatchObject({ count: 5, ...met });
    const window = within(...asked(WAITS), ...asked([5], false));
    expect(answersOf(window)).toEqual({ asked: 5, answered: 4, ...met });
  });

  test("a newcomer whose first week has just passed, and nobody whose week still runs", () => {
    const people = ["A", "B", "C", "D", "E"].map((by) => on(by, 1));
    expect(newcomersReturned.measure(within(...people, on("A", 8)))).toBe(1 / 5);
    expect(newcomersReturned.measure(within(...people, on("A", 7)))).toBeUndefined();
  });

  test("the second week from its first day to its last, and only newcomers who have lived it", () => {
    const arrived = ["A", "B", "C", "D"].map((by) => on(by, 1));
    const window = within(...arrived, on("E", 2), on("D", 7), on("A", 8), on("B", 14), on("C", 15));
    expect(retainedIn(window, SECOND_WEEK)).toEqual({ eligible: 4, retained: 2, rate: 0.5 });
  });

  test("thirty silent days as fallen silent, twenty-nine not, and says nothing of a period that is no longer", () => {
    const gone = (last: number, end: number) =>
      goneMembers.measure(within(on("Anna", 1), on("Anna", last), on("Vera", end)));
    expect([gone(2, 32), gone(3, 32), gone(2, 30)]).toEqual([1, 0, undefined]);
    expect(goneMembers.measure(within(on("Anna", 1), on("Vera", 32)))).toBe(0);
  });

  test("five as enough for a share, and whoever wrote once, not twice, as having written once", () => {
    expect([share(1, 5), share(1, 4)]).toEqual([0.2, undefined]);
    expect(oneMessageMembers.measure(within(on("A", 1), on("B", 1), on("B", 1, 12), on("C", 2)))).toBe(2);
  });

  test("a regular in two weeks of three, and whole weeks from the end of the period backwards", () => {
    const { window, names } = gather([on("Anna", 1), on("Anna", 8), on("Boris", 1), on("Boris", 2), on("Vera", 21)]);
    const { member } = narrowTo(window, "regulars").sheet.writing;
    expect([...new Set(member)].map((number) => names[number - 1])).toEqual(["Anna"]);
    const weeks = weeksOf(within(on("A", 1), on("A", 15))).map(({ from, to }) => [from, to]);
    const first = Date.UTC(2026, 0, 1) / (DAY * 1000);
    expect(weeks).toEqual([
      [first + 1, first + 7],
      [first + 8, first + 14],
    ]);
  });

  test("a cohort's weeks only as far as they have wholly passed", () => {
    const cohorts = cohortsOf(within(on("Anna", 5), on("Boris", 13)));
    expect(cohorts.map(({ members, returned }) => ({ members, returned }))).toEqual([
      { members: 1, returned: [1] },
      { members: 1, returned: [] },
    ]);
  });
});

describe("a figure is what it says", () => {
  test("Monday is the first row of the week, and the last three hours of a day can be its liveliest", () => {
    const heat = heatOf(within(on("A", 5), on("A", 11, 23)));
    expect([heat[0]?.[10], heat[6]?.[23]]).toEqual([1, 1]);
    const late = Array.from({ length: 500 }, (_, n) => on("A", 5, 21 + (n % 3)));
    expect(liveliest(within(...late), 1)).toEqual([{ weekday: 0, fromHour: 21, toHour: 24, share: 1 }]);
    expect(liveliest(within(...late.slice(1)), 1)).toEqual([]);
  });

  test("who wrote before the period returns in it, who came in it does not", () => {
    const { window } = gather([on("Anna", 1), on("Anna", 20), on("Boris", 21)]);
    const source = { ...window, sheet: { ...window.sheet, present: window.longer } };
    expect(returningMembers.measure(cutWindow(source, { from: window.from + 10, to: window.to }))).toBe(1);
  });

  test("who was removed has left too, who came is not told from who left, and nothing is known without notices", () => {
    const moves = { joined: 4, left: 2, removed: 1 };
    const window = { ...within(on("A", 1)), content: { ...noContent, moves } };
    expect([leftMembers.measure(window), joinedMembers.measure(window)]).toEqual([3, 4]);
    expect(leftMembers.measure({ ...window, knows: { ...window.knows, moves: false } })).toBeUndefined();
  });

  test("reactions are shared out over messages, not over people", () => {
    const reactions = [
      { key: "👍", count: 4 },
      { key: "🔥", count: 2 },
    ];
    const window = { ...within(on("A", 1), on("A", 1), on("A", 2)), content: { ...noContent, reactions } };
    expect(reactionsPerMessage.measure(window)).toBe(2);
  });

  test("what a bot of the team writes is a bot's", () => {
    const aside = {
      day: Int32Array.of(1, 1, 2, 2),
      member: Uint32Array.of(1, 2, 1, 3),
      messages: Uint32Array.of(5, 7, 1, 2),
    };
    const marks = { staff: new Set([1, 3]), bots: new Set([2, 3]) };
    expect(teamOf(aside, marks)).toEqual({ messages: 6, botMessages: 9, members: 1 });
  });

  test("those who write most are told with whom they answer, not with who answers them", () => {
    const { window, names } = gather([
      ...Array.from({ length: 21 }, () => on("Anna", 1)),
      ...Array.from({ length: 5 }, () => on("Boris", 1)),
      on("Vera", 1),
    ]);
    const [anna = 0, boris = 0, vera = 0] = ["Anna", "Boris", "Vera"].map((name) => names.indexOf(name) + 1);
    const to = [vera, ...Array.from({ length: 9 }, () => boris)];
    const replying = {
      day: new Int32Array(10).fill(window.from),
      from: new Uint32Array(10).fill(anna),
      to: Uint32Array.from(to),
      space: new Uint16Array(10),
    };
    const told = (replies: typeof replying) =>
      topOf(
        {
          ...window,
          sheet: {
            ...window.sheet,
            replying: replies,
            arriving: { ...window.sheet.arriving, member: new Uint32Array() },
          },
        },
        2,
      );
    expect(told(replying)).toMatchObject([
      { member: anna, messages: 21, repliesTo: 2, repliedBy: 0, mostTo: [boris, vera] },
      { member: boris, messages: 5, repliesTo: 0, repliedBy: 1, mostTo: [] },
    ]);
    // Ten replies are a role's least: ten given in twenty-one messages are no answerer's yet, ten received and none given a starter's.
    expect(told({ ...replying, from: replying.to, to: replying.from })[0]?.role).toBe("starts");
    expect(told(replying)[0]?.role).toBeUndefined();
  });
});
