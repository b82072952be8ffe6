import { expect, test } from "vitest";
import { askOf, isNarrowed, isView, listViews, viewHref } from "./list-address.ts";

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

test("each view is recognised by its own address and by no other", () => {
  for (const view of listViews) {
    const query = new URLSearchParams(viewHref(view).slice(1));
    expect(listViews.filter((other) => isView(query, other))).toEqual([view]);
  }
  expect(isNarrowed(new URLSearchParams("sort=name&open=1"))).toBe(false);
});
