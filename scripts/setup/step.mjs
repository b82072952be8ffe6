import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Trouble in the set-up that has its sentence; the output of the tool that failed is shown before it. */
export class SetupFailure extends Error {
  constructor(sentence, output = "") {
    super(sentence);
    this.output = output;
  }
}

/** Tells a person what takes time. On standard error, so that `--json` stays clean. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Ends the program with what went wrong: one sentence where the trouble is known, the whole trace where it is a bug. */
export function explain(error) {
  if (!(error instanceof SetupFailure)) throw error;
  if (error.output) say(error.output.trim().split("\n").slice(-15).join("\n"));
  say(error.message);
  process.exitCode = 1;
}

/** Runs a tool quietly; throws a `SetupFailure` with this sentence when it fails. */
export function runTool(command, args, { sentence, env = {}, cwd = root }) {
  const options = { cwd, encoding: "utf8", env: { ...process.env, ...env }, maxBuffer: 64_000_000 };
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  if (error || status !== 0) throw new SetupFailure(sentence, error ? String(error) : `${stdout}\n${stderr}`);
}

/** Runs npm: the one that started us where it did, else the one on the path. */
export function runNpm(args, options) {
  const self = process.env.npm_execpath;
  if (self && self.endsWith("npm-cli.js") && existsSync(self))
    return runTool(process.execPath, [self, ...args], options);
  return runTool("npm", args, options);
}

/** All files below a folder that `wanted` (a function of the path from the root) asks for, sorted. */
export function filesBelow(folder, wanted) {
  const found = [];
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(below);
      else if (wanted(below)) found.push(below);
    }
  };
  if (existsSync(join(root, folder))) walk(folder);
  return found.sort((one, other) => (one < other ? -1 : 1));
}

/** One number for the content of these files. */
export function fingerprint(paths) {
  const sum = createHash("sha256");
  for (const path of paths)
    sum
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return sum.digest("hex");
}

/** Does the work unless its result is there and the stamp says that it was made from these very files (`mark`). */
export function unlessDone({ stamp, result, mark }, work) {
  const path = join(root, stamp);
  if (existsSync(join(root, result)) && existsSync(path) && readFileSync(path, "utf8") === mark) return;
  rmSync(path, { force: true });
  work();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, mark);
}
