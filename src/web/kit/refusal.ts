import { m } from "#words";
import { type Failure, failure } from "./failure.ts";

/** Expected trouble as it reaches a page: recognised by name, because pages are built apart from the server and have classes of their own. */
export interface PageRefusal {
  kind: string;
  /** The sentence for the person, in the language of the request. */
  sentence: string;
  /** Sentences for single fields of a form. */
  fields: Record<string, string>;
}

// A code names its sentence only at run time; which values the sentence takes, the thrower of the code promises.
const sentences = m as unknown as Record<string, ((inputs: object) => string) | undefined>;

function sentenceOf(key: string, inputs: object): string | undefined {
  return sentences[key.replaceAll(/[.-]/g, "_")]?.(inputs);
}

/** Reads a refusal thrown by a procedure; undefined for anything else. */
export function readRefusal(error: unknown): PageRefusal | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("kind" in error)) return undefined;
  const details =
    "details" in error && typeof error.details === "object" && error.details !== null ? error.details : {};
  const code = String(error.code);
  const faults: unknown[] = "faults" in error && Array.isArray(error.faults) ? error.faults : [];
  return {
    kind: String(error.kind),
    sentence: sentenceOf(`refusal_${code}`, details) ?? m.web_refused({ code }),
    fields: Object.fromEntries(faults.flatMap(readFault)),
  };
}

function readFault(fault: unknown): [string, string][] {
  if (typeof fault !== "object" || fault === null || !("field" in fault) || !("kind" in fault)) return [];
  const wanted = "wanted" in fault ? String(fault.wanted) : "";
  return [[String(fault.field), sentenceOf(`web_fault_${String(fault.kind)}`, { wanted }) ?? m.web_fault_other()]];
}

/** Runs what an action does; a refusal becomes the failure its form shows, and a bug goes on to the error page. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined) throw error;
    return failure(refusal.sentence, refusal.fields);
  }
}
