import { setTimeout as pause } from "node:timers/promises";
import { fromKysely, PgBoss } from "pg-boss";
import type { z } from "zod";
import { currentHold, holdWork, takeHeldWork } from "./backup/hold.ts";
import type { Databases, Db, Tx } from "./database.ts";
import { countFailedJobs, type FailedAsk, type FailedJob, failedJobsById, listFailedJobs } from "./failed-jobs.ts";
import { newId } from "./ids.ts";
import { JOBS_SCHEMA } from "./jobs-schema.ts";
import { logger } from "./logger.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { Secrets } from "./secrets.ts";

/** What a job is handed beside its data. */
export interface JobTools {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly mailer: Mailer;
  /** For a job that sends another one. */
  readonly jobs: Jobs;
  /** The address people use, without a slash at the end: for links in letters. */
  readonly publicUrl: string;
  /** Aborted when the process stops: put down what you do at a safe place and return or throw; the job comes again. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** What a job by the clock would do at once because its time has passed. */
export interface Overdue {
  /** Each piece by an id that stays the same until it is done; `content` says whose it is, `{ community }`. */
  list(db: Db, now: number): Promise<{ readonly id: string; readonly content: Readonly<Record<string, string>> }[]>;
  /** Passes over a piece: only what falls due later is done. */
  skip(tx: Tx, id: string, now: number): Promise<void>;
}

/** Work that is done apart from any request. It may run more than once, so it must be safe to repeat. */
export interface Job<Data extends object = object> {
  /** `feature.what`; stays the same for ever, because waiting jobs are stored under it. */
  readonly name: string;
  /** Checks what was stored: it may have been written by an older version. */
  readonly data: z.ZodType<Data>;
  /** How often a failed run is tried again, with growing pauses. */
  readonly retries: number;
  /** A run that takes longer is given up and tried again. */
  readonly minutes: number;
  /** How many run at once in one process. */
  readonly abreast?: number;
  /** Runs by the clock as well: five fields of cron, in UTC, with `{}` as data. */
  readonly every?: string;
  /**
   * Runs also while the install is held after a restore: it sends nothing, awards nothing and erases nothing, so that
   * it does no harm when another install has done it as well. Every other job waits until the hold ends.
   */
  readonly duringHold?: true;
  work(data: Data, tools: JobTools): Promise<void>;
  /** For a job by the clock that reaches people: after a restore each piece that is overdue is put to a person. */
  readonly overdue?: Overdue;
  /** A person decided after a restore that this shall not be done any more. Runs in the transaction that ends the hold. */
  dropped?(data: Data, tx: Tx): Promise<void>;
}

/** A job of any data, as a feature hands it over. */
export type AnyJob = Pick<Job, "name" | "retries" | "minutes" | "abreast" | "every" | "duringHold" | "overdue"> & {
  run(data: unknown, tools: JobTools): Promise<void>;
  drop?(data: unknown, tx: Tx): Promise<void>;
};

/** A job that can be sent and run. */
export type SendableJob<Data extends object> = AnyJob & { readonly sample?: Data };

/** Defines a job. List it in the feature's `jobs`. */
export function job<Data extends object>(definition: Job<Data>): SendableJob<Data> {
  const { name, retries, minutes, abreast = 1, every, duringHold, overdue } = definition;
  return {
    name,
    retries,
    minutes,
    abreast,
    ...(every === undefined ? {} : { every }),
    ...(duringHold === undefined ? {} : { duringHold }),
    ...(overdue === undefined ? {} : { overdue }),
    run: (data, tools) => definition.work(definition.data.parse(data), tools),
    drop: async (data, tx) => definition.dropped?.(definition.data.parse(data), tx),
  };
}

/** How a job is sent. */
export interface Sending {
  /** While a job with this key waits or runs, another one with the same key is not taken. */
  readonly key?: string;
  /** A transaction of the owner: the job exists if and only if it commits. */
  readonly tx?: Tx;
  /** Not before this instant, in milliseconds since 1970 UTC. */
  readonly notBefore?: number;
}

/** How many jobs of one name wait, run and have failed for good. */
export interface JobCount {
  readonly name: string;
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
}

/** Sends jobs and, in a process that does background work, runs them. */
export interface Jobs {
  /** False when one with the same key was there already. */
  send<Data extends object>(job: SendableJob<Data>, data: Data, sending?: Sending): Promise<boolean>;
  counts(): Promise<JobCount[]>;
  /**
   * Ends the hold after a restore: what may go is sent, the rest is dropped, all in one transaction; every process begins
   * to work within two seconds. Refuses while something is undecided. Returns how much was sent.
   */
  endHold(): Promise<number>;
  /** What was given up after its last retry, the latest first. */
  failed(ask: Omit<FailedAsk, "names">): Promise<FailedJob[]>;
  countFailed(): Promise<number>;
  /**
   * Sends failed jobs once more, or drops them for good. Returns how many were settled; those whose like waits or runs
   * already are dropped in its favour, those that are no longer there are passed over.
   */
  settleFailed(ids: readonly string[], become: "again" | "drop"): Promise<number>;
  /** Takes no new jobs, aborts the running ones' signal and waits for them, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** A worker that was killed is noticed after this long. */
const HEARTBEAT_SECONDS = 30;
const SUPERVISE_SECONDS = 10;

async function startWork(boss: PgBoss, each: AnyJob, tools: JobTools): Promise<void> {
  const options = {
    batchSize: 1,
    localConcurrency: each.abreast ?? 1,
    pollingIntervalSeconds: 2,
    // Retries and jobs of a transaction are found by looking, not by a notification.
    notifyPollingIntervalSeconds: 2,
  };
  await boss.work(each.name, options, async (jobs) => {
    for (const one of jobs) {
      const signal = AbortSignal.any([tools.signal, one.signal]);
      await each.run(one.data, { ...tools, signal }).catch((error: unknown) => {
        const failure = error instanceof Error ? error.name : "unknown";
        logger.error({ job: each.name, id: one.id, failure }, "a job failed");
        throw error;
      });
    }
  });
  if (each.every !== undefined) await boss.schedule(each.name, each.every, {}, { tz: "UTC" });
}

async function openQueue(boss: PgBoss, each: AnyJob): Promise<void> {
  const settings = {
    retryLimit: each.retries,
    retryDelay: 1,
    retryBackoff: each.retries > 0,
    expireInSeconds: each.minutes * 60,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    notify: true,
  };
  // Of the jobs with one key, one at a time may wait or run.
  await boss.createQueue(each.name, { ...settings, policy: "exclusive" });
  await boss.updateQueue(each.name, settings);
}

/** How soon a held process notices that the hold has ended, in milliseconds. */
const LOOK_MS = 2_000;

/** In a held install, puts to a person what the clock would do at once. */
async function putOverdue(jobs: readonly AnyJob[], db: Db, now: number): Promise<void> {
  if ((await currentHold(db)) === undefined) return;
  for (const { name, overdue } of jobs)
    if (overdue !== undefined) await holdWork(db, name, await overdue.list(db, now));
}

/** Begins to work: with everything, or while the install is held with what does no harm, and with the rest afterwards. */
async function startAll(boss: PgBoss, jobs: readonly AnyJob[], tools: JobTools): Promise<void> {
  const db = tools.databases.owner;
  const isHeld = (await currentHold(db)) !== undefined;
  const now = jobs.filter((each) => !isHeld || each.duringHold === true);
  for (const each of now) await startWork(boss, each, tools);
  if (now.length === jobs.length) return;
  logger.warn("this install was restored and is held: work waits until a person has decided about it");
  const wait = async (): Promise<void> => {
    while ((await currentHold(db)) !== undefined) await pause(LOOK_MS, undefined, { signal: tools.signal });
    for (const each of jobs) if (!now.includes(each)) await startWork(boss, each, tools);
  };
  wait().catch((error: unknown) => {
    if (!tools.signal.aborted) logger.error({ err: error }, "the end of the hold was not noticed");
  });
}

interface Settling {
  readonly jobs: readonly AnyJob[];
  readonly tx: Tx;
  readonly now: number;
}

/** Sends what waited since the backup, or lets its job know that it is dropped. Jobs of an older Veche are dropped. */
async function settle(boss: PgBoss, { jobs, tx, now }: Settling): Promise<number> {
  let sent = 0;
  for (const { id, job: name, content, key, dueAt, decision } of await takeHeldWork(tx)) {
    const known = jobs.find((each) => each.name === name);
    if (known?.overdue !== undefined) {
      if (decision === "drop") await known.overdue.skip(tx, id, now);
    } else if (decision === "go" && known !== undefined) {
      const how = { startAfter: new Date(dueAt), singletonKey: key ?? id, db: fromKysely(tx) };
      if ((await boss.send(name, content, how)) !== null) sent += 1;
    } else await known?.drop?.(content, tx);
  }
  return sent;
}

interface FailedSettling extends Pick<Settling, "jobs" | "tx"> {
  readonly ids: readonly string[];
  readonly become: "again" | "drop";
}

/** Sends given up jobs anew, under the keys they had, or lets them know that they are dropped; either way the old one goes. */
async function settleFailed(boss: PgBoss, { jobs, tx, ids, become }: FailedSettling): Promise<number> {
  const db = fromKysely(tx);
  const found = (await failedJobsById(tx, ids)).filter(({ job: name }) => jobs.some((each) => each.name === name));
  for (const { id, job: name, content, key } of found) {
    if (become === "again") await boss.send(name, content, { singletonKey: key ?? id, db });
    else await jobs.find((each) => each.name === name)?.drop?.(content, tx);
    await boss.deleteJob(name, id, { db });
  }
  return found.length;
}

/** What the jobs of a process need. */
export interface JobsSetup extends Omit<JobTools, "jobs" | "signal"> {
  readonly jobs: readonly AnyJob[];
  /** Whether this process runs jobs or only sends them. */
  readonly works: boolean;
}

/** Opens the queues, which live in a schema of their own and are brought up to date here. */
export async function startJobs({ jobs, works, ...given }: JobsSetup): Promise<Jobs> {
  const { databases, now } = given;
  const boss = new PgBoss({
    connectionString: databases.ownerUrl,
    application_name: "veche jobs",
    max: 4,
    schema: JOBS_SCHEMA,
    useListenNotify: works,
    supervise: works,
    schedule: works,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on("error", (error: Error) => logger.warn({ failure: error.name }, "the job queue had trouble"));
  await boss.start();
  for (const each of jobs) await openQueue(boss, each);
  const stopping = new AbortController();
  const names = jobs.map((each) => each.name);
  const open: Jobs = {
    send: async (each, data, { key, tx, notBefore } = {}) => {
      const id = await boss.send(each.name, data, {
        singletonKey: key ?? newId(now()),
        ...(tx === undefined ? {} : { db: fromKysely(tx) }),
        ...(notBefore === undefined ? {} : { startAfter: new Date(notBefore) }),
      });
      return id !== null;
    },
    counts: async () => {
      const queues = await boss.getQueues(names);
      return queues.map((queue) => ({
        name: queue.name,
        waiting: queue.queuedCount,
        running: queue.activeCount,
        failed: queue.failedCount,
      }));
    },
    endHold: () => databases.asOwner((tx) => settle(boss, { jobs, tx, now: now() })),
    failed: (ask) => listFailedJobs(databases.owner, { ...ask, names }),
    countFailed: async () => {
      const queues = await open.counts();
      // The queue's own figures are cheap and up to a minute old: only where they say so everything is looked through.
      return queues.some(({ failed }) => failed > 0) ? countFailedJobs(databases.owner, names) : 0;
    },
    settleFailed: (ids, become) => databases.asOwner((tx) => settleFailed(boss, { jobs, tx, ids, become })),
    stop: async (graceMs) => {
      stopping.abort();
      await boss.stop({ graceful: works, timeout: graceMs, close: true });
    },
  };
  const tools: JobTools = { ...given, jobs: open, signal: stopping.signal };
  await putOverdue(jobs, databases.owner, now());
  if (works) await startAll(boss, jobs, tools);
  return open;
}
