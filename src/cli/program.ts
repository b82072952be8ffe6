import { Command } from "commander";
import { m } from "#words";
import { apiKeyCommand } from "./commands/api-key.ts";
import { auditCommand } from "./commands/audit.ts";
import { backupCommand } from "./commands/backup.ts";
import { benchCommand } from "./commands/bench.ts";
import { communityCommand } from "./commands/community.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { importCommand } from "./commands/import.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { rebuildCommand } from "./commands/rebuild.ts";
import { resealCommand } from "./commands/reseal.ts";
import { resetPasswordCommand } from "./commands/reset-password.ts";
import { restoreCommand } from "./commands/restore.ts";
import { sampleCommand } from "./commands/sample.ts";
import { startCommand } from "./commands/start.ts";

/** The whole command line, in the language of the moment; a fault in the arguments is thrown, never exits. */
export function commandLine(): Command {
  const program = new Command("veche")
    .description(m.cli_about())
    .helpCommand(false)
    .showHelpAfterError(m.cli_see_help());
  const commands = [
    startCommand(),
    importCommand(),
    auditCommand(),
    migrateCommand(),
    rebuildCommand(),
    backupCommand(),
    restoreCommand(),
    resealCommand(),
    sampleCommand(),
    apiKeyCommand(),
    resetPasswordCommand(),
    communityCommand(),
    doctorCommand(),
    benchCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  program.addHelpText("after", `\n${m.cli_exit_codes()}`);
  for (const command of [program, ...commands, ...commands.flatMap((each) => each.commands)]) command.exitOverride();
  return program;
}
