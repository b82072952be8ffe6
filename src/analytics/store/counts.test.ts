import * as fc from "fast-check";
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

test("what the team and bots wrote on a day is set apart, whoever it was, and nothing of anybody else is lost", () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }), fc.nat(23)));
  fc.assert(
    fc.property(rows, fc.subarray([1, 2, 3, 4, 5, 6, 9]), (written, team) => {
      const writing = packWriting(written.flatMap(([member, space, hour]) => [member, space, hour, 1]));
      const replying = packReplying(written.flatMap(([member, space]) => [member, 9, space]));
      const sheet = { writing, answering: packAnswering([]), replying };
      const { inside, outside } = countDay({ day: DAY, ...unpackDay(sheet) }, [], outsidersOf(team));
      for (const [side, isTeam] of [
        [inside, false],
        [outside, true],
      ] as const) {
        const theirs = written.filter(([member]) => team.includes(member) === isTeam);
        expect([...side.writing.member]).toEqual(theirs.map(([member]) => member));
        expect([...side.writing.hour]).toEqual(theirs.map(([, , hour]) => hour));
        expect([...side.replying.space]).toEqual(theirs.map(([, space]) => space));
        expect(new Set(side.present.member)).toEqual(new Set(theirs.map(([member]) => member)));
      }
    }),
  );
});
