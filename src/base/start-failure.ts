import { BadSetting } from "./config.ts";
import { Refusal, type RefusalDetails } from "./refusal.ts";

/** What was being opened when it failed. */
export interface StartAttempt {
  /** The database's address as the settings give it; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly port: number;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and the codes of Node's system errors. */
const DATABASE_CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "base.database-unreachable",
  ENOTFOUND: "base.database-unreachable",
  EAI_AGAIN: "base.database-unreachable",
  ETIMEDOUT: "base.database-unreachable",
  EHOSTUNREACH: "base.database-unreachable",
  ENETUNREACH: "base.database-unreachable",
  ECONNRESET: "base.database-unreachable",
  "28P01": "base.database-closed",
  "28000": "base.database-closed",
  "3D000": "base.database-missing",
  "42501": "base.database-rights",
  "53100": "base.disk-full",
};

const SYSTEM_CODES: Readonly<Record<string, string>> = {
  EADDRINUSE: "base.port-taken",
  EADDRNOTAVAIL: "base.port-taken",
  ENOSPC: "base.disk-full",
  EDQUOT: "base.disk-full",
  EROFS: "base.read-only",
  EACCES: "base.no-rights-to-folder",
  EPERM: "base.no-rights-to-folder",
};

/** Settings whose values have a form that a sentence can name. */
const SETTING_CODES: Readonly<Record<string, string>> = {
  PORT: "base.bad-port",
  VECHE_ROLE: "base.bad-process-role",
  VECHE_APP_ROLE: "base.bad-app-role",
  VECHE_SMTP_URL: "base.bad-smtp-url",
  VECHE_MAIL_FROM: "base.bad-mail-from",
};

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function parsed(url: string | undefined): URL | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
}

/**
 * The refusal behind an error of the start, whose code names its sentence; undefined when the error is not one that a
 * person can mend, which makes it a bug. Pure: looks at nothing but the error and what was attempted.
 */
export function explainStartFailure(error: unknown, attempt: StartAttempt): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof BadSetting) {
    const { variable, wanted } = error;
    return new Refusal("invalid", SETTING_CODES[variable] ?? "base.bad-setting", { variable, wanted });
  }
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  // Kysely's word for migrations in the database that this version does not know, or knows in another order.
  if (error.message.startsWith("corrupted migrations")) return new Refusal("unavailable", "base.other-schema");
  if (code === "ERR_INVALID_URL") return new Refusal("invalid", "base.bad-database-url");
  const listening = "syscall" in error && error.syscall === "listen";
  if (listening && code === "EACCES")
    return new Refusal("unavailable", "base.port-forbidden", { port: String(attempt.port) });
  const url = parsed(attempt.databaseUrl);
  const details: RefusalDetails = {
    folder: attempt.dataDir,
    port: String(attempt.port),
    host: url?.host ?? "127.0.0.1",
    user: decodeURIComponent(url?.username ?? ""),
    database: url?.pathname.slice(1) ?? "",
    line: error.message,
  };
  const known = SYSTEM_CODES[code] ?? DATABASE_CODES[code];
  return known === undefined ? undefined : new Refusal("unavailable", known, details);
}
