/** Trouble of the moment (connection gone, deadlock, serialization, shutdown): what was being stored is not to blame. */
const PASSING = /^(08|40|53|55|57|58)/;

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** A failure without anything a member wrote: its name, and the code of PostgreSQL or of a refusal. */
export function nameOfFailure(error: unknown): string {
  const name = error instanceof Error ? error.name : "unknown";
  const code = codeOf(error);
  return code === "" ? name : `${name} ${code}`;
}

/** Whether it passes by itself, so that the same is tried again. */
export function isPassingFailure(error: unknown): boolean {
  const code = codeOf(error);
  return PASSING.test(code) || /^E[A-Z]+$/.test(code);
}
