import { expect, test } from "vitest";
import { countTests } from "./counts.ts";
import { filesToTryAgain, withSecondTry } from "./second-look.ts";

const poll = (status: "passed" | "failed") => ({
  name: "poll.test.ts",
  status,
  message: "",
  assertionResults: [
    { status: "passed", fullName: "a poll opens" },
    { status, fullName: "a poll closes", failureMessages: status === "failed" ? ["too late"] : [] },
  ],
});
const quiz = { name: "quiz.test.ts", status: "passed", message: "", assertionResults: [{ status: "passed" }] };

test("only a few files that failed are tried again", () => {
  expect(filesToTryAgain({ testResults: [poll("failed"), quiz] })).toEqual(["poll.test.ts"]);
  expect(filesToTryAgain({ testResults: [poll("passed"), quiz] })).toEqual([]);
  expect(filesToTryAgain({ testResults: Array.from({ length: 5 }, () => poll("failed")) })).toEqual([]);
  expect(filesToTryAgain(undefined)).toEqual([]);
});

test("what passes the second time counts as passed and is told as unsteady", () => {
  const looked = withSecondTry({ testResults: [poll("failed"), quiz] }, { testResults: [poll("passed")] });
  expect(looked.unsteady).toEqual(["poll.test.ts > a poll closes\ntoo late"]);
  expect(countTests(looked.report, 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
});

test("what fails twice has failed", () => {
  const looked = withSecondTry({ testResults: [poll("failed"), quiz] }, { testResults: [poll("failed")] });
  expect(looked.unsteady).toEqual([]);
  expect(countTests(looked.report, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
});

test("a second run that says nothing takes nothing back", () => {
  const looked = withSecondTry({ testResults: [poll("failed"), quiz] }, undefined);
  expect(countTests(looked.report, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
});
