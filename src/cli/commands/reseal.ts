import { Command } from "commander";
import type { Resealed } from "#src/base/resealing.ts";
import { m } from "#words";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { print, printJson } from "../say.ts";

function tell({ table, resealed, current, broken }: Resealed): void {
  print(m.cli_reseal_table({ table, resealed, current }));
  if (broken > 0) print(m.cli_reseal_broken({ table, broken }));
}

async function resealAll({ installation, signal }: CommandTools, json: boolean): Promise<ExitCode> {
  const { resealColumn } = await import("#src/base/resealing.ts");
  const { sealedColumns } = await import("#src/sealed-columns.ts");
  const { recordAtMachine } = await import("../deed.ts");
  const { databases, secrets } = installation;
  const columns: Resealed[] = [];
  for (const column of sealedColumns) {
    if (signal.aborted) return exitCodes.interrupted;
    const done = await resealColumn(databases.owner, column, { secrets, signal });
    columns.push(done);
    if (!json) tell(done);
  }
  const resealed = columns.reduce((sum, each) => sum + each.resealed, 0);
  const broken = columns.reduce((sum, each) => sum + each.broken, 0);
  await recordAtMachine(databases, "install", { operation: "resealSecrets", details: { resealed, broken } });
  if (json) printJson({ resealed, broken, columns });
  else if (broken === 0) print(m.cli_reseal_done());
  return broken === 0 ? exitCodes.ok : exitCodes.failed;
}

/** `veche reseal`: everything sealed comes under the newest secret, so that the ones before it can be thrown away. */
export function resealCommand(): Command {
  return new Command("reseal")
    .description(m.cli_reseal_about())
    .option("--json", m.cli_option_json(), false)
    .addHelpText("after", `\n${m.cli_reseal_how()}`)
    .action(async ({ json }: { json: boolean }) => {
      await onInstallation({ name: "reseal", json }, (tools) => resealAll(tools, json));
    });
}
