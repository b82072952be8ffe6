import { m } from "#words";

type Sentence = (inputs: Readonly<Record<string, string | number>>) => string;

// Which sentence takes which inputs, the code that carries them promises; a missing one shows as an empty place.
const sentences = new Map(Object.entries(m) as unknown as [string, Sentence][]);

/**
 * The sentence of a code such as `imports_reason_too-long`; undefined when there is none. Only for loaders and actions:
 * it knows every sentence of the program, which is more than a browser should load.
 */
export function sentenceOf(code: string, details: Readonly<Record<string, string | number>> = {}): string | undefined {
  return sentences.get(code.replaceAll(/[-.]/g, "_"))?.(details);
}

/** Why something was put aside, in a few words. */
export function reasonName(reason: string): string {
  return sentenceOf(`imports_reason_${reason}`) ?? reason;
}
