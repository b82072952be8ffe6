import { CommanderError } from "commander";
import { inLocale } from "#src/base/locale.ts";
import { exitCodes } from "./exit-codes.ts";
import { terminalLanguage } from "./language.ts";
import { commandLine } from "./program.ts";

/** The process ends by itself when nothing is left to do; a connection that hangs must not keep a command alive. */
const LINGER_MS = 5000;

// Whoever reads us through a pipe may have seen enough: `./veche audit ... | head`.
process.stdout.on("error", (error: Error) => {
  if (!("code" in error && error.code === "EPIPE")) throw error;
  process.exit(exitCodes.ok);
});

await inLocale(terminalLanguage(process.env), async () => {
  try {
    await commandLine().parseAsync(process.argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
});
setTimeout(() => process.exit(), LINGER_MS).unref();
