import { once } from "node:events";
import { Command } from "commander";
import { m } from "#words";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { note, print, printJson } from "../say.ts";

/** How much work waits for a decision in an install that is held after a restore; undefined in any other. */
async function heldWork({ databases }: CommandTools["installation"]): Promise<number | undefined> {
  const { currentHold, heldCounts } = await import("#src/base/backup/hold.ts");
  if ((await currentHold(databases.owner)) === undefined) return undefined;
  return (await heldCounts(databases.owner)).all;
}

async function serve({ installation, signal }: CommandTools, json: boolean): Promise<ExitCode> {
  const { startApp } = await import("#src/app.ts");
  const app = await startApp(installation);
  const { address, firstOwnerLink } = app;
  const held = await heldWork(installation);
  if (json) printJson({ address, firstOwnerLink, held: held ?? null });
  else {
    print(address === undefined ? m.cli_start_works() : m.cli_start_ready({ address }));
    if (firstOwnerLink !== undefined) print(m.cli_start_link({ link: firstOwnerLink }));
    if (held !== undefined) print(m.cli_start_held({ count: held, address: `${address ?? ""}/console/held` }));
    note(m.cli_start_stop());
  }
  if (!signal.aborted) await once(signal, "abort");
  note(m.cli_start_stopping());
  await app.stop();
  return exitCodes.ok;
}

/** `veche start`: everything in one process, until Ctrl-C. Ending it that way is success. */
export function startCommand(): Command {
  return new Command("start")
    .description(m.cli_start_about())
    .option("--json", m.cli_option_json(), false)
    .action(async ({ json }: { json: boolean }) => {
      await onInstallation({ name: "app", json }, (tools) => serve(tools, json));
    });
}
