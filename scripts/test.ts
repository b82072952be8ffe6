/**
 * `npm test`: every check and every test, a line for each, and the whole output of what failed only. The last line is
 * `N passed, N failed, N skipped`. For people: `npm test -- --only lint,unit`.
 */
import { checks, type Check } from "./test/checks.ts";
import { runCheck, type Outcome } from "./test/run.ts";

/** Checks of the source share the two cores of a small machine; tests that measure or drive a browser run alone. */
const LANES = 2;

function wanted(args: readonly string[]): readonly Check[] {
  const at = args.indexOf("--only");
  if (at < 0) return checks;
  const names = (args[at + 1] ?? "").split(",");
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(", ")}. Known: ${checks.map(({ name }) => name).join(", ")}`);
  return checks.filter(({ name }) => names.includes(name));
}

function report({ check, seconds, passed, failed, skipped, output, failures, unsteady }: Outcome): void {
  const counts = passed + failed + skipped > 1 ? `  ${passed} passed, ${failed} failed, ${skipped} skipped` : "";
  console.log(`${failed > 0 ? "FAIL" : "ok  "}  ${check.name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s${counts}`);
  if (unsteady.length > 0) console.log(["Failed once and passed then:", ...unsteady].join("\n\n"));
  if (failed > 0) console.log([...failures, output.trimEnd()].join("\n\n"));
}

async function runAll(list: readonly Check[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...list];
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome = await runCheck(check);
      report(outcome);
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return outcomes;
}

const list = wanted(process.argv.slice(2));
const beside = await runAll(list.filter(({ alone }) => !alone));
const alone: Outcome[] = [];
for (const check of list.filter((each) => each.alone)) {
  const outcome = await runCheck(check);
  report(outcome);
  alone.push(outcome);
}
const outcomes = [...beside, ...alone];
const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + count(each), 0);
const failed = sum((each) => each.failed);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${sum((each) => each.passed)} passed, ${failed} failed, ${sum((each) => each.skipped)} skipped`);
