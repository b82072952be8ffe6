import { resolve } from "node:path";
import { Command } from "commander";
import { m } from "#words";
import { progressBar } from "../progress.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { print, printJson } from "../say.ts";

async function fill({ installation }: CommandTools, file: string, json: boolean): Promise<void> {
  const { restore } = await import("#src/base/backup/backup.ts");
  const { grantRights } = await import("#src/base/roles.ts");
  const passphrase = process.env["VECHE_PASSPHRASE"];
  const bar = progressBar();
  const report = await restore(installation.databases, {
    path: resolve(file),
    ...(passphrase ? { passphrase } : {}),
    progress: (share, table) => bar.update(share, 1, table),
  }).finally(() => bar.end());
  // The tables may have been made anew, and rights go with a table.
  await grantRights(installation.databases.owner, installation.config.appRole);
  if (json) return printJson(report);
  const rows = report.checksums.reduce((sum, each) => sum + each.rows, 0);
  print(m.cli_restore_done({ rows, tables: report.checksums.length }));
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
