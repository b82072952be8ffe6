import { expect, test } from "vitest";
import {
  apiQuery,
  askOf,
  editHref,
  filterOf,
  isNarrowed,
  isView,
  listViews,
  queryOf,
  viewHref,
} from "./list-address.ts";

test("an address says whom the list shows and in what order", () => {
  const query = new URLSearchParams("search=%20анна%20&kind=people&active=30&messages=10&sort=messages&after=abc");
  expect(askOf(query)).toEqual({
    search: "анна",
    staff: false,
    bots: false,
    activeWithin: 30,
    messagesAtLeast: 10,
    sort: "messages",
    after: "abc",
  });
});

test("what an old or mistyped address says is left out, and the list still opens", () => {
  expect(askOf(new URLSearchParams("kind=robots&active=-3&messages=x&sort=height&search="))).toEqual({
    sort: "last-active",
  });
});

test("levels, stages, tags and segments stand in the address by one word each", () => {
  const id = "01a20320-a200-79d4-a375-8f0a43ac582e";
  const ask = askOf(new URLSearchParams(`level=leading&stage=dormant&tag=${id}&segment=${id}`));
  expect(filterOf(ask)).toEqual({ level: ["leading"], stage: ["dormant"], tag: [id], segment: id });
  expect(apiQuery(ask)).toBe(`level=leading&stage=dormant&tag=${id}&segment=${id}&sort=last-active`);
  expect(filterOf(askOf(new URLSearchParams("level=chief&tag=x&segment=y")))).toEqual({});
});

test("each view is recognised by its own address and by no other", () => {
  for (const view of listViews) {
    const query = new URLSearchParams(viewHref(view).slice(1));
    expect(listViews.filter((other) => isView(query, other))).toEqual([view]);
  }
  expect(isNarrowed(new URLSearchParams("sort=name&open=1"))).toBe(false);
});

test("a segment's filter opens in the list as it was saved, and one that the list cannot show does not", () => {
  const id = "01a20320-a200-79d4-a375-8f0a43ac582e";
  const filter = {
    search: "анна",
    staff: false,
    bots: false,
    messagesAtLeast: 20,
    level: ["leading" as const],
    tag: [id],
  };
  expect(filterOf(askOf(queryOf(filter) ?? new URLSearchParams()))).toEqual(filter);
  expect(editHref({ id, filter: { activeWithin: 30 } })).toBe(`?active=30&edit=${id}`);
  expect(queryOf({ level: ["leading", "exploring"] })).toBeUndefined();
  expect(queryOf({ activeSince: "2026-01-01" })).toBeUndefined();
  expect(queryOf({ staff: false })).toBeUndefined();
});
