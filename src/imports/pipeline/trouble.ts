function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/**
 * The database refuses what it was given, however often it is given: a value it cannot hold (SQLSTATE class 22), a rule
 * that is broken (23), a row or key too large (54).
 */
export function isOfTheData(error: unknown): boolean {
  return /^(?:22|23|54)...$/.test(codeOf(error));
}

/**
 * Trouble of the moment that has nothing to do with the file: the database restarts, a connection is gone, a deadlock,
 * no room. The import can go on later as if nothing had happened.
 */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  const lost =
    error instanceof Error &&
    /connection (?:terminated|ended|error)|not queryable|timeout exceeded when trying to connect/i.test(error.message);
  return lost || /^(?:08|40|53|55|57|58)...$/.test(code) || /^E[A-Z]+$/.test(code);
}
