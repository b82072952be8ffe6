import { destination, pino } from "pino";

/** The failure without its message: PostgreSQL's repeats the values of the row, and those are what members wrote. */
export function withoutWords(failure: unknown): object {
  if (!(failure instanceof Error)) return { name: typeof failure };
  const frames = (failure.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const code = "code" in failure && typeof failure.code === "string" ? { code: failure.code } : {};
  return { name: failure.name, ...code, stack: frames.join("\n") };
}

/**
 * One line of JSON for each thing worth knowing. Ids, counts and codes only: no names, no texts, no secrets. On standard
 * error, because standard output belongs to the result of a command.
 */
export const logger = pino(
  {
    level: process.env["LOG_LEVEL"] ?? (process.env["VITEST"] ? "silent" : "info"),
    base: null,
    serializers: { err: withoutWords },
    redact: [
      "password",
      "token",
      "key",
      "secret",
      "cookie",
      "authorization",
      "*.password",
      "*.token",
      "*.key",
      "*.secret",
    ],
  },
  destination({ dest: 2, sync: true }),
);
