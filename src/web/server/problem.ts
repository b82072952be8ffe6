import type { Broken } from "#src/accounts/procedure.ts";
import { type FieldFault, InvalidRequest } from "#src/accounts/request-fault.ts";
import { Refusal, type RefusalKind, statusOf } from "#src/base/refusal.ts";
import { m } from "#words";
import type { Locale } from "#words/runtime";

/** RFC 9457 problem details, as every error of the API is told. */
export interface Problem {
  readonly type: string;
  readonly status: number;
  /** Stays the same for ever: what programs decide by. */
  readonly code: string;
  /** The sort of trouble, in the reader's language. */
  readonly title: string;
  /** What happened and what to do next, in the reader's language. */
  readonly detail: string;
  readonly details?: Refusal["details"];
  readonly faults?: readonly { readonly field: string; readonly code: string; readonly detail: string }[];
  /** Finds a bug in the log. */
  readonly number?: string;
}

type Sentence = (inputs: Record<string, string | number>, options: { locale: Locale }) => string;

// Which sentence is wanted is known only when the refusal arrives, so it is looked up by its key.
const sentences = m as unknown as Readonly<Record<string, Sentence>>;

function say(key: string, inputs: Record<string, string | number>, locale: Locale): string | undefined {
  return Object.hasOwn(sentences, key) ? sentences[key]?.(inputs, { locale }) : undefined;
}

/** The key of a refusal's sentence: `refusal_feature_reason`. */
export function sentenceOf(code: string): string {
  return `refusal_${code.replaceAll(/[.-]/g, "_")}`;
}

function titleOf(kind: RefusalKind | "broken", locale: Locale): string {
  return say(`accounts_kind_${kind.replaceAll("-", "_")}`, {}, locale) ?? kind;
}

function faultProblem(fault: FieldFault, locale: Locale) {
  const detail = say(`request_fault_${fault.kind}`, { wanted: fault.wanted }, locale) ?? fault.kind;
  return { field: fault.field, code: fault.kind, detail };
}

function refusalProblem(refusal: Refusal, locale: Locale): Problem {
  const { kind, code, details } = refusal;
  const faults =
    refusal instanceof InvalidRequest ? refusal.faults.map((fault) => faultProblem(fault, locale)) : undefined;
  return {
    type: `urn:veche:problem:${code}`,
    status: statusOf(kind),
    code,
    title: titleOf(kind, locale),
    detail: say(sentenceOf(code), details, locale) ?? titleOf(kind, locale),
    ...(Object.keys(details).length > 0 ? { details } : {}),
    ...(faults === undefined ? {} : { faults }),
  };
}

/** Tells an error in the reader's language. Of anything but a refusal only the number is told. */
export function problemOf(error: Refusal | Broken, locale: Locale): Problem {
  if (error instanceof Refusal) return refusalProblem(error, locale);
  const { number } = error;
  return {
    type: "urn:veche:problem:broken",
    status: 500,
    code: "broken",
    title: titleOf("broken", locale),
    detail: say("accounts_broken_next", { number }, locale) ?? number,
    number,
  };
}

/** The problem as an answer. */
export function problemResponse(error: Refusal | Broken, locale: Locale): Response {
  const problem = problemOf(error, locale);
  const headers = new Headers({
    "content-type": "application/problem+json",
    "content-language": locale,
    "cache-control": "no-store",
  });
  if (error instanceof Refusal && error.kind === "too-many") {
    headers.set("retry-after", String(error.details["seconds"] ?? 60));
  }
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="Veche"');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
