import { messageId } from "#src/base/ids.ts";
import type { NewFact } from "#src/events.ts";
import type { IncomingMessage } from "../model.ts";
import { BySpace } from "../recent.ts";
import { type Answered, findByExternalId, merge, type ResolvedMessage, writeNew } from "../store/messages.ts";
import { type KnownMessage, knownAmong } from "../store/live-messages.ts";
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

/** The id of what a message answers, when it can be told without looking. */
function answeredId({ spaceId, message }: Placed): string | undefined {
  const { replyToExternalId: parent, replyToSentAt: sentAt } = message;
  return parent === undefined || sentAt === undefined ? undefined : messageId(sentAt, spaceId, parent);
}

type Known = ReadonlyMap<string, KnownMessage>;

/** The messages that these answer, by space: of this very batch, known, or else stored. */
async function findAnswered(
  taking: Taking,
  placed: readonly Placed[],
  known: Known,
): Promise<BySpace<Omit<Answered, "externalId">>> {
  const answered = new BySpace<Omit<Answered, "externalId">>();
  for (const { spaceId, externalId, id, memberId, isGone } of known.values())
    if (!isGone) answered.set(spaceId, externalId, { id, memberId });
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

/** Messages with their ids, authors and what they answer, and what is known of them and of that. */
interface Resolved {
  readonly messages: readonly ResolvedMessage[];
  readonly known: Known;
}

/** Gives messages their ids, their authors and what they answer. */
export async function resolveMessages(taking: Taking, messages: readonly IncomingMessage[]): Promise<Resolved> {
  const placed = messages.map((each) => {
    const message = cleaned(taking, each);
    const spaceId = spaceOf(taking, message.spaceExternalId);
    const id = messageId(message.sentAt, spaceId, message.externalId);
    return { id, spaceId, memberId: personOf(taking, message.author.externalId), message };
  });
  const ids = placed.flatMap((each) => [each.id, answeredId(each) ?? []].flat());
  const known = await knownAmong(taking.tx, taking.community, [...new Set(ids)]);
  const answered = await findAnswered(taking, placed, known);
  const resolved = placed.map((each) => {
    const parent = each.message.replyToExternalId;
    const replyTo = parent === undefined ? undefined : answered.get(each.spaceId, parent);
    return { ...each, replyTo, reactors: reactorsOf(each.message, taking.people) };
  });
  return { messages: resolved, known };
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
  const { messages, known } = await resolveMessages(
    taking,
    updates.map((update) => update.message),
  );
  const isGone = ({ id }: ResolvedMessage): boolean => known.get(id)?.isGone === true;
  const fresh = new Map<string, ResolvedMessage>();
  const standing = new Map<string, ResolvedMessage>();
  for (const each of messages) {
    if (isGone(each)) continue;
    const kind = known.has(each.id) ? standing : fresh;
    if (!kind.has(each.id)) kind.set(each.id, each);
  }
  if (fresh.size > 0) await writeNew(taking, [...fresh.values()]);
  if (standing.size > 0) await merge(taking, [...standing.values()]);
  return messages.map((each, i) => {
    const receipt = updates[i]?.receipt ?? "";
    const of = { messageId: each.id, memberId: each.memberId };
    if (isGone(each)) return unchanged({ receipt }, "gone", of);
    if (fresh.get(each.id) !== each) return unchanged({ receipt }, "repeated", of);
    return { outcome: { receipt, outcome: "taken", ...of }, facts: factsOf(taking, each) };
  });
}
