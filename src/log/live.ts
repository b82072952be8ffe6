import { timeOfId } from "#src/base/ids.ts";
import type { Fact, FactKind } from "#src/events.ts";

/** Facts that are told while things happen and change what is counted of a day. */
export const liveKinds = [
  "message.posted",
  "message.edited",
  "message.deleted",
  "message.restored",
  "reaction.added",
  "reaction.removed",
  "reactions.counted",
  "member.joined",
  "member.left",
  "member.removed",
] as const satisfies readonly FactKind[];

type LiveKind = (typeof liveKinds)[number];
type LiveFact = Extract<Fact, { kind: LiveKind }>;

const kinds: readonly FactKind[] = liveKinds;

/** The live ones among facts. */
export function liveFacts(facts: readonly Fact[]): LiveFact[] {
  return facts.filter((fact): fact is LiveFact => kinds.includes(fact.kind));
}

/**
 * The instants (milliseconds since 1970 UTC) whose days count otherwise after these facts: when the messages were sent
 * that they are about, and those that are answered by them; when somebody came or went.
 */
export function touchedInstants(facts: readonly LiveFact[]): number[] {
  return facts.flatMap(({ happenedAt, payload }) => {
    if (!("messageId" in payload)) return [happenedAt];
    const answered = "replyToId" in payload ? payload.replyToId : undefined;
    return answered === undefined ? [timeOfId(payload.messageId)] : [payload.messageId, answered].map(timeOfId);
  });
}

/**
 * The instants (milliseconds since 1970 UTC) whose days count otherwise for those who did something: when what they wrote was
 * sent, when they came or went. That somebody was answered is no deed of theirs.
 */
export function ownInstants(facts: readonly LiveFact[]): number[] {
  return facts.map(({ happenedAt, payload }) => ("messageId" in payload ? timeOfId(payload.messageId) : happenedAt));
}

/** Whose figures change by these facts: who wrote, who marked something, who came or went. */
export function touchedMembers(facts: readonly LiveFact[]): string[] {
  return [...new Set(facts.flatMap(({ payload }) => payload.memberId ?? []))];
}
