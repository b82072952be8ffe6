import { destination, pino } from "pino";

/**
 * One line of JSON for each thing worth knowing. Ids, counts and codes only: no names, no texts, no secrets. On standard
 * error, because standard output belongs to the result of a command.
 */
export const logger = pino(
  {
    level: process.env["LOG_LEVEL"] ?? (process.env["VITEST"] ? "silent" : "info"),
    base: null,
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
