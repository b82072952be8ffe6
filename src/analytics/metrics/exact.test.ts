import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { exactFigures, type ExactFigures } from "./exact.ts";
import { topOf } from "./talk.ts";
import { gather, said, type Said } from "./written.test-support.ts";

const HISTORY = new URL("../../../../shared/data/chat_fcc_gitter.jsonl.gz", import.meta.url);
const REFERENCE = new URL("../../../../shared/data/gitter_reference_metrics.json", import.meta.url);
const present = existsSync(HISTORY) && existsSync(REFERENCE);

interface Reference {
  messages: number;
  members: number;
  top10: { user_id: string; messages: number }[];
  top1pct_share: number;
  gini: number;
  one_message_members: number;
  retention: Record<"window_day7_to_13" | "window_day30_to_36", { eligible: number; retained: number; rate: number }>;
  months: Record<string, { messages: number; mau: number; new: number; avg_dau: number }>;
  by_hour_utc: Record<string, number>;
  by_weekday_mon0: Record<string, number>;
}

function readHistory(): (Said & { room: string })[] {
  // Split at newlines alone: a line reader would also break at U+2028, which members' texts contain.
  const lines = gunzipSync(readFileSync(HISTORY)).toString("utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const { ts, user_id, room } = JSON.parse(line) as { ts: string; user_id: string; room: string };
      return { at: Date.parse(ts), by: user_id, room };
    });
}

function asReference(figures: ExactFigures): Omit<Reference, "top10"> {
  const months = Object.entries(figures.months).map(([key, month]) => [
    key,
    { messages: month.messages, mau: month.activeMembers, new: month.newMembers, avg_dau: month.meanDailyActive },
  ]);
  return {
    messages: figures.messages,
    members: figures.members,
    top1pct_share: figures.top1PercentShare,
    gini: figures.gini,
    one_message_members: figures.oneMessageMembers,
    retention: { window_day7_to_13: figures.retention.day7to13, window_day30_to_36: figures.retention.day30to36 },
    months: Object.fromEntries(months) as Reference["months"],
    by_hour_utc: figures.byHour,
    by_weekday_mon0: figures.byWeekday,
  };
}

describe.skipIf(!present)("an independent program's figures for a real community (needs ../shared/data)", () => {
  test("are reproduced for the whole community and for one of its rooms", () => {
    const reference = JSON.parse(readFileSync(REFERENCE, "utf8")) as Record<string, Reference>;
    const history = readHistory();
    for (const [name, expected] of Object.entries(reference)) {
      const { window, names } = gather(name === "ALL_HANDOUT" ? history : history.filter(({ room }) => room === name));
      const { top10, first: _first, last: _last, ...rest } = expected as Reference & { first: string; last: string };
      expect(asReference(exactFigures(window))).toEqual(rest);
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
