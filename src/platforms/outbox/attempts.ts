import type { Refusal } from "#src/base/refusal.ts";
import type { Attempt } from "./model.ts";

/** How long to wait where a limit says stop and not for how long. */
const PATIENCE_MS = 60_000;

/**
 * What a refusal means for what was to be sent: come again when a limit says so, try again what is only away for the
 * moment, and put to a person what will not be taken however often it is tried.
 */
export function attemptOfRefusal({ kind, code, details }: Refusal): Attempt {
  if (kind === "too-many") {
    const { seconds } = details;
    return { outcome: "later", afterMs: typeof seconds === "number" ? seconds * 1000 : PATIENCE_MS };
  }
  return { outcome: kind === "unavailable" ? "failed" : "refused", error: code };
}

/**
 * What a status of HTTP means for it. Behind a 5xx or a 408 the work may have been done; 429 is the platform's wish to be
 * left alone, for the seconds it names.
 */
export function attemptOfStatus(status: number, retryAfter: string | null): Attempt {
  if (status >= 200 && status < 300) return { outcome: "sent" };
  if (status === 429) {
    const seconds = Number(retryAfter);
    return { outcome: "later", afterMs: retryAfter !== null && seconds > 0 ? seconds * 1000 : PATIENCE_MS, all: true };
  }
  const mayBeDone = status >= 500 || status === 408;
  return { outcome: mayBeDone ? "unknown" : "refused", error: `http-${status}` };
}

/** Nothing was sent: there is no way to the platform. */
const NO_WAY = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** What a fault of the line means for it: where none was there nothing was sent, otherwise nobody knows. */
export function attemptOfFault(error: unknown): Attempt {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const name = error instanceof Error ? error.name : "unknown";
  return { outcome: NO_WAY.has(code) ? "failed" : "unknown", error: code === "" ? name : code };
}
