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

/**
 * The sentence of expected trouble, for the person. What is no expected trouble is thrown on, so that the page of errors
 * shows its number. Recognised by name: pages are built apart from the server and have a class of their own.
 */
export function refusalText(error: unknown): string {
  if (!(error instanceof Error) || error.name !== "Refusal" || !("code" in error)) throw error;
  const code = String(error.code);
  const details = "details" in error && typeof error.details === "object" ? { ...error.details } : {};
  return sentenceOf(`refusal_${code}`, details) ?? m.imports_page_refused({ code });
}
