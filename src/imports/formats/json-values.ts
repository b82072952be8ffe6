/** An object of an export. What is in it is looked at field by field. */
export type Raw = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a field; undefined when it is empty or none. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The objects of a list; nothing when it is none. */
export function rawsIn(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

/** A count of people or things: whole and not negative, 0 for anything else. */
export function countIn(value: unknown): number {
  return typeof value === "number" && value > 0 ? Math.min(Math.floor(value), 2 ** 30) : 0;
}
