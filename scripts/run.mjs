// The one way in: `npm start`, `npm test` and `./veche` all come here. Plain JavaScript without dependencies, because it
// runs on a fresh clone, before anything is installed, with any Node from 18 on.
import module from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { installDependencies } from "./setup/dependencies.mjs";
import { keepMemorySmall } from "./setup/memory.mjs";
import { isNewEnough, runWithNewerNode } from "./setup/node.mjs";
import { buildPages, compileWords } from "./setup/pages.mjs";
import { explain, root, SetupFailure } from "./setup/step.mjs";

/** What can be run, and whether it serves pages. Arguments come before those of the person. */
const COMMANDS = {
  start: { file: "src/cli/main.ts", args: ["start"], pages: true, environment: "production" },
  cli: { file: "src/cli/main.ts", args: [], environment: "production" },
  test: { file: "scripts/test.ts", args: [] },
  bench: { file: "bench/run.ts", args: [] },
  acceptance: { file: "acceptance/run.ts", args: [] },
};

/** Data lies beside the code wherever the command is called from; a given folder is meant from where the person stands. */
function settleDataFolder() {
  const given = process.env.VECHE_DATA_DIR;
  process.env.VECHE_DATA_DIR = given ? resolve(given) : join(root, "data");
}

/** npm runs us in a shell and, when it is told to end, ends that shell alone: whoever lost its parent ends as well. */
function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 300);
  watch.unref();
}

async function run() {
  const [name = "start", ...rest] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) throw new SetupFailure(`There is no "${name}". Known: ${Object.keys(COMMANDS).join(", ")}.`);
  if (isNewEnough() && command.environment) keepMemorySmall();
  endWithParent();
  if (!isNewEnough()) return runWithNewerNode(process.argv.slice(1));
  settleDataFolder();
  installDependencies();
  compileWords();
  if (command.pages || rest[0] === "start") buildPages();
  if (command.environment) process.env.NODE_ENV ??= command.environment;
  // Compiled sources are kept: a second start reads them instead of compiling several thousand files again.
  module.enableCompileCache?.(join(root, ".tools", "compile-cache"));
  const file = join(root, command.file);
  process.argv = [process.argv[0], file, ...command.args, ...rest];
  await import(pathToFileURL(file).href);
}

run().catch(explain);
