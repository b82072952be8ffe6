import { messageId } from "#src/base/ids.ts";
import type { NewFact } from "#src/events.ts";
import type { IncomingMessage } from "../model.ts";
import { BySpace } from "../recent.ts";
import { goneAmong } from "../store/deleted.ts";
import { type Answered, findByExternalId, merge, type ResolvedMessage, writeNew } from "../store/messages.ts";
import { storedAmong } from "../store/live-messages.ts";
import { reactorsOf } from "../store/reactors.ts";
import { personOf, type Step, type Taking, unchanged } from "./taking.ts";
import type { Edited, Posted } from "./updates.ts";

function spaceOf({ spaces }: Taking, externalId: string): string {
  const id = spaces.get(externalId);
  if (id === undefined) throw new Error("an update names a space that nobody brought");
  return id;
}

/** A message that anything of erased people was taken out of. */
function cleaned({ erased, people }: Taking, message: IncomingMessage): IncomingMessage {
  const batch = { spaces: [], messages: [message], moves: [] };
  return erased?.cleaned(batch, people).messages[0] ?? message;
}

interface Placed {
  readonly id: string;
  readonly spaceId: string;
  readonly memberId: string;
  readonly message: IncomingMessage;
}

/** The messages that these answer, by space: of this very batch, or stored. */
async function findAnswered(taking: Taking, placed: readonly Placed[]): Promise<BySpace<Omit<Answered, "externalId">>> {
  const answered = new BySpace<Omit<Answered, "externalId">>();
  for (const { spaceId, id, memberId, message } of placed) answered.set(spaceId, message.externalId, { id, memberId });
  const wanted = new Map<string, Set<string>>();
  for (const { spaceId, message } of placed) {
    const parent = message.replyToExternalId;
    if (parent === undefined || answered.get(spaceId, parent) !== undefined) continue;
    wanted.set(spaceId, (wanted.get(spaceId) ?? new Set()).add(parent));
  }
  for (const [spaceId, externalIds] of wanted)
    for (const found of await findByExternalId(taking.tx, taking.community, { spaceId, externalIds: [...externalIds] }))
      answered.set(spaceId, found.externalId, found);
  return answered;
}

/** Gives messages their ids, their authors and what they answer. */
export async function resolveMessages(
  taking: Taking,
  messages: readonly IncomingMessage[],
): Promise<readonly ResolvedMessage[]> {
  const placed = messages.map((each) => {
    const message = cleaned(taking, each);
    const spaceId = spaceOf(taking, message.spaceExternalId);
    const id = messageId(message.sentAt, spaceId, message.externalId);
    return { id, spaceId, memberId: personOf(taking, message.author.externalId), message };
  });
  const answered = await findAnswered(taking, placed);
  return placed.map((each) => {
    const parent = each.message.replyToExternalId;
    const replyTo = parent === undefined ? undefined : answered.get(each.spaceId, parent);
    return { ...each, replyTo, reactors: reactorsOf(each.message, taking.people) };
  });
}

/**
 * That it was posted, and that it may stand: as long as there is no moderation, the intake accepts what it takes
 * (decision 0030).
 */
function factsOf({ platform }: Taking, { id, spaceId, memberId, replyTo, message }: ResolvedMessage): NewFact[] {
  const place = { messageId: id, spaceId, memberId };
  const payload = { ...place, platform, ...(replyTo === undefined ? {} : { replyToId: replyTo.id }) };
  return [
    { kind: "message.posted", happenedAt: message.sentAt, payload },
    { kind: "message.accepted", happenedAt: message.sentAt, payload: place },
  ];
}

/**
 * Stores messages that were just written. One that an import brought before is counted already and stays as it is, in the
 * newer of its two editions; one that was deleted stays so.
 */
export async function takePosted(taking: Taking, updates: readonly (Posted | Edited)[]): Promise<Step[]> {
  const resolved = await resolveMessages(
    taking,
    updates.map((update) => update.message),
  );
  const ids = resolved.map(({ id }) => id);
  const gone = await goneAmong(taking.tx, taking.community, ids);
  const standing = await storedAmong(taking.tx, taking.community, ids);
  const fresh = new Map<string, ResolvedMessage>();
  const known = new Map<string, ResolvedMessage>();
  for (const each of resolved) {
    if (gone.has(each.id)) continue;
    const kind = standing.has(each.id) ? known : fresh;
    if (!kind.has(each.id)) kind.set(each.id, each);
  }
  if (fresh.size > 0) await writeNew(taking, [...fresh.values()]);
  if (known.size > 0) await merge(taking, [...known.values()]);
  return resolved.map((each, i) => {
    const receipt = updates[i]?.receipt ?? "";
    const of = { messageId: each.id, memberId: each.memberId };
    if (gone.has(each.id)) return unchanged({ receipt }, "gone", of);
    if (fresh.get(each.id) !== each) return unchanged({ receipt }, "repeated", of);
    return { outcome: { receipt, outcome: "taken", ...of }, facts: factsOf(taking, each) };
  });
}
