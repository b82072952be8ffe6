import { m } from "#words";

/** The API refused: the sentence is for the person, the code for us. */
export class ApiRefusal extends Error {
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

function problemOf(answer: unknown): { code: string; detail: string } {
  const problem: Record<string, unknown> = typeof answer === "object" && answer !== null ? { ...answer } : {};
  const { code, detail } = problem;
  return {
    code: typeof code === "string" ? code : "",
    detail: typeof detail === "string" ? detail : m.accounts_page_no_answer(),
  };
}

/**
 * Asks the API from the browser, for what a form cannot send: passkeys, and changes that first ask who one is. Throws
 * `ApiRefusal` with a sentence in the reader's language.
 */
export async function callApi(method: "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<unknown> {
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const answer = await fetch(`/api/v1${path}`, { method, ...json }).catch(() => undefined);
  const told: unknown = await answer?.json().catch(() => undefined);
  if (answer?.ok === true) return told;
  const { code, detail } = problemOf(told);
  throw new ApiRefusal(code, detail);
}

/** A list of texts in an answer, under this name. */
export function textsIn(answer: unknown, name: string): string[] {
  const value: unknown = typeof answer === "object" && answer !== null ? Reflect.get(answer, name) : undefined;
  return Array.isArray(value) ? value.map(String) : [];
}

/** A text in an answer, under this name; empty when there is none. */
export function textIn(answer: unknown, name: string): string {
  const value: unknown = typeof answer === "object" && answer !== null ? Reflect.get(answer, name) : undefined;
  return typeof value === "string" ? value : "";
}
