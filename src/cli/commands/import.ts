import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { currentLocale, writeNumber } from "#src/base/locale.ts";
import { refuse } from "#src/base/refusal.ts";
import {
  type DateOrder,
  dateOrderSchema,
  formatSchema,
  fieldMapSchema,
  type FormatName,
  type Import,
} from "#src/imports/model.ts";
import { m } from "#words";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { readMapping } from "../mapping.ts";
import { progressBar, writeBytes, type ProgressBar } from "../progress.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { note, print, printJson } from "../say.ts";
import { undoImportCommand } from "./undo-import.ts";

interface ImportOptions {
  readonly community: string;
  readonly create: boolean;
  readonly format?: FormatName;
  readonly map?: string;
  readonly timeZone?: string;
  readonly dateOrder?: DateOrder;
  readonly json: boolean;
}

/** Where the machine stands; a new community gets it, and a person can change it. */
function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function fieldMap(text: string) {
  const parsed = fieldMapSchema.safeParse(readMapping(text));
  return parsed.success ? parsed.data : refuse("invalid", "cli.bad-map", { text });
}

interface Told {
  readonly readBytes: number;
  readonly fileBytes: number;
  readonly report: { readonly stored: number };
  readonly secondsLeft: number | undefined;
}

function show(bar: ProgressBar, { readBytes, fileBytes, report, secondsLeft }: Told): void {
  const locale = currentLocale();
  const words = {
    stored: writeNumber(report.stored, locale),
    read: writeBytes(readBytes, locale),
    size: writeBytes(fileBytes, locale),
  };
  const text =
    secondsLeft === undefined
      ? m.cli_import_reading(words)
      : m.cli_import_progress({ ...words, left: writeNumber(Math.ceil(secondsLeft), locale) });
  bar.update(readBytes, fileBytes, text);
}

/** What `--json` prints. */
interface Brought extends Import {
  /** When all figures of the audit included the import; ISO, UTC. */
  readonly auditReadyAt: string | null;
}

/** What an import works with. It loads while the database begins, which is another processor's work. */
async function loadParts() {
  const [{ importHistory }, counting, { catchUp }, { chooseCommunity, chooseOrCreateCommunity }, { recordAtMachine }] =
    await Promise.all([
      import("#src/imports/actions.ts"),
      import("#src/consumers.ts"),
      import("../catch-up.ts"),
      import("../community.ts"),
      import("../deed.ts"),
    ]);
  const { consumers, consumersByFeature } = counting;
  const choosing = { chooseCommunity, chooseOrCreateCommunity };
  return { ...choosing, importHistory, recordAtMachine, consumers, consumersByFeature, catchUp };
}

interface Bringing extends CommandTools {
  readonly parts: Awaited<ReturnType<typeof loadParts>>;
}

async function bringIn(
  { installation: { databases, secrets }, signal, parts }: Bringing,
  file: string,
  options: ImportOptions,
): Promise<Brought> {
  const { chooseCommunity, chooseOrCreateCommunity, importHistory, recordAtMachine, catchUp } = parts;
  const wish = { language: currentLocale(), timeZone: options.timeZone ?? ownZone() };
  const { id, community } = options.create
    ? await chooseOrCreateCommunity(databases, options.community, wish)
    : await chooseCommunity(databases, options.community);
  const bar = progressBar();
  const imported = await importHistory({
    databases,
    community: id,
    file,
    format: options.format,
    map: options.map === undefined ? undefined : fieldMap(options.map),
    timeZone: options.timeZone ?? community.timeZone,
    dateOrder: options.dateOrder,
    signal,
    secrets,
    onProgress: (progress) => show(bar, progress),
  }).finally(() => bar.end());
  await recordAtMachine(databases, id, {
    operation: "startImport",
    target: imported.id,
    details: { format: imported.format },
  });
  if (process.stderr.isTTY && !signal.aborted) note(m.cli_import_counting());
  const { consumers, consumersByFeature } = parts;
  // What the person waits for comes first; the list of members is renewed after it.
  await catchUp({ databases, community: id, consumers: consumersByFeature["analytics"] ?? [], signal });
  const auditReady = imported.status === "done" && !signal.aborted;
  const auditReadyAt = auditReady ? new Date().toISOString() : null;
  await catchUp({ databases, community: id, consumers, signal });
  return { ...imported, auditReady, auditReadyAt };
}

function tell({ counts, status }: Import, community: string, json: boolean): ExitCode {
  if (status === "cancelled") {
    note(m.cli_import_cancelled());
    return exitCodes.cancelled;
  }
  const { stored, repeated, skipped } = counts;
  if (!json) print(m.cli_import_done({ community, stored, repeated, skipped }));
  return exitCodes.ok;
}

/** `veche import FILE`: reads an export into a community and does not end before its audit is complete. */
export function importCommand(): Command {
  return new Command("import")
    .helpCommand(false)
    .addCommand(undoImportCommand())
    .description(m.cli_import_about())
    .argument("<file>", m.cli_import_file())
    .requiredOption("--community <slug>", m.cli_option_community())
    .option("--create", m.cli_import_create(), false)
    .addOption(new Option("--format <format>", m.cli_import_format()).choices(formatSchema.options))
    .option("--map <pairs>", m.cli_import_map())
    .option("--time-zone <zone>", m.cli_import_zone())
    .addOption(new Option("--date-order <order>", m.cli_import_date_order()).choices(dateOrderSchema.options))
    .option("--json", m.cli_option_json(), false)
    .action(async (name: string, options: ImportOptions) => {
      const loading = loadParts();
      // If the database does not begin, nobody waits for them.
      loading.catch(() => undefined);
      await onInstallation({ name: "import", json: options.json }, async (tools) => {
        const file = resolve(name);
        if (!existsSync(file)) refuse("not-found", "cli.no-file", { file: name });
        const result = await bringIn({ ...tools, parts: await loading }, file, options);
        if (options.json) printJson(result);
        return tell(result, options.community, options.json);
      });
    });
}
