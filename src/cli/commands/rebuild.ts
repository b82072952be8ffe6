import { setTimeout as wait } from "node:timers/promises";
import { Command } from "commander";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Consumer } from "#src/log/consumer.ts";
import { m } from "#words";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { onInstallation, type CommandTools } from "../run.ts";
import { print, printJson } from "../say.ts";

interface RebuildOptions {
  readonly community?: string;
  readonly json: boolean;
}

/** A running app gives a community back after each batch; asking more often would only cost. */
const RETRY_MS = 200;

async function consumersOf(name: string | undefined): Promise<readonly Consumer[]> {
  const { consumers, consumersByFeature } = await import("#src/consumers.ts");
  if (name === undefined) return consumers;
  const known = Object.keys(consumersByFeature).join(", ");
  return consumersByFeature[name] ?? refuse("not-found", "cli.no-feature", { name, known });
}

async function communitiesOf(databases: Databases, slug: string | undefined): Promise<readonly CommunityId[]> {
  const { allCommunities, chooseCommunity } = await import("../community.ts");
  return slug === undefined ? allCommunities(databases) : [(await chooseCommunity(databases, slug)).id];
}

async function rebuildAll(
  { installation: { databases }, signal }: CommandTools,
  feature: string | undefined,
  options: RebuildOptions,
): Promise<ExitCode> {
  const { rebuild } = await import("#src/log/read.ts");
  const { newHolder } = await import("#src/log/store.ts");
  const consumers = await consumersOf(feature);
  const holder = newHolder();
  const done: string[] = [];
  for (const community of await communitiesOf(databases, options.community)) {
    for (const consumer of consumers) {
      if (signal.aborted) return exitCodes.interrupted;
      while (!(await rebuild(databases, consumer, { community, holder }))) await wait(RETRY_MS);
    }
  }
  for (const { name } of consumers) {
    done.push(name);
    if (!options.json) print(m.cli_rebuild_done({ name }));
  }
  if (options.json) printJson({ rebuilt: done });
  return exitCodes.ok;
}

/** `veche rebuild [FEATURE]`: drops what a feature has derived and reads the log again, beside a running app or without. */
export function rebuildCommand(): Command {
  return new Command("rebuild")
    .description(m.cli_rebuild_about())
    .argument("[feature]", m.cli_rebuild_feature())
    .option("--community <slug>", m.cli_option_community())
    .option("--json", m.cli_option_json(), false)
    .action(async (feature: string | undefined, options: RebuildOptions) => {
      await onInstallation({ name: "rebuild", json: options.json }, (tools) => rebuildAll(tools, feature, options));
    });
}
