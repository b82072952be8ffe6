import { append } from "#src/log/append.ts";
import { factsOf, type Consumer } from "#src/log/consumer.ts";
import { dropList, finishList, renewFigures, renewMarks, renewNames } from "./store/cards.ts";
import { renewAnswers, renewSpaces } from "./store/ties.ts";

import { forgetPresence, recountPresence, writtenSpan, type WrittenSpan } from "./store/presence.ts";

/**
 * Counts what each member did on each day. Days touched by an import are counted anew from what is stored, so it may
 * be repeated and is exact after overlaps; then it is told that the figures of members are right again.
 */
export const memberPresence: Consumer = {
  name: "members.presence",
  kinds: ["history.imported", "community.zone-changed"],
  batch: 1000,
  react: async (tx, community, facts) => {
    const imported = factsOf(facts, "history.imported").filter(({ payload }) => payload.messages > 0);
    const isAnew = factsOf(facts, "community.zone-changed").length > 0;
    if (isAnew) await forgetPresence(tx, community);
    const span = isAnew ? await writtenSpan(tx, community) : spanOf(imported.map(({ payload }) => payload));
    if (span === undefined) return;
    await recountPresence(tx, community, span);
    const { firstAt, lastAt } = span;
    // Names of accounts made before this moment are known to the list from now on, so it is the time of counting.
    await append(tx, community, [{ kind: "members.counted", happenedAt: Date.now(), payload: { firstAt, lastAt } }]);
  },
  reset: forgetPresence,
};

function spanOf(imported: readonly WrittenSpan[]): WrittenSpan | undefined {
  if (imported.length === 0) return undefined;
  return {
    firstAt: Math.min(...imported.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...imported.map(({ lastAt }) => lastAt)),
  };
}

/**
 * Keeps the list of members as the figures of members are. It waits for `members.counted`, which is told in the
 * transaction that made those figures right, so it never reads them half made.
 */
export const memberList: Consumer = {
  name: "members.list",
  kinds: ["members.counted", "member.marked", "history.imported"],
  batch: 1000,
  react: async (tx, community, facts) => {
    const counted = factsOf(facts, "members.counted");
    const marked = factsOf(facts, "member.marked").map((fact) => fact.payload.memberId);
    if (marked.length > 0) await renewMarks(tx, community, marked);
    // Who came with history that holds no message is on the list all the same; there is nothing to count for them.
    const joined = factsOf(facts, "history.imported").filter(({ payload }) => payload.messages === 0);
    const renewed = [...counted, ...joined];
    if (renewed.length === 0) return;
    await renewNames(tx, community);
    await renewFigures(tx, community);
    await renewSpaces(tx, community);
    for (const { payload } of counted) await renewAnswers(tx, community, payload);
    await finishList(tx, community, Math.max(...renewed.map((fact) => fact.happenedAt)));
  },
  reset: dropList,
};
