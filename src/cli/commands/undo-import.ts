import { Command } from "commander";
import { currentLocale, writeNumber } from "#src/base/locale.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Import } from "#src/imports/model.ts";
import { m } from "#words";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { progressBar } from "../progress.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { note, print, printJson } from "../say.ts";

interface UndoOptions {
  readonly community: string;
  readonly json: boolean;
}

/** The word for the newest import that can be undone, in place of its id. */
const LAST = "last";

async function undo(
  { installation: { databases }, signal }: CommandTools,
  wanted: string,
  options: UndoOptions,
): Promise<Import> {
  const { chooseCommunity } = await import("../community.ts");
  const { withdrawHistory } = await import("#src/imports/actions.ts");
  const { lastUndoable } = await import("#src/imports/queries.ts");
  const { id: community } = await chooseCommunity(databases, options.community);
  const id = wanted === LAST ? await lastUndoable({ tx: databases.owner, community, consumers: [] }) : wanted;
  const bar = progressBar();
  const show = (done: number, of: number): void => {
    const locale = currentLocale();
    bar.update(done, of, m.cli_undo_progress({ done: writeNumber(done, locale), of: writeNumber(of, locale) }));
  };
  const undone = await withdrawHistory({ databases, community, id, signal, onUndone: show }).finally(() => bar.end());
  const { consumers } = await import("#src/consumers.ts");
  const { catchUp } = await import("../catch-up.ts");
  await catchUp({ databases, community, consumers, signal });
  return undone;
}

function tell({ status, withdrawn, fileName }: Import, json: boolean): ExitCode {
  if (status !== "withdrawn") {
    note(m.cli_undo_stopped());
    return exitCodes.interrupted;
  }
  const { messages, kept } = withdrawn ?? { messages: 0, kept: 0 };
  if (!json) print(m.cli_undo_done({ file: fileName, messages, kept }));
  return exitCodes.ok;
}

/** `veche import undo ID`: takes out again what an import brought, and does not end before the audit is right. */
export function undoImportCommand(): Command {
  return new Command("undo")
    .description(m.cli_undo_about())
    .argument("<import>", m.cli_undo_which())
    .action(async (wanted: string, _own: unknown, command: Command) => {
      // The community and the form of the answer are options of `import` itself.
      const options = command.optsWithGlobals<UndoOptions>();
      await onInstallation({ name: "import", json: options.json }, async (tools) => {
        const isId = /^[0-9a-f-]{36}$/i.test(wanted) || wanted === LAST;
        if (!isId) refuse("not-found", "imports.no-such-import");
        const result = await undo(tools, wanted, options);
        if (options.json) printJson(result);
        return tell(result, options.json);
      });
    });
}
