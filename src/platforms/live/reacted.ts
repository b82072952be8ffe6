import type { NewFact } from "#src/events.ts";
import { storable } from "../storable.ts";
import { addReactor, countReactions, removeReactor } from "../store/reactors.ts";
import { findTarget, placeOf } from "./changed.ts";
import { personOf, type Step, type Taking, unchanged } from "./taking.ts";
import type { Reacted, ReactionsCounted } from "./updates.ts";

/** The longest mark that is kept: platforms with marks of their own name them by an id. */
const LONGEST_MARK = 64;

/** Puts somebody's mark under a message or takes it back. The same mark of the same person counts once. */
export async function takeReacted(taking: Taking, update: Reacted): Promise<Step> {
  const { tx, community } = taking;
  const { kind, target, member, happenedAt, receipt } = update;
  const message = await findTarget(taking, target);
  if (message === undefined) return unchanged(update, "unknown");
  const memberId = personOf(taking, member.externalId);
  const emoji = storable(update.emoji).slice(0, LONGEST_MARK);
  const mark = { messageId: message.id, emoji, memberId, at: happenedAt };
  const changes = kind === "reaction-added" ? addReactor : removeReactor;
  const of = { messageId: message.id, memberId };
  if (!(await changes(tx, community, mark))) return unchanged(update, "repeated", of);
  const payload = { ...placeOf(message), memberId, authorId: message.memberId, emoji };
  const told: NewFact["kind"] = kind === "reaction-added" ? "reaction.added" : "reaction.removed";
  return { outcome: { receipt, outcome: "taken", ...of }, facts: [{ kind: told, happenedAt, payload }] };
}

/** Takes a platform's totals for what they are. */
export async function takeCounted(taking: Taking, update: ReactionsCounted): Promise<Step> {
  const { tx, community } = taking;
  const { target, reactions, happenedAt, receipt } = update;
  const message = await findTarget(taking, target);
  if (message === undefined) return unchanged(update, "unknown");
  const counts = reactions.map(({ emoji, count }) => ({ emoji: storable(emoji).slice(0, LONGEST_MARK), count }));
  await countReactions(tx, community, { messageId: message.id, counts });
  return {
    outcome: { receipt, outcome: "taken", messageId: message.id },
    facts: [{ kind: "reactions.counted", happenedAt, payload: placeOf(message) }],
  };
}
