import { Command } from "commander";
import { m } from "#words";
import { onInstallation } from "../run.ts";
import { print, printJson } from "../say.ts";

interface ResetOptions {
  readonly forgetSecondFactors: boolean;
  readonly json: boolean;
}

async function reset(email: string, { forgetSecondFactors, json }: ResetOptions): Promise<void> {
  await onInstallation({ name: "reset-password", json }, async ({ installation: { databases, config } }) => {
    const { recoverAccount } = await import("#src/accounts/actions.ts");
    const { recordAtMachine } = await import("../deed.ts");
    const asked = { email: email.toLowerCase(), forgetSecondFactors, publicUrl: config.publicUrl, now: Date.now() };
    const made = await recoverAccount(databases, asked);
    await recordAtMachine(databases, "install", { operation: "makePasswordResetLink", target: made.personId });
    const expiresAt = new Date(made.expiresAt).toISOString();
    if (json) return printJson({ link: made.link, expiresAt });
    print(m.cli_reset_link({ link: made.link }));
    if (forgetSecondFactors) print(m.cli_reset_forgotten());
  });
}

/** `veche reset-password EMAIL`: the way back in for whoever owns the machine, when nobody else can make a link. */
export function resetPasswordCommand(): Command {
  return new Command("reset-password")
    .description(m.cli_reset_about())
    .argument("<email>", m.cli_reset_email())
    .option("--forget-second-factors", m.cli_reset_forget(), false)
    .option("--json", m.cli_option_json(), false)
    .action(reset);
}
