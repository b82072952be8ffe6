import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Check } from "./checks.ts";
import { countTests, failuresOf, type Counts } from "./counts.ts";
import { filesToTryAgain, type SecondLook, withSecondTry } from "./second-look.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Tools of node_modules ask for the `node` on the path, which may be an older one than this. */
const PATH = [dirname(process.execPath), join(ROOT, "node_modules", ".bin"), process.env["PATH"]].join(delimiter);

/** How a check went. */
export interface Outcome extends Counts {
  readonly check: Check;
  readonly seconds: number;
  /** Everything the check wrote. */
  readonly output: string;
  /** What failed in a test run, a paragraph each; of other checks the output says it. */
  readonly failures: readonly string[];
  /** What failed at first and passed when its file was tried once more. */
  readonly unsteady: readonly string[];
}

function run(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, PATH, NO_COLOR: "1", FORCE_COLOR: "0" };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => {
    child.on("error", (error) => done({ code: 1, output: String(error) }));
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

interface Ran {
  readonly code: number;
  readonly output: string;
  /** What vitest reported, if it was vitest. */
  readonly report: unknown;
}

async function runSteps(check: Check, files: readonly string[] = []): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), "veche-check-"));
  const report = join(folder, "report.json");
  const extra = check.vitest === true ? ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`] : [];
  let output = "";
  let code = 0;
  for (const [program, ...args] of check.steps) {
    const step = await run(program === "node" ? process.execPath : program, [...args, ...files, ...extra]);
    output += step.output;
    code = step.code;
    if (code !== 0) break;
  }
  const told = check.vitest === true ? readReport(report) : undefined;
  rmSync(folder, { recursive: true, force: true });
  return { code, output, report: told };
}

/** A few files that failed are tried once more; a fault in the product fails twice. */
async function lookAgain(check: Check, first: Ran): Promise<Ran & SecondLook> {
  const files = filesToTryAgain(first.report);
  if (files.length === 0) return { ...first, unsteady: [] };
  const second = await runSteps(check, files);
  const output = `${first.output}\nTried once more:\n${second.output}`;
  return { ...withSecondTry(first.report, second.report), code: second.code, output };
}

/** Runs a check to its end, or to its first step that fails. */
export async function runCheck(check: Check): Promise<Outcome> {
  const began = performance.now();
  const { report, code, output, unsteady } = await lookAgain(check, await runSteps(check));
  const seconds = (performance.now() - began) / 1000;
  return { check, seconds, output, unsteady, failures: failuresOf(report), ...countTests(report, code) };
}
