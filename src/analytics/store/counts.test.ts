import { expect, test } from "vitest";
import { busyDomains } from "./counts.ts";
import { countDay, outsidersOf } from "./day-cache.ts";
import { packAnswering, packReplying, packWriting, unpackDay } from "./packing.ts";

const DAY = 20_500;

/** A day on which the shop was linked in two spaces and the blog in one. */
function linkedDay() {
  const sheet = { writing: packWriting([]), answering: packAnswering([]), replying: packReplying([]) };
  const links = {
    topic: "domain",
    spaces: [1, 2, 2],
    keys: ["shop.example", "shop.example", "blog.example"],
    counts: [6, 5, 3],
  } as const;
  return countDay({ day: DAY, ...unpackDay(sheet) }, [links], outsidersOf([]));
}

test("a domain linked in two spaces on one day is told once, with the links of both", () => {
  const among = (spaces: number[]) => busyDomains([linkedDay()], { from: DAY, to: DAY, spaces, least: 4 });
  const together = [{ day: DAY, key: "shop.example", count: 11 }];
  expect(among([])).toEqual(together);
  expect(among([1, 2])).toEqual(together);
  expect(among([2])).toEqual([{ day: DAY, key: "shop.example", count: 5 }]);
});
