/**
 * Every fact that can happen in a community, named once, in the past tense. A fact carries ids and a small payload; the
 * text of a message lives in `messages` alone.
 */
export interface FactPayloads {
  /**
   * An import ended, wholly or by cancelling, and these messages are stored, perhaps none but comings and goings. One fact for the whole import: imported
   * history is counted and never acted upon, so consumers recompute the days from `firstAt` to `lastAt` (milliseconds
   * since 1970 UTC, both included).
   */
  "history.imported": {
    readonly importId: string;
    readonly messages: number;
    readonly firstAt: number;
    readonly lastAt: number;
  };
  /**
   * An import was undone: what it alone had brought is gone, with the people and spaces of whom nothing is left. What lies
   * between `firstAt` and `lastAt` (milliseconds since 1970 UTC, both included) is counted anew.
   */
  "history.withdrawn": {
    readonly importId: string;
    readonly messages: number;
    readonly firstAt: number;
    readonly lastAt: number;
  };
  /** Someone was marked, or is no longer marked, as one of the team or as a bot: member figures change back to the beginning. */
  "member.marked": { readonly memberId: string; readonly isStaff: boolean; readonly isBot: boolean };
  /**
   * The figures of members are right again for what was written from `firstAt` to `lastAt` (milliseconds since 1970 UTC,
   * both included): whoever shows members may show them anew. With `personIds`, of nobody but these people.
   */
  "members.counted": {
    readonly firstAt: number;
    readonly lastAt: number;
    readonly personIds?: readonly string[];
  };
  /**
   * The figures of these people are right again after what they did live between `firstAt` and `lastAt` (milliseconds
   * since 1970 UTC, both included); whom they answered then is to be counted anew.
   */
  "members.seen": { readonly firstAt: number; readonly lastAt: number; readonly personIds: readonly string[] };
  /**
   * Two people proved to be one: these members are part of the person `personId` from now on. Whatever is counted by
   * person is counted anew where they, or whoever talked with them, wrote.
   */
  "members.merged": { readonly mergeId: string; readonly personId: string; readonly memberIds: readonly string[] };
  /** They are not: these members, the first of them at their head, are a person of their own again. */
  "members.unmerged": { readonly mergeId: string; readonly personId: string; readonly memberIds: readonly string[] };
  /**
   * Somebody's names are gone, and with `links` more than 0 that many links that they had sent: lists show them without a
   * name, and what is counted of links is counted anew on the days on which they wrote.
   */
  "member.erased": { readonly memberIds: readonly string[]; readonly links: number };
  /** Tags were put on these members or taken off them. */
  "members.tagged": { readonly memberIds: readonly string[] };
  /** A segment was made, deleted or brought back, or has another filter: who belongs to it is found anew. */
  "segment.changed": { readonly segmentId: string };
  /** The community's days begin at other instants now; everything counted by day is counted anew. */
  "community.zone-changed": { readonly timeZone: string };
  /**
   * A message came live and is stored. Only moderation acts upon it, and whoever counts what is written; everybody else
   * waits for `message.accepted`. `happenedAt` is when it was sent, which its id tells as well.
   */
  "message.posted": MessagePlace & { readonly platform: string; readonly replyToId?: string };
  /** It may stand. Points, support, feedback, notifications: whoever acts upon what members write begins here. */
  "message.accepted": MessagePlace;
  /** Its author changed it; the earlier text is kept as a version, the first of them with number 1. */
  "message.edited": MessagePlace & { readonly version: number };
  /** It is gone from the platform and from everything that is counted; `byMemberId` took it away, where that is known. */
  "message.deleted": MessagePlace & { readonly replyToId?: string; readonly byMemberId?: string };
  /** It is back, as it was before it was deleted. */
  "message.restored": MessagePlace & { readonly replyToId?: string };
  /** Somebody marked a message; `memberId` is theirs, `authorId` is whose message it is. */
  "reaction.added": ReactionPlace;
  /** They took the mark back. */
  "reaction.removed": ReactionPlace;
  /** A platform told how often each mark stands under a message, without telling whose they are. */
  "reactions.counted": MessagePlace;
  /** A question got its answer: this message, in the eyes of whoever asked or of the team. */
  "answer.accepted": AnswerPlace;
  /** It is not the answer after all. */
  "answer.withdrawn": AnswerPlace;
  /** The team put a topic of the hub to everybody; the message is its first post. */
  "topic.announced": MessagePlace;
  /** A member wrote to the team of their hub; what they wrote stands in `hub_team_messages` under this id. */
  "team.messaged": { readonly teamMessageId: string; readonly memberId: string };
  /** These members came to a group of the hub: put in by the team, by a wish that it approved, or by the tag or segment that it follows. */
  "group.joined": { readonly groupId: string; readonly memberIds: readonly string[] };
  /** They are not in it any more. */
  "group.left": { readonly groupId: string; readonly memberIds: readonly string[] };
  /** A group was made, changed, deleted or brought back; who belongs to a deleted one is kept, and may enter nothing by it. */
  "group.changed": { readonly groupId: string };
  /** Somebody came to a space. `invite` is the link or code they came by, where the platform tells. */
  "member.joined": MovePlace & { readonly invite?: string };
  /** Somebody went by themselves. */
  "member.left": MovePlace;
  /** Somebody was put out. */
  "member.removed": MovePlace;
  /** Somebody goes by another name on a platform. */
  "member.renamed": { readonly memberId: string };
}

/** A message, where it stands and whose it is. */
export interface MessagePlace {
  readonly messageId: string;
  readonly spaceId: string;
  readonly memberId: string;
}

interface ReactionPlace extends MessagePlace {
  readonly authorId: string;
  readonly emoji: string;
}

/** `memberId` is whose answer it is; `questionId` the message that asked, `askerId` whose that is. */
interface AnswerPlace extends MessagePlace {
  readonly questionId: string;
  readonly askerId: string;
}

/** `memberId` is missing where the platform gives only a name. */
interface MovePlace {
  readonly spaceId: string;
  readonly memberId?: string;
}

/** The name of a fact. */
export type FactKind = keyof FactPayloads;

/** A fact that is about to be told. `happenedAt` in milliseconds since 1970 UTC. */
export type NewFact = {
  [K in FactKind]: { readonly kind: K; readonly happenedAt: number; readonly payload: FactPayloads[K] };
}[FactKind];

/** A fact as the log holds it: `seq` numbers a community's facts from 1 without gaps, in the order they were committed. */
export type Fact = NewFact & { readonly seq: number };
