/** One measured number with what was promised of it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** In words: `at most 0.6`, `at least 0.5`; empty for a number that is only told. */
  readonly goal: string;
  readonly holds: boolean;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** A number that must not be larger than the goal. */
export function atMost(name: string, measured: { value: number; goal: number; unit: string }): Figure {
  const { value, goal, unit } = measured;
  return { name, value: rounded(value), unit, goal: `at most ${goal}`, holds: value <= goal };
}

/** A number that must not be smaller than the goal. */
export function atLeast(name: string, measured: { value: number; goal: number; unit: string }): Figure {
  const { value, goal, unit } = measured;
  return { name, value: rounded(value), unit, goal: `at least ${goal}`, holds: value >= goal };
}

/** A number without a promise, told because it explains the others. */
export function told(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, goal: "", holds: true };
}

/** The value that this share of the measurements stays at or under; nearest-rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
