import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Fact } from "#src/events.ts";
import { append } from "#src/log/append.ts";
import { factsOf, type Consumer } from "#src/log/consumer.ts";
import { liveFacts, liveKinds, ownInstants, touchedMembers } from "#src/log/live.ts";
import { recountAnswers, recountOnDays, recountPeople, touchedBy } from "./merging/recount.ts";
import { renewSegments } from "./segments/renewal.ts";
import { dropList, finishList, renewCards } from "./store/cards.ts";
import { EVERYBODY, noteChanged, noteMoved } from "./store/changes.ts";
import { dropStaffRecords } from "./store/staff-records.ts";
import { renewAnswers, renewAnswersOf, renewSpaces } from "./store/ties.ts";

import { forgetPresence, recountPresence, writtenSpan, type WrittenSpan } from "./store/presence.ts";

/**
 * Counts what each member did on each day. Days touched by an import, or by undoing one, are counted anew from what is stored, so it may
 * be repeated and is exact after overlaps; then it is told that the figures of members are right again.
 */
export const memberPresence: Consumer = {
  name: "members.presence",
  kinds: [
    "history.imported",
    "history.withdrawn",
    "community.zone-changed",
    "members.merged",
    "members.unmerged",
    ...liveKinds,
  ],
  batch: 1000,
  gathers: { kinds: liveKinds, ms: 3000 },
  react: async (tx, community, facts) => {
    await countWritten(tx, community, facts);
    await countMerged(tx, community, facts);
    await countLive(tx, community, facts);
  },
  reset: forgetPresence,
};

async function countWritten(tx: Tx, community: CommunityId, facts: readonly Fact[]): Promise<void> {
  const imported = factsOf(facts, "history.imported").filter(({ payload }) => payload.messages > 0);
  const withdrawn = factsOf(facts, "history.withdrawn");
  const changed = [...imported, ...withdrawn];
  await noteMoved(
    tx,
    community,
    imported.map(({ payload }) => payload.importId),
  );
  // Of arrivals that are gone nobody can say any more whose they were.
  if (withdrawn.length > 0) await noteChanged(tx, community, [EVERYBODY]);
  const isAnew = factsOf(facts, "community.zone-changed").length > 0;
  if (isAnew) await forgetPresence(tx, community);
  const span = isAnew ? await writtenSpan(tx, community) : spanOf(changed.map(({ payload }) => payload));
  if (span === undefined) return;
  await recountPresence(tx, community, span);
  const { firstAt, lastAt } = span;
  // Names of accounts made before this moment are known to the list from now on, so it is the time of counting.
  await append(tx, community, [{ kind: "members.counted", happenedAt: Date.now(), payload: { firstAt, lastAt } }]);
}

/** People who were merged or taken apart are counted on the days on which they wrote, and nobody else is. */
async function countMerged(tx: Tx, community: CommunityId, facts: readonly Fact[]): Promise<void> {
  const merges = [...factsOf(facts, "members.merged"), ...factsOf(facts, "members.unmerged")];
  const last = merges.at(-1);
  if (last === undefined) return;
  const members = merges.flatMap(({ payload }) => [payload.personId, ...payload.memberIds]);
  const touched = await touchedBy(tx, community, members);
  const span = (await recountPeople(tx, community, touched)) ?? { firstAt: last.happenedAt, lastAt: last.happenedAt };
  const payload = { ...span, personIds: touched.personIds };
  await append(tx, community, [{ kind: "members.counted", happenedAt: last.happenedAt, payload }]);
}

/** Whoever did something live is counted on the days on which they did it. */
async function countLive(tx: Tx, community: CommunityId, facts: readonly Fact[]): Promise<void> {
  const live = liveFacts(facts);
  if (live.length === 0) return;
  const instants = ownInstants(live);
  const personIds = await recountOnDays(tx, community, { memberIds: touchedMembers(live), instants });
  await noteChanged(tx, community, personIds);
  const payload = { firstAt: Math.min(...instants), lastAt: Math.max(...instants), personIds };
  await append(tx, community, [{ kind: "members.seen", happenedAt: Date.now(), payload }]);
}

