import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, runNpm, say } from "./step.mjs";

/** The Node that is fetched where the machine's own is older than `OLDEST`. */
const WANTED = "24.21.0";
/** Runs TypeScript without a flag and without a warning. */
const OLDEST = [24, 15];

/** Whether this very Node can run Veche. */
export function isNewEnough(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** npm carries Node's binaries in one package for each kind of machine; the `node` package only picks among them. */
function packageName() {
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${process.platform}-${process.arch}`;
}

function fetchNode() {
  const folder = join(root, ".tools", `node-${WANTED}`);
  const binary = join(folder, "node_modules", packageName(), "bin", "node");
  if (existsSync(binary)) return binary;
  say(`This Node is ${process.versions.node}; fetching Node ${WANTED} for Veche alone (once)…`);
  const quiet = ["--no-save", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
  runNpm(["install", "--prefix", folder, ...quiet, `${packageName()}@${WANTED}`], {
    sentence: `Veche needs Node ${OLDEST.join(".")} or newer and could not fetch it: install Node 24, or check that npm works here.`,
  });
  return binary;
}

/** Starts this program anew with a Node that can run it, and ends as that one ends. */
export function runWithNewerNode(args) {
  const child = spawn(fetchNode(), args, { stdio: "inherit" });
  // Ctrl-C reaches both of us; the one that does the work decides when it is done.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => name !== "SIGINT" && child.kill(name));
  }
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code, signal) => {
      process.exitCode = signal ? 1 : (code ?? 1);
      done();
    });
  });
}
