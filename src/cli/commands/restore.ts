import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import type { RootsOutcome } from "#src/base/backup/roots.ts";
import { m } from "#words";
import { progressBar } from "../progress.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { note, print, printJson } from "../say.ts";

async function fill({ installation, signal }: CommandTools, file: string, json: boolean): Promise<void> {
  const { restore } = await import("#src/base/backup/restore.ts");
  const { takeRoots } = await import("#src/base/backup/roots.ts");
  const { readRoots } = await import("#src/base/secrets.ts");
  const { config, databases } = installation;
  const [path, passphrase, given] = [resolve(file), process.env["VECHE_PASSPHRASE"], process.env["VECHE_SECRETS"]];
  const roots = await readRoots(config.dataDir, given);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const bar = progressBar();
  let secrets: RootsOutcome = "had";
  const report = await restore(databases, {
    path,
    appRole: config.appRole,
    ...(passphrase ? { passphrase } : {}),
    now: Date.now,
    takeSecrets: async (ofBackup) => {
      secrets = await takeRoots({ dataDir: config.dataDir, given, roots }, ofBackup);
    },
    signal,
    progress: (read, table) => bar.update(read, size, table),
  }).finally(() => bar.end());
  if (json) return printJson({ ...report, secrets });
  tell(report, { secrets, folder: config.dataDir });
}

interface Restored {
  readonly checksums: readonly { readonly rows: number }[];
  readonly waiting: number;
}

function tell({ checksums, waiting }: Restored, { secrets, folder }: { secrets: RootsOutcome; folder: string }): void {
  const rows = checksums.reduce((sum, each) => sum + each.rows, 0);
  print(m.cli_restore_done({ rows, tables: checksums.length }));
  print(m.cli_restore_held({ count: waiting }));
  if (secrets === "missing") note(m.cli_restore_secrets_missing({ folder }));
}

/** `veche restore FILE`: fills an empty install and proves every table. */
export function restoreCommand(): Command {
  return new Command("restore")
    .description(m.cli_restore_about())
    .argument("<file>", m.cli_restore_file())
    .option("--json", m.cli_option_json(), false)
    .addHelpText("after", `\n${m.cli_backup_passphrase()}`)
    .action(async (file: string, { json }: { json: boolean }) => {
      await onInstallation({ name: "restore", json }, (tools) => fill(tools, file, json));
    });
}
