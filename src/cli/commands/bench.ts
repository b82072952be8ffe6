import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { m } from "#words";
import { exitCodes } from "../exit-codes.ts";

const RUN = fileURLToPath(new URL("../../../bench/run.ts", import.meta.url));

/** `veche bench NAME`: the same as `npm run bench -- NAME`, in a process of its own so that it measures nothing else. */
export function benchCommand(): Command {
  return new Command("bench")
    .description(m.cli_bench_about())
    .argument("[name]", m.cli_bench_name())
    .option("--json", m.cli_option_json(), false)
    .action(async (name: string | undefined) => {
      const child = spawn(process.execPath, [RUN, ...(name === undefined ? [] : [name])], { stdio: "inherit" });
      await once(child, "exit");
      process.exitCode = child.exitCode ?? exitCodes.failed;
    });
}
