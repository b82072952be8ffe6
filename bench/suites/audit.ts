import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRouterClient } from "@orpc/server";
import type { CommunityFacts } from "#src/accounts/call.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { analyticsApi } from "#src/analytics/api.ts";
import { analyticsSheets } from "#src/analytics/reactions.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { dayToDate } from "#src/base/clock.ts";
import { readConfig } from "#src/base/config.ts";
import { openInstallation } from "#src/base/installation.ts";
import type { Fact } from "#src/events.ts";
import { memberPresence } from "#src/members/reactions.ts";
import { atMost, quantile, told, type Figure } from "../figure.ts";
import { HISTORY_END, makeHistory } from "../history.ts";
import type { Suite } from "../frame.ts";

const MESSAGES = Number(process.env["BENCH_MESSAGES"] ?? 1_000_000);
const YEARS = Number(process.env["BENCH_YEARS"] ?? 10);
const MEMBERS = Math.round(MESSAGES / 20);
const ROUNDS = 20;
const DAY = 86_400_000;
const ZONE = "Europe/Moscow";

type Question = Omit<Parameters<ReturnType<typeof clientFor>["audit"]>[0], "community">;

/** What people ask of the last 90 days. */
const questions: readonly Question[] = [{}, { segment: "newcomers" }, { segment: "regulars" }, { compare: "none" }];

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

/** Milliseconds of each audit, from the question to the text of the answer. The first of each kind fills the cache of days. */
async function measure(
  databases: Databases,
  community: CommunityId,
  slug: string,
): Promise<{ first: number; rest: number[] }> {
  const client = clientFor(databases, community, slug);
  const times: number[] = [];
  const lastDay = Math.floor(HISTORY_END / DAY);
  for (let round = 0; round < ROUNDS; round += 1) {
    // A report that was made once is remembered; other days make another report.
    const days = { from: dayToDate(lastDay - round - 89), to: dayToDate(lastDay - round) };
    for (const question of questions) {
      const started = performance.now();
      JSON.stringify(await client.audit({ community: slug, ...days, ...question }));
      times.push(performance.now() - started);
    }
  }
  const [first = NaN, ...rest] = times;
  return { first, rest: rest.slice(questions.length) };
}

async function figures(databases: Databases, say: (line: string) => void): Promise<Figure[]> {
  const year = { messages: MESSAGES, members: MEMBERS, days: 365, spaces: 6, slug: "year" };
  const long = { ...year, messages: MESSAGES * YEARS, days: 365 * YEARS, slug: "long" };
  const one = await makeHistory(databases, year, say);
  const seconds = await recount(databases, one, year);
  say(`${year.messages} messages counted in ${seconds.toFixed(1)} s`);
  const other = await makeHistory(databases, long, say);
  say(`${long.messages} messages counted in ${(await recount(databases, other, long)).toFixed(1)} s`);
  const short = await measure(databases, one, year.slug);
  const tall = await measure(databases, other, long.slug);
  const [p95, p95Long] = [quantile(short.rest, 0.95), quantile(tall.rest, 0.95)];
  return [
    atMost(`audit of 90 days at ${year.messages} messages, p95`, { value: p95, goal: 150, unit: "ms" }),
    told("the same, median", quantile(short.rest, 0.5), "ms"),
    told("the same, first one after a start", short.first, "ms"),
    told(`audit of 90 days at ${long.messages} messages, p95`, p95Long, "ms"),
    atMost(`${YEARS} times the history, times the p95`, { value: p95Long / p95, goal: 1.5, unit: "times" }),
    atMost("counting everything anew, a million messages", {
      value: (seconds * 1_000_000) / MESSAGES,
      goal: 6,
      unit: "s",
    }),
  ];
}

async function measureAll(say: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "veche-bench-audit-"));
  const config = readConfig({ ...process.env, VECHE_DATA_DIR: folder });
  const installation = await openInstallation({ config, name: "veche bench", log: say });
  try {
    return await figures(installation.databases, say);
  } finally {
    await installation.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** How quickly the last 90 days are audited, of a year's and of a long history, through the procedure. */
export const suite: Suite = { measure: measureAll };
