import { z } from "zod";

/** How many tests went which way. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's JSON report that is read here: https://vitest.dev/guide/reporters.html#json-reporter */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string().default("a file"),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string().default("a test"),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** A run as vitest reports it. */
export type Report = z.infer<typeof reportSchema>;

/** The report of a run; undefined when it is none. */
export function parseReport(report: unknown): Report | undefined {
  return reportSchema.safeParse(report).data;
}

/**
 * What failed, a paragraph each, from vitest's report: the file, the name of the test, and why. A reader with the first page
 * of the output only still learns it.
 */
export function failuresOf(report: unknown): string[] {
  return (parseReport(report)?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0) return status === "failed" ? [`${name}\n${message}`] : [];
    return failed.map((test) => `${name} > ${test.fullName}\n${(test.failureMessages ?? []).join("\n")}`);
  });
}

/**
 * Counts from vitest's report. A file that could not be read counts as one failed test, and so does a run that ended
 * badly though no test failed. Without a report the whole check counts as one test.
 */
export function countTests(report: unknown, exitCode: number): Counts {
  const files = parseReport(report)?.testResults;
  if (files === undefined) return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === "passed").length;
  const skipped = tests.filter(({ status }) => ["skipped", "pending", "todo", "disabled"].includes(status)).length;
  const unread = files.filter(
    (file) => file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed"),
  ).length;
  const failed = tests.length - passed - skipped + unread;
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}
