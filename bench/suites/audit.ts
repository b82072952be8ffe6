import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import type { CommunityFacts } from "#src/accounts/call.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { startApp, type RunningApp } from "#src/app.ts";
import { analyticsApi } from "#src/analytics/api.ts";
import { analyticsSheets } from "#src/analytics/reactions.ts";
import { forgetDays } from "#src/analytics/store/day-cache.ts";
import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { dayToDate } from "#src/base/clock.ts";
import { readConfig } from "#src/base/config.ts";
import { openInstallation, type Installation } from "#src/base/installation.ts";
import type { Fact } from "#src/events.ts";
import { memberPresence } from "#src/members/reactions.ts";
import { atMost, quantile, told, type Figure } from "../figure.ts";
import { HISTORY_END, makeHistory, type HistoryPlan } from "../history.ts";
import type { Suite } from "../frame.ts";

const MESSAGES = Number(process.env["BENCH_MESSAGES"] ?? 1_000_000);
/** 0 leaves the long history out, for who works on the short one. */
const YEARS = Number(process.env["BENCH_YEARS"] ?? 10);
const MEMBERS = Math.round(MESSAGES / 20);
const ROUNDS = 20;
const DAY = 86_400_000;
const ZONE = "Europe/Moscow";

type Question = Omit<Parameters<ReturnType<typeof clientFor>["audit"]>[0], "community">;

/** How long an audit of 90 days may take, in milliseconds, and how many times that with ten times the history. */
const GOAL = 150;
const TIMES = 1.5;
/** So often a round begins as after a start: no day of the history is in memory. */
const COLD_EVERY = 10;
/** So many more of that kind are measured by themselves, and how long one may take, in milliseconds. */
const COLD = 8;
const COLD_GOAL = 400;

/** What people ask of 90 days. */
const questions: readonly Question[] = [{}, { segment: "newcomers" }, { segment: "regulars" }, { compare: "none" }];

/** What they open behind the numbers. */
const people = ["active", "new", "gone"] as const;
const messages = [
  { behind: "hour", weekday: 2, hour: 19 },
  { behind: "unanswered-questions" },
  { behind: "first-messages" },
  { behind: "domain", domain: "site3.example" },
  { behind: "most-reactions" },
] as const;

function clientFor(databases: Databases, community: CommunityId, slug: string) {
  const facts: CommunityFacts = { id: community, slug, name: slug, language: "en", timeZone: ZONE };
  const context = testCall(
    { databases, caller: keyIn(facts, "analyst"), communities: [facts] },
    { now: () => HISTORY_END },
  );
  return createRouterClient(analyticsApi, { context });
}

/** Counts everything derived anew, as after an import, on two connections at once. Returns the seconds it took. */
async function recount(
  databases: Databases,
  community: CommunityId,
  plan: { messages: number; days: number },
): Promise<number> {
  const payload = {
    importId: community,
    messages: plan.messages,
    firstAt: HISTORY_END - (plan.days + 1) * DAY,
    lastAt: HISTORY_END + DAY,
  };
  const fact: Fact = { seq: 1, kind: "history.imported", happenedAt: HISTORY_END, payload };
  const started = performance.now();
  await Promise.all(
    [analyticsSheets, memberPresence].map((consumer) =>
      databases.asOwner((tx) => consumer.react(tx, community, [fact])),
    ),
  );
  return (performance.now() - started) / 1000;
}

