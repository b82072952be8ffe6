import { expect, test } from "vitest";
import { askOf, sameAsk } from "./ask.ts";
import { periodFault, presetOf, presetsOf } from "./periods.ts";

const year = { from: "2015-11-30", to: "2016-11-29", days: 366 };

test("the usual periods end with the last day that is stored, not with today", () => {
  const presets = presetsOf(year);
  expect(presets.map(({ from }) => from)).toEqual(["2016-10-31", "2016-09-01", "2015-12-01", "2015-11-30"]);
  expect(presets.every(({ to }) => to === "2016-11-29")).toBe(true);
});

test("a short history is offered whole and in the lengths that fit into it", () => {
  expect(presetsOf({ from: "2016-11-01", to: "2016-11-20", days: 20 })).toHaveLength(1);
});

test("the period on the page is recognised among the usual ones", () => {
  const presets = presetsOf(year);
  expect(presetOf(presets, { from: "2016-09-01", to: "2016-11-29", days: 90 })?.label).toBe("Last 90 days");
  expect(presetOf(presets, { from: "2016-09-02", to: "2016-11-29", days: 89 })).toBeUndefined();
});

test("dates that make no period say why", () => {
  expect(periodFault("2016-01-02", "2016-01-01")).toBe("The first day is after the last");
  expect(periodFault("", "2016-01-01")).toBe("Both days are needed");
  expect(periodFault("1990-01-01", "2016-01-01")).toBe("At most ten years at once");
  expect(periodFault("2016-01-01", "2016-01-01")).toBeUndefined();
});

test("an address with nonsense in it asks for the usual audit", () => {
  const query = new URLSearchParams("from=tomorrow&segment=robots&spaces=all&compare=maybe");
  expect(askOf(query)).toEqual({});
});

test("opening the messages behind a number does not ask for the audit again", () => {
  const audit = new URL("https://veche.example/console/camp/audit?from=2016-01-01&to=2016-01-31");
  const panel = new URL("https://veche.example/console/camp/audit/behind?from=2016-01-01&to=2016-01-31&of=all");
  const other = new URL("https://veche.example/console/camp/audit?from=2016-02-01&to=2016-02-28");
  const elsewhere = new URL("https://veche.example/console/chess/audit?from=2016-01-01&to=2016-01-31");
  expect(sameAsk(audit, panel)).toBe(true);
  expect(sameAsk(audit, other)).toBe(false);
  expect(sameAsk(audit, elsewhere)).toBe(false);
});
