/** One hour of the week: Monday is 0, midnight is 0. */
export interface Cell {
  readonly weekday: number;
  readonly hour: number;
}

const LAST_DAY = 6;
const LAST_HOUR = 23;

const steps: Readonly<Record<string, readonly [days: number, hours: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -LAST_HOUR],
  End: [0, LAST_HOUR],
};

function between(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}

/**
 * Where a key leads from a cell, as the grid pattern of ARIA has it; undefined for keys that lead nowhere. Home and End go
 * to the ends of the day, with Ctrl (`whole`) to the ends of the week.
 */
export function nextCell({ weekday, hour }: Cell, key: string, whole: boolean): Cell | undefined {
  const step = steps[key];
  if (step === undefined) return undefined;
  const [days, hours] = step;
  const toEnd = key === "Home" || key === "End";
  const day = toEnd && whole ? weekday + Math.sign(hours) * LAST_DAY : weekday + days;
  return { weekday: between(day, LAST_DAY), hour: between(hour + hours, LAST_HOUR) };
}
