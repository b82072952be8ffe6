import { sql } from "kysely";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Databases } from "#src/base/database.ts";
import type { Jobs } from "#src/base/jobs.ts";
import { outboxDepth } from "#src/platforms/health.ts";
import { logger } from "#src/base/logger.ts";

/** Figures of this process and of what is behind, in the text format of Prometheus. */
export interface Metrics {
  /** `kind` is api, page, asset or other; never a path, of which there would be too many. */
  observe(request: { kind: string; method: string; status: number; seconds: number }): void;
  text(): Promise<string>;
}

interface Setup {
  readonly databases: Databases;
  readonly jobs: Jobs;
  /** The names of all consumers of the log. */
  readonly consumers: readonly string[];
}

async function lagOf({ databases, consumers }: Setup): Promise<{ consumer: string; facts: number }[]> {
  const found = await sql<{ consumer: string; facts: number }>`
    select n.name as consumer, coalesce(sum(h.seq - coalesce(c.seq, 0)), 0) as facts
    from unnest(${[...consumers]}::text[]) n (name) cross join log_heads h
    left join cursors c on c.community_id = h.community_id and c.consumer = n.name
    group by n.name`.execute(databases.owner);
  return found.rows;
}

async function parkedCount({ databases }: Setup): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from parked_facts where settled_at is null`.execute(databases.owner);
  return found.rows[0]?.count ?? 0;
}

async function importCounts({ databases }: Setup): Promise<{ status: string; count: number }[]> {
  const found = await sql<{ status: string; count: number }>`
    select status, count(*) as count from imports group by status`.execute(databases.owner);
  return found.rows;
}

/** A gauge that is read when it is asked for; one that cannot be read is left out and logged. */
function gauge(about: { name: string; help: string; labels: string[] }, read: (gauge: Gauge) => Promise<void>): Gauge {
  return new Gauge({
    name: about.name,
    help: about.help,
    labelNames: about.labels,
    registers: [],
    async collect() {
      this.reset();
      await read(this).catch((error: unknown) => {
        const failure = error instanceof Error ? error.name : "unknown";
        logger.warn({ metric: about.name, failure }, "a figure cannot be read");
      });
    },
  });
}

/** Opens the figures of this process. */
export function openMetrics(setup: Setup): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "veche_http_request_duration_seconds",
    help: "How long requests took",
    labelNames: ["kind", "method", "status"],
    buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 2, 10],
    registers: [registry],
  });
  const figures = [
    gauge(
      { name: "veche_log_lag_facts", help: "Facts that a consumer has yet to read", labels: ["consumer"] },
      async (figure) => {
        for (const { consumer, facts } of await lagOf(setup)) figure.set({ consumer }, facts);
      },
    ),
    gauge(
      { name: "veche_parked_facts", help: "Facts put aside that wait for a person", labels: [] },
      async (figure) => {
        figure.set(await parkedCount(setup));
      },
    ),
    gauge(
      {
        name: "veche_outbox_rows",
        help: "What is to reach platforms, and what waits for a person",
        labels: ["status"],
      },
      async (figure) => {
        for (const { status, rows } of await outboxDepth(setup.databases.owner)) figure.set({ status }, rows);
      },
    ),
    gauge(
      { name: "veche_outbox_oldest_seconds", help: "For how long the oldest has been due", labels: ["status"] },
      async (figure) => {
        for (const { status, oldestSeconds } of await outboxDepth(setup.databases.owner))
          figure.set({ status }, oldestSeconds);
      },
    ),
    gauge({ name: "veche_imports", help: "Imports by status", labels: ["status"] }, async (figure) => {
      for (const { status, count } of await importCounts(setup)) figure.set({ status }, count);
    }),
    gauge({ name: "veche_jobs", help: "Jobs by queue and state", labels: ["queue", "state"] }, async (figure) => {
      for (const { name: queue, waiting, running, failed } of await setup.jobs.counts()) {
        figure.set({ queue, state: "waiting" }, waiting);
        figure.set({ queue, state: "running" }, running);
        figure.set({ queue, state: "failed" }, failed);
      }
    }),
  ];
  for (const figure of figures) registry.registerMetric(figure);
  return {
    observe: ({ kind, method, status, seconds }) =>
      durations.observe({ kind, method, status: String(status) }, seconds),
    text: () => registry.metrics(),
  };
}
