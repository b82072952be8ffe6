import { resolve } from "node:path";
import { Command } from "commander";
import { m } from "#words";
import { progressBar } from "../progress.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { note, print, printJson } from "../say.ts";

async function write({ installation, signal }: CommandTools, file: string, json: boolean): Promise<void> {
  const { backup } = await import("#src/base/backup/backup.ts");
  const { readRoots } = await import("#src/base/secrets.ts");
  const { config, databases } = installation;
  const passphrase = process.env["VECHE_PASSPHRASE"];
  const bar = progressBar();
  const report = await backup(databases, {
    path: resolve(file),
    roots: await readRoots(config.dataDir, process.env["VECHE_SECRETS"]),
    ...(passphrase ? { passphrase } : {}),
    signal,
    progress: (share, table) => bar.update(share, 1, table),
  }).finally(() => bar.end());
  if (json) return printJson(report);
  const rows = report.checksums.reduce((sum, each) => sum + each.rows, 0);
  print(m.cli_backup_done({ path: file, rows, tables: report.checksums.length }));
  note(passphrase ? m.cli_backup_sealed() : m.cli_backup_open({ folder: config.dataDir }));
}

/** `veche backup FILE`: everything in one file, sealed when VECHE_PASSPHRASE is set. */
export function backupCommand(): Command {
  return new Command("backup")
    .description(m.cli_backup_about())
    .argument("<file>", m.cli_backup_file())
    .option("--json", m.cli_option_json(), false)
    .addHelpText("after", `\n${m.cli_backup_passphrase()}`)
    .action(async (file: string, { json }: { json: boolean }) => {
      await onInstallation({ name: "backup", json }, (tools) => write(tools, file, json));
    });
}
