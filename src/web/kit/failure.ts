/** What an action hands back when it could not be done: a sentence for the form, and sentences for single fields. */
export interface Failure {
  failed: true;
  message: string;
  fields: Record<string, string>;
}

/** A failure as an action returns it. */
export function failure(message: string, fields: Record<string, string> = {}): Failure {
  return { failed: true, message, fields };
}

/** Whether what came back from an action is a failure. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "failed" in value && value.failed === true;
}
