import { describe, expect, test } from "vitest";
import type { Window } from "../metrics/window.ts";
import { gather, said, type Said } from "../testing/said.ts";
import { tell } from "./all.ts";

/** `people` who each write `each` messages on days of January 2026, the first of each answered after that many seconds. */
function crowd(people: number, each: number, answeredAfter?: number): Window {
  const lines: Said[] = Array.from({ length: people }, (_, person) => person).flatMap((person) =>
    Array.from({ length: each }, (_, i) =>
      said(
        `P${person}`,
        `2026-01-${String(1 + ((person + i) % 28)).padStart(2, "0")}T19:00:00Z`,
        answeredAfter === undefined || i > 0 ? {} : { answeredAfter },
      ),
    ),
  );
  return gather(lines).window;
}

function keys(now: Window, before?: Window): string[] {
  return tell({ now, ...(before ? { before } : {}) }).map(({ key }) => key);
}

describe("the headline", () => {
  test("is silent when nobody wrote", () => {
    expect(keys(gather([]).window)).toEqual([]);
  });

  test("calls a tenth more people growing, and a tenth fewer getting quieter", () => {
    expect(keys(crowd(110, 1, 60), crowd(100, 1))[0]).toBe("growing_met");
    expect(keys(crowd(90, 1, 60), crowd(100, 1))[0]).toBe("shrinking_met");
    expect(keys(crowd(109, 1, 60), crowd(100, 1))[0]).toBe("steady_met");
    expect(keys(crowd(91, 1, 60), crowd(100, 1))[0]).toBe("steady_met");
  });

  test("says when newcomers leave unheard, with their share", () => {
    const [first] = tell({ now: crowd(120, 1), before: crowd(100, 1) });
    expect(first).toMatchObject({ key: "growing_unheard", facts: { newcomers: 120, percent: 100 } });
  });

  test("says nothing of newcomers where answers are unknown", () => {
    const now = { ...crowd(120, 1), knows: { replies: false, reactions: false, moves: false } };
    expect(keys(now, crowd(100, 1))[0]).toBe("growing");
  });

  test("does not call a handful of people growing", () => {
    expect(keys(crowd(12, 1, 60), crowd(6, 1))[0]).toBe("alone");
  });

  test("names who carries the talk, and when it is most alive, only where enough was written", () => {
    expect(keys(crowd(100, 6, 60), crowd(100, 6))).toEqual(["steady_met", "carried_by_many", "alive"]);
    expect(keys(crowd(30, 1, 60), crowd(30, 1))).toEqual(["steady_met", "carried_by_many"]);
  });

  test("tells how many questions stayed open, from twenty questions and three of ten on", () => {
    const questions = (count: number, open: number) => {
      const lines = Array.from({ length: count }, (_, n) => ({
        ...said(`P${n}`, "2026-01-05T10:00:00Z", n < open ? {} : { answeredAfter: 60 }),
        isQuestion: true,
      }));
      return tell({ now: gather(lines).window }).find(({ key }) => key === "open_questions")?.facts;
    };
    expect(questions(20, 6)).toEqual({ count: 6, asked: 20, percent: 30 });
    expect([questions(20, 5), questions(19, 6)]).toEqual([undefined, undefined]);
  });

  test("never says more than three things", () => {
    expect(tell({ now: crowd(200, 10) }).length).toBeLessThanOrEqual(3);
  });
});
