import { expect, test } from "vitest";
import { countTests, failuresOf } from "./counts.ts";

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

test("what failed is told by file, name and reason, before anything else", () => {
  const failing = { status: "failed", fullName: "a poll closes", failureMessages: ["expected 1 to be 2"] };
  const testResults = [
    { name: "poll.test.ts", status: "failed", assertionResults: [{ status: "passed" }, failing] },
    { name: "broken.test.ts", status: "failed", message: "no such module", assertionResults: [] },
  ];
  expect(failuresOf({ testResults })).toEqual([
    "poll.test.ts > a poll closes\nexpected 1 to be 2",
    "broken.test.ts\nno such module",
  ]);
  expect(failuresOf({ testResults: [file("passed", "passed")] })).toEqual([]);
});
