import { pino } from "pino";

/** One line of JSON for each thing worth knowing. Ids, counts and codes only: no names, no texts, no secrets. */
export const logger = pino({
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
});
