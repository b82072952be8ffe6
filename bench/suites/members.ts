import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import type { CommunityFacts } from "#src/accounts/call.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import { readConfig } from "#src/base/config.ts";
import type { Databases } from "#src/base/database.ts";
import { openInstallation } from "#src/base/installation.ts";
import { membersApi } from "#src/members/api.ts";
import type { MemberFilter, MemberSort } from "#src/members/model.ts";
import { memberList } from "#src/members/reactions.ts";
import { atMost, quantile, told, type Figure } from "../figure.ts";
import type { Suite } from "../frame.ts";
import { nameParts } from "../names.ts";

const MEMBERS = Number(process.env["BENCH_MEMBERS"] ?? 1_000_000);
const SLICE = 50_000;
const NOW = Date.UTC(2026, 10, 22);
const GOAL_MS = 50;
/** Each kind of request is made so often, with words and places that differ. */
const REPEATS = 40;

/** The same in every run, so that `BENCH_FOLDER` can name a folder in which a run before has left its million. */
const id = "019f0000-0000-7000-8000-000000000001";
const facts: CommunityFacts = { id, slug: "big", name: "Big", language: "ru", timeZone: "Europe/Moscow" };
const community: CommunityId = provenCommunity(facts.id);

async function writePeople(databases: Databases, from: number): Promise<void> {
  const { russian, russianLast, latin, latinLast, nicknames } = nameParts;
  await sql`
    with drawn as (
      select i, random() as style, random() as a, random() as b, random() as c, power(random(), 6) as zeal,
        random() as came, random() as went
      from generate_series(${from}::int, ${Math.min(MEMBERS, from + SLICE - 1)}::int) i
    ), named as (
      select *, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid as id, case
        when style < 0.5 then (${russian}::text[])[1 + floor(a * a * ${russian.length})::int] || ' ' ||
          (${russianLast}::text[])[1 + floor(b * b * ${russianLast.length})::int] || case when c < 0.45 then 'а' else '' end
        when style < 0.85 then (${latin}::text[])[1 + floor(a * a * ${latin.length})::int] || ' ' ||
          (${latinLast}::text[])[1 + floor(b * b * ${latinLast.length})::int]
        when style < 0.93 then (${latin}::text[])[1 + floor(a * a * ${latin.length})::int]
        else (${nicknames}::text[])[1 + floor(a * ${nicknames.length})::int] || floor(b * 10000)::int end as name
      from drawn
    ), people as (
      insert into members (community_id, id, name, is_staff, is_bot, created_at)
      select ${community}, id, name, i % 20000 = 7, i % 5000 = 11, to_timestamp(${NOW / 1000}) from named
    ), accounts as (
      insert into identities (community_id, id, member_id, platform, external_id, name, username, created_at)
      select ${community}, gen_random_uuid(), id, case when i % 50 = 0 then 'discord' else 'telegram' end,
        'user' || (100000000 + i * 977), name, case when a < 0.6 then
          lower((${latin}::text[])[1 + floor(a * ${latin.length})::int]) || '_' || substr(md5(i::text), 1, 6) end,
        to_timestamp(${NOW / 1000}) from named
    ), days as (
      insert into member_days (community_id, member_id, day, space_id, messages, replies, questions, first_at, last_at)
      select ${community}, id, 20400 - floor(went * 1000)::int - d * 3, ('00000000-0000-7000-9000-00000000000' ||
        least(9, floor(10 * c * c)::int))::uuid, 1 + floor(zeal * 60)::int, floor(zeal * 20)::int, 0, to_timestamp(${NOW / 1000}),
        to_timestamp(${NOW / 1000})
      from named, generate_series(0, floor(zeal * 20)::int) d where style > 0.02
    )
    insert into member_totals (community_id, member_id, messages, active_days, first_at, last_at)
    select ${community}, id, 1 + floor(zeal * 20000)::int, 1 + floor(zeal * 20)::int,
      to_timestamp(${NOW / 1000} - 1e8 * greatest(came, went) - 1), to_timestamp(${NOW / 1000} - 1e8 * least(came, went))
    from named where style > 0.02`.execute(databases.owner);
}

async function isBuilt(databases: Databases): Promise<boolean> {
  const found = await sql`select from member_lists where community_id = ${community}`.execute(databases.owner);
  return found.rows.length > 0;
}

async function build(databases: Databases, say: (line: string) => void): Promise<number> {
  await sql`insert into communities (id, slug, name, language, time_zone, created_at)
    values (${facts.id}, ${facts.slug}, ${facts.name}, 'ru', ${facts.timeZone}, now())`.execute(databases.owner);
  for (let from = 1; from <= MEMBERS; from += SLICE) await writePeople(databases, from);
  say(`${MEMBERS} people with accounts, days and totals`);
  await sql`analyze`.execute(databases.owner);
  const started = performance.now();
  const payload = { firstAt: NOW - 1, lastAt: NOW };
  await databases.asOwner((tx) =>
    memberList.react(tx, community, [{ seq: 1, kind: "members.counted", happenedAt: NOW, payload }]),
  );
  const seconds = (performance.now() - started) / 1000;
  say(`the list is made: ${seconds.toFixed(1)} s`);
  await sql`vacuum (analyze)`.execute(databases.owner);
  return seconds;
}

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

async function measureRequests(ask: Ask1, say: (line: string) => void): Promise<Figure[]> {
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

async function measure(say: (line: string) => void): Promise<Figure[]> {
  const folder = process.env["BENCH_FOLDER"] ?? (await mkdtemp(join(tmpdir(), "veche-bench-")));
  const config = readConfig({ ...process.env, VECHE_DATA_DIR: join(folder, "data") });
  const installation = await openInstallation({ config, name: "veche bench", log: say });
  try {
    const { databases } = installation;
    const seconds = (await isBuilt(databases)) ? undefined : await build(databases, say);
    const caller = keyIn(facts, "analyst");
    const client = createRouterClient(membersApi, {
      context: testCall({ databases, caller, communities: [facts] }, { now: () => NOW }),
    });
    const ask: Ask1 = (wanted) => client.list({ community: facts.slug, ...wanted });
    for (const make of Object.values(kinds)) await ask(make(0));
    const figures = await measureRequests(ask, say);
    if (seconds === undefined) return figures;
    return [...figures, told("making the list from nothing, a thousand members", (seconds * 1e6) / MEMBERS, "ms")];
  } finally {
    await installation.close();
    if (process.env["BENCH_FOLDER"] === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** How quickly the list of members answers, through the procedure and under row-level security. */
export const suite: Suite = { measure };
