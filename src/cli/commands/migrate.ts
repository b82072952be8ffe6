import { Command } from "commander";
import { m } from "#words";
import { onInstallation } from "../run.ts";
import { print, printJson } from "../say.ts";

/** `veche migrate`: opening the install has migrated it; this says so and ends. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description(m.cli_migrate_about())
    .option("--json", m.cli_option_json(), false)
    .action(async ({ json }: { json: boolean }) => {
      await onInstallation({ name: "migrate", json }, async ({ installation: { migrated } }) => {
        if (json) return printJson({ migrated });
        print(migrated.length === 0 ? m.cli_migrate_none() : m.cli_migrate_done({ count: migrated.length }));
        for (const name of migrated) print(name);
      });
    });
}