/** Days of each round's question: other ones each time, at most a quarter back, so that no answer is ready. */
function daysOf(round: number): { from: string; to: string } {
  const to = Math.floor(HISTORY_END / DAY) - ((round * 13) % 97);
  return { from: dayToDate(to - 89), to: dayToDate(to) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  JSON.stringify(await work());
  return performance.now() - started;
}

interface Times {
  /** The very first, when nothing has been asked yet. */
  readonly first: number;
  /** All but the first round; every tenth round begins with nothing remembered. */
  readonly audits: readonly number[];
  /** Each with nothing remembered. */
  readonly cold: readonly number[];
  readonly lists: readonly number[];
}

/** Milliseconds from each question to the text of its answer, in a process that has started as the product does. */
async function measure(databases: Databases, community: CommunityId, slug: string): Promise<Times> {
  const client = clientFor(databases, community, slug);
  const audits: number[] = [];
  const cold: number[] = [];
  const lists: number[] = [];
  let first = NaN;
  for (let round = 0; round < ROUNDS; round += 1) {
    const days = daysOf(round);
    if (round % COLD_EVERY === COLD_EVERY - 1) forgetDays();
    for (const [place, question] of questions.entries()) {
      const took = await timed(() => client.audit({ community: slug, ...days, ...question }));
      if (round === 0 && place === 0) first = took;
      if (round > 0) audits.push(took);
    }
    for (const behind of people)
      lists.push(await timed(() => client.membersBehind({ community: slug, ...days, behind })));
    for (const behind of messages)
      lists.push(await timed(() => client.messagesBehind({ community: slug, ...days, ...behind })));
  }
  for (let round = ROUNDS; round < ROUNDS + COLD; round += 1) {
    forgetDays();
    cold.push(await timed(() => client.audit({ community: slug, ...daysOf(round) })));
  }
  return { first, audits, cold, lists };
}

function told90(times: Times, { count, goal }: { count: number; goal: number }): Figure[] {
  return [
    atMost(`audit of 90 days at ${count} messages, p95`, { value: quantile(times.audits, 0.95), goal, unit: "ms" }),
    told("the same, median", quantile(times.audits, 0.5), "ms"),
    atMost("the same, nothing remembered, median", {
      value: quantile(times.cold, 0.5),
      goal: (COLD_GOAL * goal) / GOAL,
      unit: "ms",
    }),
    told("the same, first one after a start", times.first, "ms"),
    atMost(`list behind a number at ${count} messages, p95`, {
      value: quantile(times.lists, 0.95),
      goal: 100,
      unit: "ms",
    }),
  ];
}

/**
 * The community of a plan, counted: made now, or by a run before in the folder that `BENCH_FOLDER` names. Who changes how
 * days are counted begins with another folder. Seconds of counting, where it was counted.
 */
async function countedHistory(
  databases: Databases,
  plan: HistoryPlan,
  say: (line: string) => void,
): Promise<{ community: CommunityId; seconds: number | undefined }> {
  const found = await sql<{ id: string }>`select id from communities where slug = ${plan.slug}`.execute(
    databases.owner,
  );
  const before = found.rows[0];
  if (before !== undefined) return { community: provenCommunity(before.id), seconds: undefined };
  const community = await makeHistory(databases, plan, say);
  const seconds = await recount(databases, community, plan);
  // What a server does by itself within a minute shall not happen while something is measured.
  await sql`vacuum (analyze)`.execute(databases.owner);
  say(`${plan.messages} messages counted in ${seconds.toFixed(1)} s`);
  return { community, seconds };
}

async function measureLong(databases: Databases, year: HistoryPlan, say: (line: string) => void): Promise<Times> {
  const long = { ...year, messages: year.messages * YEARS, days: year.days * YEARS };
  const { community } = await countedHistory(databases, long, say);
  return measure(databases, community, long.slug);
}

function toldLong(tall: Times, short: Times): Figure[] {
  const times = quantile(tall.audits, 0.95) / quantile(short.audits, 0.95);
  return [
    ...told90(tall, { count: MESSAGES * YEARS, goal: GOAL * TIMES }),
    atMost(`${YEARS} times the history, times the p95`, { value: times, goal: TIMES, unit: "times" }),
  ];
}

/** Pages and API as `npm start` serves them, with what it does at leisure after the start behind it. */
async function startWarm(installation: Installation): Promise<RunningApp> {
  const app = await startApp({ ...installation, config: { ...installation.config, role: "web", port: 0 } });
  await app.warm;
  return app;
}

async function figures(installation: Installation, say: (line: string) => void): Promise<Figure[]> {
  const { databases } = installation;
  const year = { messages: MESSAGES, members: MEMBERS, days: 365, spaces: 6, slug: "year" };
  const one = await countedHistory(databases, year, say);
  const app = await startWarm(installation);
  const short = await measure(databases, one.community, year.slug);
  await app.stop();
  const tall = YEARS === 0 ? undefined : await measureLong(databases, { ...year, slug: "long" }, say);
  return [
    ...told90(short, { count: year.messages, goal: GOAL }),
    ...(tall === undefined ? [] : toldLong(tall, short)),
    ...(one.seconds === undefined
      ? []
      : [
          atMost("counting everything anew, a million messages", {
            value: (one.seconds * 1_000_000) / MESSAGES,
            goal: 6,
            unit: "s",
          }),
        ]),
  ];
}

async function measureAll(say: (line: string) => void): Promise<Figure[]> {
  const kept = process.env["BENCH_FOLDER"];
  const folder = kept ?? (await mkdtemp(join(tmpdir(), "veche-bench-audit-")));
  const config = readConfig({ ...process.env, VECHE_DATA_DIR: folder });
  const installation = await openInstallation({ config, name: "veche bench", log: say });
  try {
    return await figures(installation, say);
  } finally {
    await installation.close();
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** How quickly the last 90 days are audited, of a year's and of a long history, through the procedure. */
export const suite: Suite = { measure: measureAll };
