import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { Installation } from "#src/base/installation.ts";
import { currentLocale } from "#src/base/locale.ts";
import type { MailSettings } from "#src/base/mail/mailer.ts";
import { m } from "#words";
import { exitCodes } from "../exit-codes.ts";
import type { Finding } from "../finding.ts";
import { writeBytes } from "../progress.ts";
import { checkTrail } from "../trail-check.ts";
import { onInstallation } from "../run.ts";
import { print, printJson } from "../say.ts";

interface DoctorOptions {
  readonly json: boolean;
  readonly auditLog: boolean;
  readonly anchor?: string;
}

/** A month of a lively community takes less; below this a growing database soon stops. */
const LITTLE_ROOM_BYTES = 2e9;
const ANSWER_MS = 2000;
const PAGES = fileURLToPath(new URL("../../../build/server/index.js", import.meta.url));

function size(bytes: number): string {
  return writeBytes(bytes, currentLocale());
}

async function lookAtDatabase({ databases, config, embedded }: Installation): Promise<Finding[]> {
  const { databaseCondition } = await import("#src/base/database-condition.ts");
  const { version, bytes, schema, openTables } = await databaseCondition(databases.owner, config.appRole);
  const held = { version, size: size(bytes) };
  const host = new URL(databases.ownerUrl).host;
  const server = embedded === undefined ? m.cli_doctor_database({ ...held, host }) : m.cli_doctor_embedded(held);
  return [
    { name: "database", state: "fine", text: server },
    { name: "schema", state: "fine", text: m.cli_doctor_schema({ last: schema }) },
    // Opening the install refuses a role that is not safe.
    { name: "role", state: "fine", text: m.cli_doctor_role() },
    ...openTables.map((name): Finding => ({ name: "tables", state: "bad", text: m.cli_doctor_open_table({ name }) })),
  ];
}

async function lookAtDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const low = free < LITTLE_ROOM_BYTES;
  const words = { free: size(free), folder };
  return {
    name: "disk",
    state: low ? "note" : "fine",
    text: low ? m.cli_doctor_room_low(words) : m.cli_doctor_room(words),
  };
}

async function lookAtApp(address: string): Promise<Finding> {
  const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
  if (answer?.ok === true) return { name: "app", state: "fine", text: m.cli_doctor_running({ address }) };
  return { name: "app", state: "note", text: m.cli_doctor_not_running({ address }) };
}

/** Signs in at the mail server; sends nothing. */
async function lookAtMail(settings: MailSettings): Promise<Finding> {
  if (settings.smtpUrl === undefined) return { name: "mail", state: "note", text: m.cli_doctor_no_mail() };
  const { host } = new URL(settings.smtpUrl);
  const { MailFailure, openMailer } = await import("#src/base/mail/mailer.ts");
  try {
    await openMailer(settings).check();
    return { name: "mail", state: "fine", text: m.cli_doctor_mail({ host }) };
  } catch (error) {
    const code = error instanceof MailFailure ? error.code : "EUNKNOWN";
    return { name: "mail", state: "bad", text: m.cli_doctor_mail_broken({ host, code }) };
  }
}

function lookAtPages(): Finding {
  if (existsSync(PAGES)) return { name: "pages", state: "fine", text: m.cli_doctor_pages() };
  return { name: "pages", state: "note", text: m.cli_doctor_pages_missing() };
}

async function lookAround(installation: Installation): Promise<Finding[]> {
  const { config } = installation;
  return [
    { name: "node", state: "fine", text: m.cli_doctor_node({ version: process.versions.node }) },
    ...(await lookAtDatabase(installation)),
    await lookAtDisk(config.dataDir),
    await lookAtApp(`http://127.0.0.1:${config.port}`),
    await lookAtMail(config.mail),
    lookAtPages(),
  ];
}

const SIGNS = { fine: "✓", note: "–", bad: "✗" } as const;

/** `veche doctor`: looks at everything an install needs; what keeps it from opening at all is told as at the start. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description(m.cli_doctor_about())
    .option("--audit-log", m.cli_doctor_audit_log(), false)
    .option("--anchor <file>", m.cli_doctor_anchor())
    .option("--json", m.cli_option_json(), false)
    .action(async ({ json, auditLog, anchor }: DoctorOptions) => {
      await onInstallation({ name: "doctor", json }, async ({ installation }) => {
        const findings =
          auditLog || anchor !== undefined
            ? await checkTrail(installation.databases, anchor)
            : await lookAround(installation);
        if (json) printJson({ findings });
        else for (const { state, text } of findings) print(`${SIGNS[state]} ${text}`);
        return findings.some(({ state }) => state === "bad") ? exitCodes.failed : exitCodes.ok;
      });
    });
}
