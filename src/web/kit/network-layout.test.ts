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
