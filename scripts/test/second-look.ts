import { failuresOf, parseReport, type Report } from "./counts.ts";

/** More files than these do not fail by chance: then nothing is tried again. */
const FILES_AT_MOST = 4;

/** A test run and what became of it when the files that failed had been tried once more. */
export interface SecondLook {
  /** The run as it counts: what was tried again counts as it went the second time. */
  readonly report: unknown;
  /** What failed at first and passed then, a paragraph each. It is shown, because somebody has to find out why. */
  readonly unsteady: readonly string[];
}

/** The files of a run that are worth a second try: a few that failed. None when the run broke off or many failed. */
export function filesToTryAgain(report: unknown): readonly string[] {
  const files = (parseReport(report)?.testResults ?? []).filter(({ status }) => status === "failed");
  return files.length > FILES_AT_MOST ? [] : files.map(({ name }) => name);
}

/** Puts the second try of some files into the run they come from. A second run that says nothing changes nothing. */
export function withSecondTry(first: unknown, second: unknown): SecondLook {
  const [before, after] = [parseReport(first), parseReport(second)];
  if (before === undefined || after === undefined) return { report: first, unsteady: [] };
  const tried = new Map(after.testResults.map((file) => [file.name, file]));
  const report: Report = { testResults: before.testResults.map((file) => tried.get(file.name) ?? file) };
  const still = new Set(failuresOf(report).map(titleOf));
  return { report, unsteady: failuresOf(before).filter((told) => !still.has(titleOf(told))) };
}

/** The first line of what is told of a failure: file and name. Why it failed may differ from try to try. */
function titleOf(told: string): string {
  return told.split("\n", 1)[0] ?? told;
}
