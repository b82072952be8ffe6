import { sql } from "kysely";
import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { runSearch } from "#src/members/merging/search.ts";
import { askForSearch, readSearch } from "#src/members/merging/search-store.ts";
import { atLeast, atMost, told, type Figure } from "../figure.ts";
import { diceOf } from "./dice.ts";
import { makeTruth, pairsByTrace, platforms, type Trace, traces, truePairs, type TrueAccount } from "./truth.ts";

const ACCOUNTS = Number(process.env["BENCH_ACCOUNTS"] ?? 100_000);
const GOAL_SECONDS = 30;
const GOAL_PRECISION = 0.95;
const NOW = Date.UTC(2026, 10, 22);
const SLICE = 10_000;
const SEED = 20_261_122;
const DAYS = 400;
const LAST_DAY = 20_778;

const idAt = (place: number): string => `00000000-0000-7000-a000-${place.toString(16).padStart(12, "0")}`;

/** On which days each account wrote: whoever is about on a day writes on any of their platforms, by turns. */
function daysOf(truth: readonly TrueAccount[]): number[][] {
  const habits = new Map<number, { days: number[]; share: number }>();
  const dice = diceOf(SEED + 1);
  return truth.map(({ person }) => {
    const known = habits.get(person);
    const share = known?.share ?? dice.roll() ** 3 * 0.3;
    const days = known?.days ?? Array.from({ length: DAYS }, (_, n) => LAST_DAY - n).filter(() => dice.chance(share));
    habits.set(person, { days, share });
    return days.filter(() => dice.chance(0.5));
  });
}

async function writeSlice(
  databases: Databases,
  community: CommunityId,
  { truth, days, from }: { truth: readonly TrueAccount[]; days: readonly number[][]; from: number },
): Promise<void> {
  const slice = truth.slice(from, from + SLICE);
  const ids = slice.map((_, n) => idAt(from + n));
  const names = slice.map((account) => account.name);
  await sql`
    insert into members (community_id, id, name, created_at)
    select ${community}, m.id, m.name, to_timestamp(${NOW / 1000})
    from unnest(${ids}::uuid[], ${names}::text[]) m (id, name)`.execute(databases.owner);
  await sql`
    insert into identities (community_id, id, member_id, platform, external_id, name, username, created_at)
    select ${community}, i.id, i.id, i.platform, i.external_id, i.name, i.username, to_timestamp(${NOW / 1000})
    from unnest(${ids}::uuid[], ${slice.map((each) => each.platform)}::text[],
      ${slice.map((each) => each.externalId)}::text[], ${names}::text[], ${slice.map((each) => each.username)}::text[])
      i (id, platform, external_id, name, username)`.execute(databases.owner);
  const written = slice.flatMap((_, n) => (days[from + n] ?? []).map((day) => ({ id: idAt(from + n), day })));
  await sql`
    insert into member_days (community_id, member_id, day, space_id, messages, replies, questions, first_at, last_at)
    select ${community}, d.id, d.day, ${community}, 1, 0, 0, to_timestamp(d.day * 86400), to_timestamp(d.day * 86400)
    from unnest(${written.map((each) => each.id)}::uuid[], ${written.map((each) => each.day)}::int[]) d (id, day)`.execute(
    databases.owner,
  );
}

async function writePeople(databases: Databases, truth: readonly TrueAccount[]): Promise<CommunityId> {
  const community = provenCommunity(newId(NOW));
  const { owner } = databases;
  await sql`insert into communities (id, slug, name, language, time_zone, created_at)
    values (${community}, ${`people-${community.slice(-12)}`}, 'People', 'ru', 'UTC', now())`.execute(owner);
  for (const platform of platforms)
    await sql`insert into spaces (community_id, id, platform, external_id, name, kind, created_at)
      values (${community}, ${newId(NOW)}, ${platform}, 'hall', 'Hall', 'chat', now())`.execute(owner);
  const days = daysOf(truth);
  for (let from = 0; from < truth.length; from += SLICE) await writeSlice(databases, community, { truth, days, from });
  await sql`
    insert into member_totals (community_id, member_id, messages, active_days, first_at, last_at)
    select community_id, member_id, sum(messages), count(distinct day), min(first_at), max(last_at) from member_days
    where community_id = ${community} group by community_id, member_id`.execute(owner);
  await sql`analyze members, identities, member_days, member_totals`.execute(owner);
  return community;
}

interface Outcome {
  readonly found: number;
  readonly right: number;
  /** Of the pairs with each trace in common, the share that was suggested. */
  readonly recall: readonly { readonly trace: Trace; readonly share: number; readonly of: number }[];
}

const placeOf = (id: string): number => parseInt(id.slice(-12), 16);

/** How many of the pairs suggested are one person, and which of the pairs there are were found. */
async function outcomeOf(
  databases: Databases,
  community: CommunityId,
  truth: readonly TrueAccount[],
): Promise<Outcome> {
  const pairs = await sql<{ one: string; other: string }>`
    select member_id as one, other_id as other from member_suggestions where community_id = ${community}`.execute(
    databases.owner,
  );
  const real = pairsByTrace(truth);
  const suggested = new Set(
    pairs.rows.map(({ one, other }) => [placeOf(one), placeOf(other)].toSorted((a, b) => a - b).join(" ")),
  );
  const right = [...suggested].filter((pair) => real.has(pair)).length;
  const recall = traces.map((trace) => {
    const all = [...real].filter(([, each]) => each === trace);
    return { trace, share: all.filter(([pair]) => suggested.has(pair)).length / all.length, of: all.length };
  });
  return { found: pairs.rows.length, right, recall };
}

/**
 * Suggestions among made-up people of three platforms, whose names are transliterated in five ways, shortened, mistyped
 * and left out: from asking for a search to its last row, as the job does it.
 */
export async function suggestionFigures(databases: Databases, say: (line: string) => void): Promise<Figure[]> {
  const truth = makeTruth(ACCOUNTS, SEED);
  const community = await writePeople(databases, truth);
  say(`${truth.length} accounts on ${platforms.length} platforms, ${truePairs(truth)} pairs to be found`);
  const [started, before] = [performance.now(), process.cpuUsage()];
  await askForSearch(databases.owner, community, NOW);
  await runSearch({ databases, signal: new AbortController().signal, now: () => NOW }, community);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const { found, right, recall } = await outcomeOf(databases, community, truth);
  const state = await readSearch(databases.owner, community);
  say(`${state?.status}: ${found} pairs suggested, ${right} right, ${seconds.toFixed(1)} s`);
  return [
    atMost(`suggestions among ${truth.length} accounts of 3 platforms`, {
      value: seconds,
      goal: GOAL_SECONDS,
      unit: "s",
    }),
    told("processor time of it, without the database", (user + system) / 1e6, "s"),
    atLeast("precision of suggestions", { value: right / Math.max(1, found), goal: GOAL_PRECISION, unit: "share" }),
    told("recall of suggestions, of all pairs, those without a trace included", right / truePairs(truth), "share"),
    ...recall.map(({ trace, share, of }) => told(`recall of ${of} pairs with ${trace}`, share, "share")),
    told("pairs suggested", found, "pairs"),
  ];
}
