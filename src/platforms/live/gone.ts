import {
  type DeletedMessage,
  type Deletion,
  deleteMessages,
  lockAllDeleted,
  lockDeleted,
  restoreMessages,
} from "../store/deleted.ts";
import { lockMessage, lockMessages, type StoredMessage } from "../store/live-messages.ts";
import { keyOf, placeOf } from "./changed.ts";
import { personOf, type Step, type Taking, unchanged } from "./taking.ts";
import type { Deleted, MessageTarget, Restored } from "./updates.ts";

/** So many messages are taken away or brought back by one statement: a page of rows to lock, not a whole history in memory. */
const AT_ONCE = 1000;

/** Messages that updates name, as they stand, were deleted, or are not known at all. Locked until the transaction ends. */
interface Named {
  readonly ids: readonly (string | undefined)[];
  readonly standing: ReadonlyMap<string, StoredMessage>;
  readonly gone: ReadonlyMap<string, DeletedMessage>;
}

const replyOf = ({ replyToId }: { readonly replyToId: string | null }) => (replyToId === null ? {} : { replyToId });

/** The id here of a message that an update names; one that is named without its time is looked for. */
async function idOf(taking: Taking, target: MessageTarget): Promise<string | undefined> {
  const { tx, community } = taking;
  const key = keyOf(taking, target);
  if (key === undefined) return undefined;
  if ("id" in key) return key.id;
  return (await lockMessage(tx, community, key))?.id ?? (await lockDeleted(tx, community, key))?.id;
}

async function namedBy(taking: Taking, updates: readonly { readonly target: MessageTarget }[]): Promise<Named> {
  const { tx, community } = taking;
  const ids: (string | undefined)[] = [];
  for (const { target } of updates) ids.push(await idOf(taking, target));
  const known = [...new Set(ids.filter((id) => id !== undefined))];
  const standing = await lockMessages(tx, community, known);
  return { ids, standing, gone: await lockAllDeleted(tx, community, known) };
}

function* stretches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += AT_ONCE) yield all.slice(from, from + AT_ONCE);
}

async function deleteStretch(taking: Taking, updates: readonly Deleted[]): Promise<Step[]> {
  const { ids, standing, gone } = await namedBy(taking, updates);
  const going = new Map<string, Deletion>();
  const steps = updates.map((update, i): Step => {
    const id = ids[i];
    const message = id === undefined ? undefined : standing.get(id);
    const isGone = id !== undefined && (going.has(id) || (message === undefined && gone.has(id)));
    if (isGone) return unchanged(update, "gone", { messageId: id });
    if (message === undefined) return unchanged(update, "unknown");
    const byMemberId = update.by && personOf(taking, update.by.externalId);
    going.set(message.id, { id: message.id, at: update.happenedAt, byMemberId });
    const who = byMemberId === undefined ? {} : { byMemberId };
    const payload = { ...placeOf(message), ...replyOf(message), ...who };
    return {
      outcome: { receipt: update.receipt, outcome: "taken", messageId: message.id, memberId: message.memberId },
      facts: [{ kind: "message.deleted", happenedAt: update.happenedAt, payload }],
    };
  });
  if (going.size > 0) await deleteMessages(taking.tx, taking.community, [...going.values()]);
  return steps;
}

async function restoreStretch(taking: Taking, updates: readonly Restored[]): Promise<Step[]> {
  const { ids, standing, gone } = await namedBy(taking, updates);
  const back = new Set<string>();
  const steps = updates.map((update, i): Step => {
    const id = ids[i];
    if (id === undefined) return unchanged(update, "unknown");
    const was = gone.get(id);
    if (back.has(id) || (was === undefined && standing.has(id)))
      return unchanged(update, "repeated", { messageId: id });
    if (was === undefined) return unchanged(update, "unknown");
    if (!was.isKept) return unchanged(update, "gone", { messageId: id });
    back.add(id);
    return {
      outcome: { receipt: update.receipt, outcome: "taken", messageId: id, memberId: was.memberId },
      facts: [
        {
          kind: "message.restored",
          happenedAt: update.happenedAt,
          payload: { ...placeOf(was), ...replyOf(was) },
        },
      ],
    };
  });
  if (back.size > 0) await restoreMessages(taking.tx, taking.community, [...back]);
  return steps;
}

/** Takes messages away, many by one statement; whatever brings one again finds that it is gone. */
export async function takeDeleted(taking: Taking, updates: readonly Deleted[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const stretch of stretches(updates)) steps.push(...(await deleteStretch(taking, stretch)));
  return steps;
}

/** Brings deleted messages back, many by one statement, as long as what they said is kept. */
export async function takeRestored(taking: Taking, updates: readonly Restored[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const stretch of stretches(updates)) steps.push(...(await restoreStretch(taking, stretch)));
  return steps;
}
