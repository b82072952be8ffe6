import type { FailedJob } from "../failed-jobs.ts";
import type { AnyJob, Jobs, JobsSetup, JobTools } from "../jobs.ts";
import { newId } from "../ids.ts";
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

/** A queue that keeps what it is sent until a test has it done. */
export interface KeptJobs extends Jobs {
  /** Does what waits and what that sends, in order; what fails is given up at once and waits to be settled. */
  work(tools: Omit<JobTools, "jobs">): Promise<void>;
}

/** Opens a queue of a test. */
export function keptJobs(): KeptJobs {
  const waiting: { job: AnyJob; data: object; key: string | undefined }[] = [];
  const given = new Map<string, { job: AnyJob; told: FailedJob }>();
  const queue: KeptJobs = {
    ...noJobs,
    send: async (job, data, { key } = {}) => {
      if (key !== undefined && waiting.some((each) => each.key === key)) return false;
      waiting.push({ job, data, key });
      return true;
    },
    failed: async () => [...given.values()].map(({ told }) => told),
    settleFailed: async (ids, become) => {
      for (const id of ids) {
        const failed = given.get(id);
        if (failed !== undefined && become === "again")
          waiting.push({ job: failed.job, data: failed.told.content, key: undefined });
        given.delete(id);
      }
      return ids.length;
    },
    work: async (tools) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { job, data } = next;
        const [at, id] = [tools.now(), newId(tools.now())];
        const told = { id, job: job.name, content: { ...data }, failure: "Error", tries: 1, madeAt: at, failedAt: at };
        await job.run(data, { ...tools, jobs: queue }).catch(() => given.set(id, { job, told }));
      }
    },
  };
  return queue;
}
