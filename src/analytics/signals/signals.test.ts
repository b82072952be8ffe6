import { describe, expect, test } from "vitest";
import { gather, said, type Said } from "../testing/said.ts";
import type { Window } from "../metrics/window.ts";
import { findSignals } from "./all.ts";
import type { Evidence } from "./signal.ts";

const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
/** Twelve weeks: eight to learn what is usual, four that are looked at. */
const DAYS = 84;
const LOOKED_AT = 28;

function dayOf(place: number): string {
  return new Date(START + place * DAY).toISOString().slice(0, 10);
}

const window: Window = (() => {
  const { window: whole } = gather([
    said("Anna", `${dayOf(0)}T10:00:00Z`),
    said("Anna", `${dayOf(DAYS - 1)}T10:00:00Z`),
  ]);
  return { ...whole, from: whole.to - LOOKED_AT + 1 };
})();

function series(usual: number, changes: Record<number, number> = {}): number[] {
  return Array.from({ length: DAYS }, (_, place) => changes[place] ?? usual + (place % 3));
}

function evidence(more: Partial<Evidence>): Evidence {
  return {
    window,
    seriesFrom: window.historyFrom,
    messages: series(40),
    newMembers: series(1),
    joined: [],
    busyDomains: [],
    notable: [],
    ...more,
  };
}

function kinds(more: Partial<Evidence>): string[] {
  return findSignals(evidence(more)).map(({ kind }) => kind);
}

describe("what stands out", () => {
  test("is nothing when the days are alike", () => {
    expect(kinds({})).toEqual([]);
  });

  test("is a day with several times the messages of that weekday, with what would have been usual", () => {
    const [found] = findSignals(evidence({ messages: series(40, { 70: 300 }) }));
    expect(found).toMatchObject({ kind: "lively-days", from: window.historyFrom + 70, to: window.historyFrom + 70 });
    expect(found?.facts).toMatchObject({ count: 300, days: 1 });
    expect(found?.facts["usual"]).toBeGreaterThanOrEqual(40);
    expect(found?.facts["high"]).toBeLessThan(300);
  });

  test("is told once for days side by side", () => {
    const found = findSignals(evidence({ messages: series(40, { 70: 300, 71: 280 }) }));
    expect(found).toHaveLength(1);
    expect(found[0]?.facts).toMatchObject({ count: 580, days: 2 });
  });

  test("is not a busy weekday that is busy every week", () => {
    const mondays = series(40).map((value, place) => (place % 7 === 0 ? 300 : value));
    expect(kinds({ messages: mondays })).toEqual([]);
  });

  test("is neither twice the usual of a small place nor a day within what has always scattered", () => {
    expect(kinds({ messages: series(5, { 70: 20 }) })).toEqual([]);
    const scattered = series(40).map((value, place) => (place % 7 === 0 ? (place % 2 === 0 ? 10 : 100) : value));
    expect(kinds({ messages: scattered.with(70, 150) })).toEqual([]);
  });

  test("is a day on which hardly anybody wrote, but not where silence is ordinary", () => {
    expect(kinds({ messages: series(40, { 65: 3 }) })).toEqual(["quiet-days"]);
    expect(kinds({ messages: series(4, { 65: 0 }) })).toEqual([]);
  });

  test("is not the last day, which may not be over", () => {
    expect(kinds({ messages: series(40, { [DAYS - 1]: 0 }) })).toEqual([]);
    expect(kinds({ messages: series(40, { [DAYS - 2]: 0, [DAYS - 1]: 0 }) })).toEqual(["quiet-days"]);
  });

  test("is a community that falls silent for more than a week", () => {
    const silent = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [74 + i, 0]));
    const [found] = findSignals(evidence({ messages: series(40, silent) }));
    expect(found).toMatchObject({ kind: "fell-silent", facts: { days: 10, count: 0 } });
  });

  test("is no community that fell silent for six days, or that writes a third of what it did", () => {
    const days = (count: number, value: number) =>
      kinds({ messages: series(40, Object.fromEntries(Array.from({ length: count }, (_, i) => [70 + i, value]))) });
    expect([days(6, 0), days(7, 0)]).toEqual([["quiet-days"], ["fell-silent"]]);
    expect(days(8, 15)).toEqual([]);
  });

  test("is no handful of people who came in or wrote for the first time", () => {
    expect(kinds({ joined: series(2, { 75: 15 }) })).toEqual([]);
    expect(kinds({ newMembers: series(1, { 75: 8 }) })).toEqual([]);
  });

  test("is many people coming in at once, with how many of them said anything", () => {
    const [found] = findSignals(evidence({ joined: series(2, { 75: 90 }) }));
    expect(found).toMatchObject({ kind: "join-burst", facts: { count: 90, wrote: 1 } });
  });

  test("is a wave of people who write for the first time", () => {
    expect(kinds({ newMembers: series(2, { 75: 40 }) })).toEqual(["newcomer-wave"]);
  });

  test("is one site linked many times as often as in the weeks before", () => {
    const day = window.historyFrom + 70;
    const usual = Array.from({ length: 20 }, (_, i) => ({ day: day - 1 - i, key: "blog.example", count: 5 }));
    const shop = { day, key: "shop.example", count: 30 };
    const blog = { day, key: "blog.example", count: 6 };
    const found = findSignals(evidence({ busyDomains: [...usual, shop, blog] }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: "domain-burst", behind: { kind: "domain", domain: "shop.example" } });
    const daily = Array.from({ length: 56 }, (_, i) => ({ day: day - 1 - i, key: "blog.example", count: 5 }));
    const [post] = findSignals(evidence({ busyDomains: [...daily, { day, key: "blog.example", count: 25 }] }));
    expect(post).toMatchObject({ kind: "domain-burst", facts: { count: 25, usual: 5 } });
  });

  test("is a message with more reactions than any before it, and the message is named by its writer", () => {
    const note = (place: number, count: number) => ({
      day: window.historyFrom + place,
      topic: "reactions" as const,
      messageId: `00000000-0000-7000-8000-0000000000${place}`,
      member: 1,
      count,
    });
    expect(findSignals(evidence({ notable: [note(30, 12), note(70, 25)] }))[0]).toMatchObject({
      kind: "reaction-record",
      member: 1,
      facts: { count: 25, before: 12 },
    });
    expect(kinds({ notable: [note(30, 26), note(70, 25)] })).toEqual([]);
  });

  test("says nothing in the first weeks of a history, when nothing is usual yet", () => {
    const young = { ...window, from: window.historyFrom, to: window.historyFrom + 13 };
    expect(kinds({ window: young, messages: series(40, { 5: 900 }) })).toEqual([]);
    // Days before the history are not days on which nobody wrote.
    const begun = { ...window, historyFrom: window.from - 14 };
    const none = Object.fromEntries(Array.from({ length: DAYS - LOOKED_AT - 14 }, (_, place) => [place, 0]));
    expect(kinds({ window: begun, seriesFrom: window.historyFrom, messages: series(40, none) })).toEqual([]);
  });
});

