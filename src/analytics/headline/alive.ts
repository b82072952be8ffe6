import { liveliest } from "../metrics/heat-map.ts";
import type { Teller } from "./sentence.ts";

/** A seventh of an eighth of the week holds a 56th of the messages by chance; this is one and a half times that. */
const STANDS_OUT = 1.5 / 56;

/** When the community is most alive. */
export const alive: Teller = ({ now }) => {
  const [first] = liveliest(now, 1);
  if (first === undefined || first.share < STANDS_OUT) return undefined;
  const { weekday, fromHour, toHour } = first;
  return { key: "alive", facts: { weekday, from: `${fromHour}:00`, to: `${toHour % 24}:00` }, metric: "heat-map" };
};
