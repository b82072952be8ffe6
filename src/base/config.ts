import { resolve } from "node:path";
import type { MailSettings } from "./mail/mailer.ts";

/** What one process is there for: pages and API, background work, or both. */
export type ProcessRole = "web" | "worker" | "all";

/** Everything the environment decides, read once at the start. */
export interface Config {
  /** Where the embedded database, uploads and secrets live. Absolute. */
  readonly dataDir: string;
  /** A PostgreSQL 15 or newer of the owner's; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The role that procedures run as; it owns nothing and row-level security binds it. */
  readonly appRole: string;
  readonly host: string;
  readonly port: number;
  /** The address people use, without a slash at the end. */
  readonly publicUrl: string;
  readonly role: ProcessRole;
  readonly mail: MailSettings;
  readonly logLevel: string;
  /** Whether the app, once it serves and has nothing else to do, runs what people will ask first, so that it is compiled. */
  readonly warmsUp: boolean;
}

/** The environment holds something Veche cannot use. `variable` names it, `wanted` says what it takes. */
export class BadSetting extends Error {
  readonly variable: string;
  readonly wanted: string;

  constructor(variable: string, wanted: string) {
    super(`${variable} ${wanted}`);
    this.name = "BadSetting";
    this.variable = variable;
    this.wanted = wanted;
  }
}

function portFrom(text: string | undefined): number {
  const port = Number(text ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new BadSetting("PORT", "must be a number from 0 to 65535");
  return port;
}

function roleFrom(text: string | undefined): ProcessRole {
  if (text === undefined || text === "" || text === "all") return "all";
  if (text === "web" || text === "worker") return text;
  throw new BadSetting("VECHE_ROLE", "must be web, worker or all");
}

/** An address alone or behind a name; with a line break in it a letter could grow headers of its own. */
const SENDER = /^(?:[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/;

function mailFrom(env: NodeJS.ProcessEnv): MailSettings {
  const smtpUrl = env["VECHE_SMTP_URL"] === "" ? undefined : env["VECHE_SMTP_URL"];
  if (smtpUrl !== undefined && !(URL.canParse(smtpUrl) && /^smtps?:$/.test(new URL(smtpUrl).protocol))) {
    throw new BadSetting("VECHE_SMTP_URL", "must look like smtp://user:password@host:587");
  }
  const from = env["VECHE_MAIL_FROM"] ?? "";
  if (smtpUrl !== undefined && !SENDER.test(from)) {
    throw new BadSetting("VECHE_MAIL_FROM", "must be an address, or a name with one: Camp <team@camp.example>");
  }
  return { smtpUrl, from };
}

/** Reads the settings; throws `BadSetting` for one that cannot be used. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = portFrom(env["PORT"]);
  const appRole = env["VECHE_APP_ROLE"] ?? "veche_app";
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(appRole)) {
    throw new BadSetting("VECHE_APP_ROLE", "must be lower-case letters, digits and _");
  }
  return {
    dataDir: resolve(env["VECHE_DATA_DIR"] ?? "data"),
    databaseUrl: env["DATABASE_URL"] === "" ? undefined : env["DATABASE_URL"],
    appRole,
    host: env["HOST"] ?? "127.0.0.1",
    port,
    publicUrl: (env["VECHE_URL"] ?? `http://localhost:${port}`).replace(/\/+$/, ""),
    role: roleFrom(env["VECHE_ROLE"]),
    mail: mailFrom(env),
    logLevel: env["LOG_LEVEL"] ?? "info",
    warmsUp: env["VECHE_WARM_UP"] !== "off",
  };
}
