import { expect, test } from "vitest";
import { layoutNetwork } from "./network-layout.ts";

const nodes = ["a", "b", "c", "d"].map((id, place) => ({ id, name: id, weight: 10 - place }));
const edges = [
  { from: "a", to: "b", weight: 20 },
  { from: "c", to: "d", weight: 1 },
];
const size = { width: 560, height: 360 };

test("the same talk always gives the same picture, inside its frame", () => {
  const first = layoutNetwork(nodes, edges, size);
  expect(first).toEqual(layoutNetwork(nodes.toReversed(), edges, size));
  for (const { x, y } of first.values()) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(size.width);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(size.height);
  }
});

test("one person alone stands in the middle", () => {
  const [lonely] = nodes;
  expect(layoutNetwork(lonely === undefined ? [] : [lonely], [], size).get("a")).toEqual({ x: 280, y: 180 });
});

test("two circles that never talk to each other stand side by side, each wide enough to be read", () => {
  const circle = (name: string) =>
    ["1", "2", "3", "4", "5"].map((id, place) => ({ id: name + id, name: name + id, weight: 9 - place }));
  const ring = (name: string) =>
    ["12", "23", "34", "45", "51"].map(([from, to]) => ({ from: `${name}${from}`, to: `${name}${to}`, weight: 3 }));
  const places = layoutNetwork([...circle("t"), ...circle("s")], [...ring("t"), ...ring("s")], size);
  const across = (name: string) => [...places].filter(([id]) => id.startsWith(name)).map(([, { x }]) => x);
  const [t, s] = [across("t"), across("s")];
  const widths = [Math.max(...t) - Math.min(...t), Math.max(...s) - Math.min(...s)];
  const gap = Math.max(Math.min(...s) - Math.max(...t), Math.min(...t) - Math.max(...s));
  expect(gap).toBeGreaterThan(0);
  expect(gap).toBeLessThan(Math.min(...widths));
});
