import type { Installation } from "#src/base/installation.ts";
import { Refusal } from "#src/base/refusal.ts";
import { explainStartFailure, type StartAttempt } from "#src/base/start-failure.ts";
import { m } from "#words";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { listenForInterruption } from "./interruption.ts";
import { note, sentenceOf } from "./say.ts";

/** What every command is handed. */
export interface CommandTools {
  readonly installation: Installation;
  /** Aborted when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What went wrong, for the person or, with `--json`, for a machine; returns the exit code. */
export function reportFailure(error: unknown, attempt: StartAttempt, json: boolean): ExitCode {
  const refusal = explainStartFailure(error, attempt);
  if (refusal === undefined) {
    note(m.cli_broken());
    note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.failed;
  }
  const message = sentenceOf(refusal);
  note(json ? JSON.stringify({ error: { code: refusal.code, message, details: refusal.details } }) : message);
  return refusal.code.startsWith("base.") ? exitCodes.failed : exitCodes.refused;
}

function attemptFrom(env: NodeJS.ProcessEnv): StartAttempt {
  return {
    databaseUrl: env["DATABASE_URL"],
    dataDir: env["VECHE_DATA_DIR"] ?? "data",
    port: Number(env["PORT"] ?? 3000),
  };
}

/**
 * Runs the body of a command on the opened install and closes it afterwards, whatever happens. The body returns an exit
 * code, or nothing for success; what it throws is told to the person.
 */
export async function onInstallation(
  { name, json }: { name: string; json: boolean },
  work: (tools: CommandTools) => Promise<ExitCode | void>,
): Promise<void> {
  const { readConfig } = await import("#src/base/config.ts");
  const { openInstallation } = await import("#src/base/installation.ts");
  const interruption = listenForInterruption(exitCodes.interrupted);
  let installation: Installation | undefined;
  try {
    const config = readConfig(process.env);
    installation = await openInstallation({ config, name: `veche ${name}`, log: note });
    const code = await work({ installation, signal: interruption.signal });
    process.exitCode = code ?? (interruption.signal.aborted ? exitCodes.interrupted : exitCodes.ok);
  } catch (error) {
    process.exitCode =
      interruption.signal.aborted && !(error instanceof Refusal)
        ? exitCodes.interrupted
        : reportFailure(error, attemptFrom(process.env), json);
  } finally {
    await installation?.close().catch((error: unknown) => note(String(error)));
    interruption.dispose();
  }
}
