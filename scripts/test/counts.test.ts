import { expect, test } from "vitest";
import { countTests } from "./counts.ts";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test("passed, failed and skipped tests are counted as vitest reports them", () => {
  const report = { testResults: [file("failed", "passed", "failed", "skipped"), file("passed", "passed", "todo")] };
  expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

test("a test file that does not even load is a failure", () => {
  expect(countTests({ testResults: [file("failed")] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("a run that ends badly is a failure though every test passed", () => {
  expect(countTests({ testResults: [file("passed", "passed")] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test("a check without a report is one test", () => {
  expect(countTests(undefined, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countTests(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
