/** What sort of trouble a refusal is; HTTP status and exit code follow from it. */
export type RefusalKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "too-large"
  | "too-many"
  | "unavailable";

const statuses: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  "too-many": 429,
  unavailable: 503,
};

/** The status of HTTP that says a kind of trouble: RFC 9110, section 15.5, and 429 of RFC 6585. */
export function statusOf(kind: RefusalKind): number {
  return statuses[kind];
}

/** Facts a sentence may need: a limit, a name the person typed. Never a secret, never the text of a message. */
export type RefusalDetails = Readonly<Record<string, string | number>>;

/**
 * Expected trouble: somebody asked for something that cannot be done, and can be told why. `code` is
 * `feature.reason` and names the sentence in the words of that feature (`refusal_feature_reason`).
 * Anything else that is thrown is a bug.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly details: RefusalDetails;

  constructor(kind: RefusalKind, code: string, details: RefusalDetails = {}) {
    super(code);
    this.name = "Refusal";
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/** Ends what is being done, with a reason for the person who asked. */
export function refuse(kind: RefusalKind, code: string, details?: RefusalDetails): never {
  throw new Refusal(kind, code, details);
}
