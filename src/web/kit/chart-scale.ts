/** Turns places along a series and values into pixels. */
export interface Scale {
  x: (place: number) => number;
  y: (value: number) => number;
  /** The largest value of the axis, rounded up to a figure people read easily. */
  top: number;
  /** The smallest: zero, or below when values are. */
  bottom: number;
}

export type Values = readonly (number | undefined)[];

/** A scale that holds all series, always with the zero line in it. `inset` keeps thick lines from being cut at the edges. */
export function scaleOf(
  series: readonly Values[],
  { width, height, inset = 0 }: { width: number; height: number; inset?: number },
): Scale {
  const values = series.flat().filter((value) => value !== undefined);
  const places = Math.max(1, ...series.map((one) => one.length - 1));
  const top = niceTop(Math.max(0, ...values));
  const bottom = Math.min(0, ...values) === 0 ? 0 : -niceTop(-Math.min(0, ...values));
  const room = top - bottom || 1;
  return {
    x: (place) => inset + (place / places) * (width - 2 * inset),
    y: (value) => height - inset - ((value - bottom) / room) * (height - 2 * inset),
    top: top === 0 && bottom === 0 ? 1 : top,
    bottom,
  };
}

/** The next of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten. */
export function niceTop(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * 0.999_999) ?? 10;
  return step * power;
}

/** The heights at which to draw quiet lines: zero, the top, and one or two between. */
export function gridValues({ top, bottom }: Pick<Scale, "top" | "bottom">): number[] {
  const room = top - bottom;
  // A handful of things is counted one by one: nobody writes half a message.
  const steps = room <= 5 && Number.isInteger(room) ? room : ([4, 3, 2].find((count) => isRound(room / count)) ?? 2);
  return Array.from({ length: steps + 1 }, (_, step) => bottom + ((top - bottom) * step) / steps);
}

function isRound(step: number): boolean {
  const scaled = step / 10 ** (Math.floor(Math.log10(step)) - 1);
  return Math.abs(scaled - Math.round(scaled)) < 1e-9 && Math.round(scaled) % 5 === 0;
}

/** The path of a line; a missing value leaves a gap. A lone value between gaps becomes a dot. */
export function linePath(values: Values, { x, y }: Pick<Scale, "x" | "y">): string {
  return values
    .map((value, place) => {
      if (value === undefined) return "";
      const starts = place === 0 || values[place - 1] === undefined;
      const alone = starts && values[place + 1] === undefined;
      const at = `${round(x(place))} ${round(y(value))}`;
      return `${starts ? "M" : "L"}${at}${alone ? `L${at}` : ""}`;
    })
    .join("");
}

/** Places along an axis that get a label: about one in `room` pixels, always the first. */
export function labelledPlaces(count: number, width: number, room = 88): number[] {
  const most = Math.max(2, Math.floor(width / room));
  const step = Math.max(1, Math.ceil((count - 1) / Math.max(1, most - 1)));
  return Array.from({ length: count }, (_, place) => place).filter((place) => place % step === 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
