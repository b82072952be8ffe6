import { peopleOf, sortedMessages } from "../metrics/people.ts";
import { halfOf, topShareOf } from "../metrics/spread.ts";
import { percent, type Teller } from "./sentence.ts";

/** Among fewer people it is no news that few of them write most. */
const FEWEST_PEOPLE = 20;
/** Up to this part of the people writing half is told as a few carrying all; above it, as many sharing. */
const FEW = 0.15;

/** How few people write half of everything. */
export const carriers: Teller = ({ now }) => {
  const people = peopleOf(now).count;
  if (people < FEWEST_PEOPLE) return undefined;
  const ascending = sortedMessages(now);
  const count = halfOf(ascending);
  const facts = { count, people, percent: percent(topShareOf(ascending, 0.01)) };
  if (count === 1) return { key: "carried_by_one", facts, metric: "half-from" };
  return { key: count <= people * FEW ? "carried_by_few" : "carried_by_many", facts, metric: "half-from" };
};