describe("questions that nobody answered", () => {
  /** Four weeks with so many questions in each, and so many of the last week's left open. */
  const piled = (questions: number, open: number) => {
    const weeks = Array.from({ length: 4 }, (_, week) => week).flatMap((week) =>
      Array.from({ length: week === 3 ? questions : 20 }, (_, n) => ({
        ...said(`P${n}`, new Date(START + (week * 7 + (n % 7)) * DAY + 36e5).toISOString()),
        isQuestion: true,
        ...(week === 3 && n < open ? {} : { answeredAfter: 60 }),
      })),
    );
    const { window: found } = gather(weeks);
    return findSignals(evidence({ window: found, seriesFrom: found.from }));
  };

  test("pile up where ten and more are open and at least half of what was asked", () => {
    expect(piled(20, 10)).toMatchObject([{ kind: "unanswered-pile", facts: { count: 10, asked: 20, usual: 0 } }]);
    expect([piled(18, 9), piled(32, 12)]).toEqual([[], []]);
  });
});

describe("one person who suddenly carries the talk", () => {
  function weeks(shareOf: (week: number) => number): Said[] {
    return Array.from({ length: 4 }, (_, week) => week).flatMap((week) =>
      Array.from({ length: 200 }, (_, i) => {
        const by = i < 200 * shareOf(week) ? "Anna" : `Member ${i % 40}`;
        return said(by, new Date(START + (week * 7 + (i % 7)) * DAY + 36e5).toISOString());
      }),
    );
  }
  const carried = (shareOf: (week: number) => number): string[] => {
    const { window: found } = gather(weeks(shareOf));
    return kinds({ window: found, seriesFrom: found.from });
  };

  test("stands out in the week it begins", () => {
    expect(carried((week) => (week === 3 ? 0.4 : 0.05))).toEqual(["sudden-carrier"]);
  });

  test("does not when it has always been so", () => {
    expect(carried(() => 0.4)).toEqual([]);
  });
});
