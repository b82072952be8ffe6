import type { Jobs, JobsSetup } from "../jobs.ts";
import { openMailer } from "../mail/mailer.ts";
import { openSecrets } from "../secrets.ts";

/** A root secret that protects nothing. */
export const testSecrets = openSecrets(["only-for-tests-only-for-tests-only-for-tests"]);

/** What jobs and calls need beside a database, for tests that are not about it: no mail server, a clock that runs. */
export const testTools: Pick<JobsSetup, "secrets" | "mailer" | "publicUrl" | "now"> = {
  secrets: testSecrets,
  mailer: openMailer({ smtpUrl: undefined, from: "" }),
  publicUrl: "http://localhost",
  now: () => Date.now(),
};

/** A queue that takes everything and does nothing. */
export const noJobs: Jobs = {
  send: async () => true,
  counts: async () => [],
  endHold: async () => 0,
  failed: async () => [],
  countFailed: async () => 0,
  settleFailed: async () => 0,
  stop: async () => undefined,
};
