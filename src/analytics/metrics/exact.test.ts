import { describe, expect, test } from "vitest";
import { asReference, EVERYTHING, gitterHistory, gitterIsHere, gitterReference } from "../testing/gitter.ts";
import { gather, said } from "../testing/said.ts";
import { exactFigures } from "./exact.ts";
import { topOf } from "./talk.ts";

describe.skipIf(!gitterIsHere)("an independent program's figures for a real community (needs ../shared/data)", () => {
  test("are reproduced for the whole community and for one of its rooms", () => {
    const history = gitterHistory().map(({ ts, user_id, room }) => ({ at: Date.parse(ts), by: user_id, room }));
    for (const [name, { top10, first: _first, last: _last, ...expected }] of Object.entries(gitterReference())) {
      const { window, names } = gather(name === EVERYTHING ? history : history.filter(({ room }) => room === name));
      expect(asReference(exactFigures(window))).toEqual(expected);
      expect(topOf(window, 10).map(({ member, messages }) => ({ user_id: names[member - 1], messages }))).toEqual(
        top10,
      );
    }
  });
});

describe("the exact figures", () => {
  test("of a community in which nobody ever wrote are zeros, not errors", () => {
    const figures = exactFigures(gather([]).window);
    expect(figures).toMatchObject({
      messages: 0,
      members: 0,
      gini: 0,
      top1PercentShare: 0,
      oneMessageMembers: 0,
      months: {},
    });
    expect(figures.retention.day7to13).toEqual({ eligible: 0, retained: 0, rate: 0 });
    expect(Object.keys(figures.byHour)).toHaveLength(24);
  });

  test("of a single member say that this one wrote everything and that all is equal", () => {
    const figures = exactFigures(gather([said("Anna", "2026-01-01T10:00:00Z")]).window);
    expect(figures).toMatchObject({ messages: 1, members: 1, gini: 0, top1PercentShare: 1, oneMessageMembers: 1 });
  });

  test("count a message at midnight for the day and month that begin", () => {
    const figures = exactFigures(
      gather([said("Anna", "2026-01-31T23:59:59.999Z"), said("Anna", "2026-02-01T00:00:00Z")]).window,
    );
    expect(Object.keys(figures.months)).toEqual(["2026-01", "2026-02"]);
    expect(figures.byHour).toMatchObject({ 0: 1, 23: 1 });
    expect(figures.months["2026-02"]).toEqual({ messages: 1, activeMembers: 1, newMembers: 0, meanDailyActive: 1 });
  });

  test("ask for a return only of those whose chance to return has wholly passed", () => {
    const first = said("Anna", "2026-01-01T10:00:00Z");
    const tooShort = gather([first, said("Boris", "2026-01-14T10:00:00Z")]).window;
    expect(exactFigures(tooShort).retention.day7to13.eligible).toBe(0);
    const longEnough = gather([first, said("Boris", "2026-01-15T10:00:00Z")]).window;
    expect(exactFigures(longEnough).retention.day7to13).toEqual({ eligible: 1, retained: 0, rate: 0 });
  });

  test("take days 7 and 13 for a return in the second week, and days 6 and 14 not", () => {
    const end = said("Boris", "2026-02-15T10:00:00Z");
    const returned = (date: string): number =>
      exactFigures(gather([said("Anna", "2026-01-01T23:00:00Z"), said("Anna", `${date}T01:00:00Z`), end]).window)
        .retention.day7to13.retained;
    expect(["2026-01-07", "2026-01-08", "2026-01-14", "2026-01-15"].map(returned)).toEqual([0, 1, 1, 0]);
  });
});
