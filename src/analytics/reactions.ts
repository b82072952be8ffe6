import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import { localDay, startOfLocalDay } from "#src/base/clock.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { idAt, timeOfId } from "#src/base/ids.ts";
import { logger } from "#src/base/logger.ts";
import { thriftily } from "#src/base/thrift.ts";
import type { Fact } from "#src/events.ts";
import { factsOf, type Consumer } from "#src/log/consumer.ts";
import { liveFacts, liveKinds, touchedInstants } from "#src/log/live.ts";
import { ANSWER_DAYS } from "./metrics/sheet.ts";
import { addArrivals, addFirstArrivals, findLaterFirsts, uproot, type Uprooted } from "./store/arrivals.ts";
import { countOnDays, countWritten, writtenSpan, zoneOf } from "./store/community.ts";
import { fold, type Folded, type Seen } from "./store/fold.ts";
import { SHEETS_CONSUMER } from "./store/ground.ts";
import { readStretch, type Stretch } from "./store/history.ts";
import { giveNumbers, MemberNumbers, takeNumbers } from "./store/numbers.ts";
import { daysOfMembers } from "./store/merged-days.ts";
import { addDays, forgetAll, isBlank, replaceDays, type Days } from "./store/sheets.ts";

/** About how many messages are counted at once: more would need more memory, fewer more questions to the database. */
const AT_ONCE = 50_000;
const LONGEST_STRETCH = 92;
const DAY = 86_400_000;

interface Place {
  readonly tx: Tx;
  readonly community: CommunityId;
  readonly zone: string;
  readonly people: MemberNumbers;
}

function read({ zone, ...place }: Place, days: Days): Promise<Stretch> {
  return readStretch(place, { from: startOfLocalDay(days.from, zone), to: startOfLocalDay(days.to + 1, zone) });
}

async function store({ tx, community }: Place, days: Days, { days: folded, arrivals }: Folded): Promise<Uprooted[]> {
  const uprooted = await uproot(tx, community, days);
  await replaceDays(tx, community, folded);
  await addArrivals(tx, community, arrivals);
  return uprooted;
}

/** As `store`, where nothing was kept of the community when this counting began: there is nothing to take out or to look for. */
async function storeFirst({ tx, community }: Place, { days, arrivals }: Folded): Promise<Uprooted[]> {
  await addDays(tx, community, days);
  await addFirstArrivals(tx, community, arrivals);
  return [];
}

async function recountDay(place: Place, day: number): Promise<void> {
  const days = { from: day, to: day };
  await store(place, days, fold(await read(place, days), { ...days, zone: place.zone }, new Set()));
}

/** Members whose first message went away get their next one; it lies on other days, which are counted anew for it. */
async function findNewFirsts(place: Place, lost: readonly Uprooted[], sinceId: string): Promise<void> {
  if (lost.length === 0) return;
  const ids = await findLaterFirsts(place.tx, place.community, { lost, sinceId });
  const days = new Set(ids.map((id) => localDay(timeOfId(id), place.zone)));
  for (const day of [...days].sort((a, b) => a - b)) await recountDay(place, day);
}

function stretchesOf({ from, to, messages }: Days & { messages: number }): Days[] {
  const perDay = Math.max(1, messages / (to - from + 1));
  const length = Math.max(1, Math.min(LONGEST_STRETCH, Math.floor(AT_ONCE / perDay)));
  const count = Math.ceil((to - from + 1) / length);
  return Array.from({ length: count }, (_, i) => ({
    from: from + i * length,
    to: Math.min(to, from + (i + 1) * length - 1),
  }));
}

/**
 * Counts the local days of a span anew from what is stored, in stretches of bounded size. The result depends on the
 * stored messages alone, so it may be repeated, and is exact after an overlap or an undone import.
 */
export async function recount(place: Place, span: Days & { messages: number }): Promise<void> {
  await giveNumbers(place.tx, place.community);
  await place.people.learnMost(place.tx, place.community, span.messages);
  const stretches = stretchesOf(span);
  const uprooted: Uprooted[] = [];
  const seen: Seen = new Set();
  const isFirst = stretches.length > 1 && (await isBlank(place.tx, place.community));
  let coming = stretches[0] && read(place, stretches[0]);
  for (const [i, days] of stretches.entries()) {
    const stretch = await coming;
    const following = stretches[i + 1];
    // The server packs the next stretch while this one is folded here.
    coming = following && read(place, following);
    // If writing fails first, this one fails with the transaction, and nobody is waiting for it.
    coming?.catch(() => undefined);
    // The question leaves with the next turn of the loop: folding at once would keep it here until the end.
    if (coming) await setImmediate();
    if (stretch === undefined) continue;
    const folded = fold(stretch, { ...days, zone: place.zone }, seen);
    uprooted.push(...(await (isFirst ? storeFirst(place, folded) : store(place, days, folded))));
    logger.debug({ community: place.community, ...days, until: span.to }, "days counted");
  }
  const lost = uprooted.filter(({ member, space }) => !seen.has(member * 65_536 + space));
  await findNewFirsts(place, lost, idAt(startOfLocalDay(span.to + 1, place.zone)));
}

/** The local days between two instants, with those before on which a message may have found its answer in them. */
function touchedDays(firstAt: number, lastAt: number, zone: string): Days {
  return { from: localDay(firstAt - ANSWER_DAYS * DAY, zone), to: localDay(lastAt, zone) };
}

