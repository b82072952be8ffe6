import { Command } from "commander";
import { currentLocale } from "#src/base/locale.ts";
import { m } from "#words";
import { onInstallation, type CommandTools } from "../run.ts";
import { print, printJson } from "../say.ts";

interface SampleOptions {
  readonly remove: boolean;
  readonly json: boolean;
}

async function make({ installation: { databases }, signal }: CommandTools, json: boolean): Promise<void> {
  const { makeSample } = await import("#src/sample/actions.ts");
  const { chooseCommunity } = await import("../community.ts");
  const { catchUp } = await import("../catch-up.ts");
  const { consumers } = await import("#src/consumers.ts");
  const slug = await makeSample(databases, { ownerId: undefined, language: currentLocale(), now: Date.now });
  const { id } = await chooseCommunity(databases, slug);
  await catchUp({ databases, community: id, consumers, signal });
  if (json) printJson({ community: slug });
  else print(m.cli_sample_made({ slug }));
}

async function remove({ installation: { databases } }: CommandTools, json: boolean): Promise<void> {
  const { removeSample } = await import("#src/sample/actions.ts");
  await removeSample(databases, Date.now);
  if (json) printJson({ removed: true });
  else print(m.cli_sample_removed());
}

/** `veche sample`: a made-up community to look round in, or without it again. */
export function sampleCommand(): Command {
  return new Command("sample")
    .description(m.cli_sample_about())
    .option("--remove", m.cli_sample_remove(), false)
    .option("--json", m.cli_option_json(), false)
    .action(async (options: SampleOptions) => {
      await onInstallation({ name: "sample", json: options.json }, (tools) =>
        options.remove ? remove(tools, options.json) : make(tools, options.json),
      );
    });
}
