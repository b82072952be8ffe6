import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createRouterClient } from "@orpc/server";
import { openLimits } from "#src/accounts/limits.ts";
import { makeStartToken } from "#src/accounts/actions.ts";
import { openSignIn } from "#src/accounts/sign-in.ts";
import { type IdleWork, workWhenIdle } from "#src/base/idle-work.ts";
import type { Installation } from "#src/base/installation.ts";
import { type Jobs, type JobsSetup, startJobs } from "#src/base/jobs.ts";
import { logger } from "#src/base/logger.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { schemaIsCurrent } from "#src/base/migrations.ts";
import { giveBackMemory } from "#src/base/thrift.ts";
import { communityBySlug } from "#src/communities/queries.ts";
import { consumers } from "#src/consumers.ts";
import { adapters } from "#src/adapters/all.ts";
import { features } from "#src/features.ts";
import { openChanges } from "#src/log/changes.ts";
import { type Reader, startReader } from "#src/log/reader.ts";
import { type OutboxWorker, startOutbox } from "#src/platforms/outbox/worker.ts";
import { openPages, type PageBuild } from "#src/web/page-server.ts";
import { openMetrics } from "#src/web/server/metrics.ts";
import { listen, openSite, type Pages } from "#src/web/server/server.ts";
import { router } from "#src/app-router.ts";

/** Veche, running. */
export interface RunningApp {
  /** Where people reach it; undefined in a process that only does background work. */
  readonly address: string | undefined;
  /** The one-time link that makes the first owner; undefined once there is one. */
  readonly firstOwnerLink: string | undefined;
  readonly jobs: Jobs;
  /** Resolves when what people ask first is compiled, or was given up; at once where nothing warms up. */
  readonly warm: Promise<void>;
  /** Lets running requests and jobs finish, then closes everything but the installation, which belongs to the caller. */
  stop(): Promise<void>;
}

/** How long running requests and jobs may take to finish when the process stops. */
const GRACE_MS = 8_000;

/** A person who waits for the first page comes first, with what that page asks for. */
const WARM_AFTER_MS = 1_000;
const WARM_MOST_MS = 2_000;

const root = new URL("../", import.meta.url);
const clientFolder = fileURLToPath(new URL("build/client", root));

async function versionOf(): Promise<string> {
  // Our own package.json has a version.
  const about = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as { version: string };
  return about.version;
}

/** The built pages; undefined when they have not been built. */
async function readPages(): Promise<Pages | undefined> {
  const file = new URL("build/server/index.js", root);
  try {
    // The build is our own entry compiled by the bundler, which gives it no types.
    const build = (await import(file.href)) as PageBuild;
    return openPages(build);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

const now = (): number => Date.now();

function* everyWarmUp(): Generator {
  for (const { warmUp } of features) if (warmUp !== undefined) yield* warmUp();
}

function startWarming(): IdleWork {
  return workWhenIdle(everyWarmUp(), { afterMs: WARM_AFTER_MS, mostMs: WARM_MOST_MS });
}

/** Serves pages and API until `stop`. */
async function startSite(installation: Installation, tools: Omit<JobsSetup, "works" | "jobs"> & { jobs: Jobs }) {
  const { config, databases } = installation;
  const { jobs } = tools;
  const signIn = openSignIn({ databases, publicUrl: config.publicUrl, now });
  const feed = await openChanges(databases.ownerUrl);
  const { app, endStreams } = openSite({
    services: {
      ...tools,
      signIn,
      limits: openLimits(now),
      consumers,
      adapters,
      findCommunity: (slug) => communityBySlug(databases, slug),
    },
    router,
    apiFor: (context) => createRouterClient(router, { context }),
    rawRoutes: features.flatMap((feature) => feature.rawRoutes),
    pageDoors: features.flatMap((feature) => feature.pageDoors ?? []),
    publicUrl: config.publicUrl,
    version: await versionOf(),
    feed,
    metrics: openMetrics({ databases, jobs, consumers: consumers.map((consumer) => consumer.name) }),
    pages: await readPages(),
    clientFolder,
    isReady: () => schemaIsCurrent(databases.owner),
  });
  const listening = await listen(app, config).catch(async (error: unknown) => {
    await feed.stop();
    throw error;
  });
  const warming = config.warmsUp ? startWarming() : undefined;
  let isEnding = false;
  const warm = warming?.done
    .then(() => (isEnding ? undefined : giveBackMemory()))
    // A slower first answer is all that it costs.
    .catch((error: unknown) => logger.error({ err: error }, "warming up failed"));
  return {
    port: listening.port,
    warm: warm ?? Promise.resolve(),
    stop: async () => {
      isEnding = true;
      warming?.stop();
      endStreams();
      await listening.stop(GRACE_MS);
      await feed.stop();
    },
  };
}

/**
 * Starts what the settings ask for: pages and API, background work, or both. Rejects with the system's error when the
 * port is taken, and has then stopped what it had started.
 */
export async function startApp(installation: Installation): Promise<RunningApp> {
  const { config, databases, secrets } = installation;
  const tools = { databases, secrets, mailer: openMailer(config.mail), publicUrl: config.publicUrl, now };
  const works = config.role !== "web";
  const jobs = await startJobs({ ...tools, jobs: features.flatMap((feature) => feature.jobs), works });
  let reader: Reader | undefined;
  let outbox: OutboxWorker | undefined;
  let site: Awaited<ReturnType<typeof startSite>> | undefined;
  const stop = async (): Promise<void> => {
    await site?.stop();
    await Promise.all([reader?.stop(), outbox?.stop(GRACE_MS), jobs.stop(GRACE_MS)]);
  };
  try {
    if (config.role !== "worker") site = await startSite(installation, { ...tools, jobs });
    if (works) reader = await startReader(databases, consumers, { jobs, now });
    if (works) outbox = await startOutbox({ databases, secrets, adapters, now });
    const token = site === undefined ? undefined : await makeStartToken(databases, now());
    const given = config.port === 0 && site !== undefined ? `http://localhost:${site.port}` : config.publicUrl;
    return {
      address: site === undefined ? undefined : given,
      firstOwnerLink: token === undefined ? undefined : `${given}/start/${token}`,
      jobs,
      warm: site?.warm ?? Promise.resolve(),
      stop,
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