function spanOf(imported: readonly WrittenSpan[]): WrittenSpan | undefined {
  if (imported.length === 0) return undefined;
  return {
    firstAt: Math.min(...imported.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...imported.map(({ lastAt }) => lastAt)),
  };
}

/** Notes who is touched by merges and separations, as things stand now, and counts anew whom they talked with. */
async function recountMerged(tx: Tx, community: CommunityId, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const touched = await touchedBy(tx, community, personIds);
  await noteChanged(tx, community, touched.personIds);
  await recountAnswers(tx, community, touched);
}

/** Whoever was marked, tagged or erased is shown differently, and may belong to other segments. */
async function noteMarked(tx: Tx, community: CommunityId, facts: readonly Fact[]): Promise<void> {
  const marked = factsOf(facts, "member.marked").map(({ payload }) => payload.memberId);
  const tagged = factsOf(facts, "members.tagged").flatMap(({ payload }) => payload.memberIds);
  const erased = factsOf(facts, "member.erased").flatMap(({ payload }) => payload.memberIds);
  // What the team wrote about somebody goes with them.
  if (erased.length > 0) await dropStaffRecords(tx, community, erased);
  const renamed = factsOf(facts, "member.renamed").map(({ payload }) => payload.memberId);
  const members = [...marked, ...tagged, ...erased, ...renamed];
  if (members.length === 0) return;
  const { personIds } = await touchedBy(tx, community, members);
  await noteChanged(tx, community, personIds);
}

/** Whom people answered in what they wrote live. One batch holds few months and many tellings of them. */
async function renewSeen(tx: Tx, community: CommunityId, facts: readonly Fact[]): Promise<void> {
  const seen = factsOf(facts, "members.seen").map(({ payload }) => payload);
  if (seen.length === 0) return;
  await renewAnswersOf(tx, community, {
    firstAt: Math.min(...seen.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...seen.map(({ lastAt }) => lastAt)),
    personIds: [...new Set(seen.flatMap(({ personIds }) => personIds))],
  });
}

/**
 * Keeps the list of members as the figures of members are. It waits for `members.counted`, which is told in the
 * transaction that made those figures right, so it never reads them half made.
 */
export const memberList: Consumer = {
  name: "members.list",
  kinds: [
    "members.counted",
    "members.seen",
    "member.marked",
    "member.erased",
    "member.renamed",
    "members.tagged",
    "segment.changed",
    "history.imported",
  ],
  batch: 1000,
  react: async (tx, community, facts) => {
    const every = factsOf(facts, "members.counted");
    const counted = every.filter(({ payload }) => payload.personIds === undefined);
    // Who came with history that holds no message is on the list all the same; there is nothing to count for them.
    const joined = factsOf(facts, "history.imported").filter(({ payload }) => payload.messages === 0);
    const imported = factsOf(facts, "history.imported").length;
    // Messages that came are there for the list when they have been counted.
    if (facts.length === imported && joined.length === 0) return;
    await noteMarked(tx, community, facts);
    await noteMoved(
      tx,
      community,
      joined.map(({ payload }) => payload.importId),
    );
    await recountMerged(
      tx,
      community,
      every.flatMap(({ payload }) => payload.personIds ?? []),
    );
    const days = await renewCards(tx, community);
    await renewSpaces(tx, community);
    for (const { payload } of counted) await renewAnswers(tx, community, payload);
    await renewSeen(tx, community, facts);
    const [first, ...others] = [...counted, ...joined, ...factsOf(facts, "members.seen")].map(
      (fact) => fact.happenedAt,
    );
    const at = first === undefined ? undefined : Math.max(first, ...others);
    await finishList(tx, community, { at, day: days.now });
    await renewSegments(tx, community, { days, at: Math.max(...facts.map((fact) => fact.happenedAt)) });
  },
  reset: dropList,
};
