import { m } from "#words";
import type { Locale } from "#words/runtime";
import { roles } from "../../model.ts";
import { roleName } from "./role-name.ts";

// An operation names its sentence only at run time; a test holds that every operation that changes something has one.
const sentences = m as unknown as Record<
  string,
  ((inputs: object, options?: { locale: Locale }) => string) | undefined
>;

const snaked = (name: string): string =>
  name.replaceAll("-", "_").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A particular of a deed, `role: editor`, in words; what has none is told as it is kept. */
export function detailText(name: string, value: unknown): string {
  const shown = String(value);
  const wordOf = (part: string) => sentences[`trail_value_${snaked(part)}`]?.({}) ?? part;
  const role = roles.find((each) => each === shown);
  const told = role === undefined ? shown.split(", ").map(wordOf).join(", ") : roleName(role);
  return `${sentences[`trail_detail_${snaked(name)}`]?.({}) ?? name}: ${told}`;
}

/** The key of the sentence for an operation: `createApiKey` is told by `trail_did_create_api_key`. */
export function deedKey(operation: string): string {
  return `trail_did_${snaked(operation)}`;
}

/** What was done, in words; an operation of an older or newer Veche is told by its own name. */
export function deedName(operation: string, locale?: Locale): string {
  const sentence = sentences[deedKey(operation)];
  if (sentence === undefined) return operation;
  return locale === undefined ? sentence({}) : sentence({}, { locale });
}