async function recountImports(place: Place, facts: readonly Fact[]): Promise<void> {
  const withdrawn = factsOf(facts, "history.withdrawn");
  const imported = [...factsOf(facts, "history.imported"), ...withdrawn].map(({ payload }) => payload);
  if (imported.length === 0) return;
  const firstAt = Math.min(...imported.map((each) => each.firstAt));
  const lastAt = Math.max(...imported.map((each) => each.lastAt));
  const messages = imported.reduce((sum, each) => sum + each.messages, 0);
  await recount(place, { ...touchedDays(firstAt, lastAt, place.zone), messages });
  // No day that is left names them any more.
  if (withdrawn.length > 0) await takeNumbers(place.tx, place.community);
}

/** Somebody became part of another person or left them: their days are counted anew under whom they are now. */
async function recountMerged(place: Place, facts: readonly Fact[]): Promise<void> {
  const merges = [...factsOf(facts, "members.merged"), ...factsOf(facts, "members.unmerged")];
  if (merges.length === 0) return;
  const { tx, community, zone } = place;
  const memberIds = [...new Set(merges.flatMap(({ payload }) => payload.memberIds))];
  for (const days of await daysOfMembers(tx, community, { memberIds, zone }))
    await recount(place, { ...days, messages: await countWritten(tx, community, { ...days, zone }) });
}

/** Counting a stretch costs as much as counting so many messages more: below that, days between two others are counted along. */
const ALONG = 500;

/** Days to be counted anew, in order and with their messages, as spans: what lies between neighbours comes along where that is little. */
function spansOf(days: readonly (Days & { messages: number })[]): (Days & { messages: number })[] {
  const spans: (Days & { messages: number })[] = [];
  for (const next of days) {
    const last = spans.at(-1);
    const perDay = last === undefined ? Infinity : Math.max(next.messages, last.messages / (last.to - last.from + 1));
    const between = last === undefined ? Infinity : (next.from - last.to - 1) * perDay;
    if (last === undefined || between > ALONG) spans.push(next);
    else spans[spans.length - 1] = { ...last, to: next.to, messages: last.messages + between + next.messages };
  }
  return spans;
}

/** The days on which something was written, changed or marked while it happened, and those of what it answers. */
async function recountLive(place: Place, facts: readonly Fact[]): Promise<void> {
  const { tx, community, zone } = place;
  const touched = new Set(touchedInstants(liveFacts(facts)).map((at) => localDay(at, zone)));
  const days = [...touched].toSorted((a, b) => a - b);
  if (days.length === 0) return;
  const counts = await countOnDays(tx, community, { days, zone });
  const spans = spansOf(days.map((day, n) => ({ from: day, to: day, messages: counts[n] ?? 0 })));
  const work = async (): Promise<void> => {
    for (const span of spans) await recount(place, span);
  };
  const messages = spans.reduce((sum, span) => sum + span.messages, 0);
  // It begins with a collection of all garbage, for which everybody waits: worth it where much is counted.
  await (messages > AT_ONCE ? thriftily(work) : work());
}

/** Links of erased people are gone, and with them what was counted of their domains. */
async function recountErased(place: Place, facts: readonly Fact[]): Promise<void> {
  const erased = factsOf(facts, "member.erased").filter(({ payload }) => payload.links > 0);
  if (erased.length === 0) return;
  const { tx, community, zone } = place;
  const memberIds = [...new Set(erased.flatMap(({ payload }) => payload.memberIds))];
  const messages = (await writtenSpan(tx, community))?.messages ?? 0;
  for (const days of await daysOfMembers(tx, community, { memberIds, zone }))
    await recount(place, { ...days, messages });
}

async function recountEverything(place: Place): Promise<void> {
  await forgetAll(place.tx, place.community);
  const span = await writtenSpan(place.tx, place.community);
  if (span === undefined) return;
  await recount(place, { ...touchedDays(span.firstAt, span.lastAt, place.zone), messages: span.messages });
}

/** Keeps the sheets, counts and arrivals of every community right. */
export const analyticsSheets: Consumer = {
  name: SHEETS_CONSUMER,
  kinds: [
    "history.imported",
    "history.withdrawn",
    "member.marked",
    "community.zone-changed",
    "members.merged",
    "members.unmerged",
    "member.erased",
    ...liveKinds,
  ],
  batch: 1000,
  // A day is counted whole, so what is written on it waits for a few seconds of more.
  gathers: { kinds: liveKinds, ms: 5000 },
  async react(tx, community, facts) {
    // Hashing and sorting a hundred thousand rows should not go through files.
    await sql`set local work_mem = '64MB'`.execute(tx);
    // Each worker would build its own table of members; the second core folds meanwhile.
    await sql`set local max_parallel_workers_per_gather = 0`.execute(tx);
    const place = { tx, community, zone: await zoneOf(tx, community), people: new MemberNumbers() };
    // A bot's replies are no answers, so a mark changes the past; marks are rare.
    const isAnew = factsOf(facts, "community.zone-changed").length > 0 || factsOf(facts, "member.marked").length > 0;
    const isLive = liveFacts(facts).length === facts.length;
    if (isAnew) return thriftily(() => recountEverything(place));
    if (isLive) return recountLive(place, facts);
    await thriftily(async () => {
      await recountImports(place, facts);
      await recountErased(place, facts);
      await recountLive(place, facts);
      return recountMerged(place, facts);
    });
  },
  reset: forgetAll,
};
