/** Dice that fall the same in every run. */
export interface Dice {
  /** From 0 up to but not including 1. */
  roll(): number;
  /** Whether something of this chance happens. */
  chance(share: number): boolean;
  /** From 0 up to but not including `below`, small ones more often the larger `slope` is (1: all alike). */
  place(below: number, slope?: number): number;
  pick<Item>(items: readonly Item[], slope?: number): Item;
}

/** Mulberry32 by Tommy Ettinger, public domain: good enough for made-up people. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const place = (below: number, slope = 1): number => Math.floor(below * roll() ** slope);
  return {
    roll,
    chance: (share) => roll() < share,
    place,
    pick: (items, slope) => {
      const item = items[place(items.length, slope)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
  };
}
