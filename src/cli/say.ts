import { m } from "#words";
import type { Refusal } from "#src/base/refusal.ts";

/** Prints a line that is the command's result; with `--json` results go through `printJson` alone. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints the result for machines: one JSON value. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, process.stdout.isTTY ? 2 : 0)}\n`);
}

/** Tells the person something beside the result: on standard error, so that pipes stay clean. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The sentence of a refusal in the language of the terminal; its code where no feature has a sentence for it. */
export function sentenceOf({ code, details }: Refusal): string {
  const key = `refusal_${code.replaceAll(/[.-]/g, "_")}`;
  // The names of sentences are made from the same files as the codes; a missing one is checked for right below.
  const sentence = (m as unknown as Record<string, ((inputs: object) => string) | undefined>)[key];
  return sentence === undefined ? code : sentence(details);
}
