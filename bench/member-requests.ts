import { createRouterClient } from "@orpc/server";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import type { Databases } from "#src/base/database.ts";
import { membersApi } from "#src/members/api.ts";
import type { MemberFilter, MemberSort } from "#src/members/model.ts";
import { stages } from "#src/members/standing/model.ts";
import { atMost, quantile, told, type Figure } from "./figure.ts";
import { facts, MEMBERS, NOW } from "./million.ts";

const GOAL_MS = 50;
/** Each kind of request is made so often, with words and places that differ. */
const REPEATS = 40;

type Ask = MemberFilter & { sort?: MemberSort; after?: string; limit?: number };
type Ask1 = (ask: Ask) => Promise<{ items: { id: string; name: string }[]; next: string | null }>;

const common = ["иван", "ivan", "alex", "анна", "серг", "maria", "петр", "см", "а", "j", "Александр", "olga"];
const rare = ["артём щербаков", "zoë kim", "иван сидоров", "sven o'brien", "барсук77", "łukasz nagy", "user100977000"];
const absent = ["zzzqqq", "ыыъъ", "ivan zzz", "12345678901234", "nobody at all", "xqxqxq anna"];

/** The kinds of requests a person makes of the list; `n` makes each repeat another one. */
const kinds: Record<string, (n: number) => Ask> = {
  "first page by last activity": () => ({}),
  "first page by messages": () => ({ sort: "messages" }),
  "first page by newest": () => ({ sort: "newest" }),
  "first page by name": () => ({ sort: "name" }),
  "search, a common name": (n) => ({ search: common[n % common.length] ?? "" }),
  "search, a common name by messages": (n) => ({ search: common[n % common.length] ?? "", sort: "messages" }),
  "search, a rare name": (n) => ({ search: rare[n % rare.length] ?? "" }),
  "search, nobody": (n) => ({ search: absent[n % absent.length] ?? "" }),
  "filter: team": () => ({ staff: true }),
  "filter: bots, by messages": () => ({ bots: true, sort: "messages" }),
  "filter: people alone": () => ({ bots: false, staff: false }),
  "filter: a platform": (n) => ({ platform: n % 2 === 0 ? "discord" : "telegram" }),
  "filter: a space": (n) => ({ space: `00000000-0000-7000-9000-00000000000${n % 10}` }),
  "filter: active lately": (n) => ({ activeSince: n % 2 === 0 ? "2026-11-15" : "2026-08-22", sort: "messages" }),
  "filter: new lately, by messages": (n) => ({
    firstSeenSince: n % 2 === 0 ? "2026-11-15" : "2026-08-22",
    sort: "messages",
  }),
  "filter: many messages, newest": (n) => ({ messagesAtLeast: [10, 100, 1000, 10_000][n % 4] ?? 1, sort: "newest" }),
  "filter: levels of engagement": (n) => ({
    level: [(["participating", "contributing", "leading"] as const)[n % 3] ?? "leading"],
  }),
  "filter: a stage of life, by messages": (n) => ({ stage: [stages[n % stages.length] ?? "active"], sort: "messages" }),
  "search and filters": (n) => ({
    search: common[n % common.length] ?? "",
    activeSince: "2026-06-01",
    messagesAtLeast: n % 2 === 0 ? 100 : 3,
    bots: false,
  }),
};

async function timed(ask: Ask1, wanted: Ask): Promise<number> {
  const started = performance.now();
  await ask(wanted);
  return performance.now() - started;
}

async function measureDeep(ask: Ask1): Promise<Map<string, number[]>> {
  const sorts: MemberSort[] = ["last-active", "messages", "newest", "name"];
  const deep = new Map<string, number[]>();
  for (const sort of sorts) {
    const times: number[] = [];
    let after: string | undefined;
    for (let page = 0; page < REPEATS; page++) {
      const started = performance.now();
      const { next } = await ask({ sort, limit: 200, ...(after === undefined ? {} : { after }) });
      times.push(performance.now() - started);
      after = next ?? undefined;
    }
    deep.set(`page after page by ${sort}`, times);
  }
  return deep;
}

/** How quickly the list of members answers all kinds of requests, through the procedure and under row-level security. */
export async function listFigures(databases: Databases, say: (line: string) => void): Promise<Figure[]> {
  const client = createRouterClient(membersApi, {
    context: testCall({ databases, caller: keyIn(facts, "analyst"), communities: [facts] }, { now: () => NOW }),
  });
  const ask: Ask1 = (wanted) => client.list({ community: facts.slug, ...wanted });
  for (const make of Object.values(kinds)) await ask(make(0));
  const times = await measureDeep(ask);
  // Mixed, as people mix them: no kind finds its pages warm from the request before.
  for (let n = 0; n < REPEATS; n++)
    for (const [name, make] of Object.entries(kinds))
      times.set(name, [...(times.get(name) ?? []), await timed(ask, make(n))]);
  const all = [...times.values()].flat();
  say(`${all.length} requests`);
  const value = quantile(all, 0.95);
  return [
    atMost(`list and search at ${MEMBERS} members, p95 of ${all.length} requests`, {
      value,
      goal: GOAL_MS,
      unit: "ms",
    }),
    ...[...times].map(([name, measured]) =>
      atMost(`${name}, p95`, { value: quantile(measured, 0.95), goal: GOAL_MS, unit: "ms" }),
    ),
    told("slowest of all requests", Math.max(...all), "ms"),
  ];
}
