import { Command, InvalidArgumentError, Option } from "commander";
import { MAX_KEY_DAYS, type Permission, permissions, roles, type Role } from "#src/accounts/model.ts";
import { m } from "#words";
import { onInstallation } from "../run.ts";
import { print, printJson } from "../say.ts";

interface CreateOptions {
  readonly community: string;
  readonly role: Role;
  readonly name: string;
  readonly permission?: Permission[];
  readonly days?: number;
  readonly json: boolean;
}

async function create({ community: slug, role, name, permission, days, json }: CreateOptions): Promise<void> {
  await onInstallation({ name: "api-key", json }, async ({ installation: { databases } }) => {
    const { createApiKey } = await import("#src/accounts/actions.ts");
    const { chooseCommunity } = await import("../community.ts");
    const { recordAtMachine } = await import("../deed.ts");
    const { id } = await chooseCommunity(databases, slug);
    const wish = { name, role, permissions: permission, days, createdBy: undefined, now: Date.now() };
    const { key, token } = await databases.asOwner((tx) => createApiKey(tx, id, wish));
    await recordAtMachine(databases, id, { operation: "createApiKey", target: key.id, details: { role } });
    if (json) return printJson({ key: token });
    print(m.cli_api_key_made({ key: token }));
    print(m.cli_api_key_use({ key: token }));
  });
}

function daysOf(text: string): number {
  const days = Number(text);
  const fits = Number.isInteger(days) && days >= 1 && days <= MAX_KEY_DAYS;
  if (!fits) throw new InvalidArgumentError(m.cli_api_key_days_wrong({ most: MAX_KEY_DAYS }));
  return days;
}

/** `veche api-key create`: a key for programs, made by whoever owns the machine. */
export function apiKeyCommand(): Command {
  const making = new Command("create")
    .description(m.cli_api_key_create_about())
    .requiredOption("--community <slug>", m.cli_option_community())
    .addOption(new Option("--role <role>", m.cli_api_key_role()).choices(roles).makeOptionMandatory())
    .option("--name <text>", m.cli_api_key_name(), "veche")
    .addOption(new Option("--permission <names...>", m.cli_api_key_permission()).choices(Object.keys(permissions)))
    .option("--days <count>", m.cli_api_key_days(), daysOf)
    .option("--json", m.cli_option_json(), false)
    .action(create);
  return new Command("api-key").description(m.cli_api_key_about()).helpCommand(false).addCommand(making);
}
