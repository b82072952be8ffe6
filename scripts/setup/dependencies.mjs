import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, root, runNpm, say, unlessDone } from "./step.mjs";

/** Whether npm's own record of what is installed agrees with the lockfile, as after a person's `npm ci`. */
function isInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) => path === "" || optional || link || installed[path]?.version === version,
  );
}

/** Installs what the lockfile names, when it changed since the last time or nothing is there. */
export function installDependencies() {
  const mark = `${fingerprint(["package-lock.json"])} ${process.platform}-${process.arch}`;
  unlessDone({ stamp: "node_modules/.veche-installed", result: "node_modules/.package-lock.json", mark }, () => {
    if (isInstalled()) return;
    say("Installing dependencies (about a minute, once)…");
    // A server's NODE_ENV=production must not leave out what builds the pages.
    runNpm(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"], {
      sentence:
        "The dependencies could not be installed: check that this machine reaches npm's registry and has room on its disk.",
    });
  });
}
