import { m } from "#words";

const words: readonly (() => string)[] = [
  m.hub_number_1,
  m.hub_number_2,
  m.hub_number_3,
  m.hub_number_4,
  m.hub_number_5,
  m.hub_number_6,
  m.hub_number_7,
  m.hub_number_8,
  m.hub_number_9,
];

/** A number from 1 to 9 in words. */
export function numberWord(number: number): string {
  return words[number - 1]?.() ?? String(number);
}
