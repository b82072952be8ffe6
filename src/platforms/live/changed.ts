import { messageId } from "#src/base/ids.ts";
import { keepVersion, lockMessage, type MessageKey, replaceLinks, type StoredMessage } from "../store/live-messages.ts";
import { merge } from "../store/messages.ts";
import { resolveMessages, takePosted } from "./posted.ts";
import { type Step, type Taking, unchanged } from "./taking.ts";
import type { Edited, MessageTarget } from "./updates.ts";

/** By what a message that a platform names is found here; undefined when not even its space is known. */
export function keyOf({ spaces }: Taking, target: MessageTarget): MessageKey | undefined {
  const { spaceExternalId, externalId, sentAt } = target;
  const spaceId = spaces.get(spaceExternalId);
  if (spaceId === undefined) return undefined;
  return sentAt === undefined ? { spaceId, externalId } : { id: messageId(sentAt, spaceId, externalId) };
}

/** The message that a platform names; undefined when it is not stored. */
export async function findTarget(taking: Taking, target: MessageTarget): Promise<StoredMessage | undefined> {
  const key = keyOf(taking, target);
  return key && lockMessage(taking.tx, taking.community, key);
}

/** Where a message stands, as facts tell it. */
export function placeOf(message: { readonly id: string; readonly spaceId: string; readonly memberId: string }) {
  return { messageId: message.id, spaceId: message.spaceId, memberId: message.memberId };
}

function isNews(before: StoredMessage, { message }: Edited): boolean {
  const isLater = message.editedAt > (before.editedAt ?? -Infinity);
  const details = JSON.stringify(message.details ?? null);
  return isLater && (message.text !== before.text || details !== JSON.stringify(before.details));
}

/** Changes a message and keeps what it said before. */
export async function takeEdited(taking: Taking, update: Edited): Promise<Step> {
  const { tx, community } = taking;
  const { message } = update;
  const before = await findTarget(taking, message);
  if (before === undefined) {
    const [step] = await takePosted(taking, [update]);
    return step ?? unchanged(update, "unknown");
  }
  const of = { messageId: before.id, memberId: before.memberId };
  if (!isNews(before, update)) return unchanged(update, "repeated", of);
  const version = await keepVersion(tx, community, { message: before, at: message.editedAt });
  const { messages } = await resolveMessages(taking, [message]);
  await merge(taking, messages);
  for (const each of messages) await replaceLinks(tx, community, { id: before.id, links: each.message.links });
  return {
    outcome: { receipt: update.receipt, outcome: "taken", ...of },
    facts: [{ kind: "message.edited", happenedAt: message.editedAt, payload: { ...placeOf(before), version } }],
  };
}
