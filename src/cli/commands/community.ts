import { Command } from "commander";
import { provenCommunity } from "#src/base/community-id.ts";
import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { onInstallation } from "../run.ts";
import { print, printJson } from "../say.ts";

interface DeleteOptions {
  readonly name: string;
  readonly json: boolean;
}

async function remove(slug: string, { name, json }: DeleteOptions): Promise<void> {
  await onInstallation({ name: "community", json }, async ({ installation: { databases } }) => {
    const { deleteCommunity } = await import("#src/communities/actions.ts");
    const { recordAtMachine } = await import("../deed.ts");
    const { chooseCommunity } = await import("../community.ts");
    const { id } = await chooseCommunity(databases, slug);
    const deleted = await deleteCommunity(databases, id, { name, now: Date.now() });
    await recordAtMachine(databases, id, { operation: "deleteCommunity" });
    if (json) return printJson(deleted);
    print(m.cli_community_deleted({ name: deleted.name, date: deleted.erasedAt.slice(0, 10), slug }));
  });
}

async function bringBack(slug: string, { json }: { json: boolean }): Promise<void> {
  await onInstallation({ name: "community", json }, async ({ installation: { databases } }) => {
    const { restoreCommunity } = await import("#src/communities/actions.ts");
    const { communityBySlug } = await import("#src/communities/queries.ts");
    const { recordAtMachine } = await import("../deed.ts");
    const known = await communityBySlug(databases, slug);
    if (known === undefined) return refuse("not-found", "cli.no-community", { slug });
    const back = await restoreCommunity(databases, provenCommunity(known.id));
    await recordAtMachine(databases, provenCommunity(known.id), { operation: "restoreCommunity" });
    if (json) return printJson(back);
    print(m.cli_community_restored({ name: back.name }));
  });
}

/** `veche community delete|restore SLUG`: deleting asks for the name, and can be taken back for 30 days. */
export function communityCommand(): Command {
  const deleting = new Command("delete")
    .description(m.cli_community_delete_about())
    .argument("<slug>", m.cli_option_community())
    .requiredOption("--name <text>", m.cli_community_name())
    .option("--json", m.cli_option_json(), false)
    .action(remove);
  const restoring = new Command("restore")
    .description(m.cli_community_restore_about())
    .argument("<slug>", m.cli_option_community())
    .option("--json", m.cli_option_json(), false)
    .action(bringBack);
  const command = new Command("community").description(m.cli_community_about()).helpCommand(false);
  return command.addCommand(deleting).addCommand(restoring);
}
