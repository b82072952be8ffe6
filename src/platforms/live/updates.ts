import type { IncomingAuthor, IncomingMessage, IncomingMove, IncomingSpace } from "../model.ts";

/** A message as a platform names it. */
export interface MessageTarget {
  readonly spaceExternalId: string;
  readonly externalId: string;
  /** When it was sent, in milliseconds since 1970 UTC. With it a message is found at once, without it by a search. */
  readonly sentAt?: number;
}

interface Update {
  /**
   * Unique within its connection and the same however often the platform delivers it: its update's id, the token of a form.
   * An update whose receipt is known changes nothing.
   */
  readonly receipt: string;
}

/** A message was written. The spaces it names come along, or are known already. */
export interface Posted extends Update {
  readonly kind: "posted";
  readonly spaces: readonly IncomingSpace[];
  readonly message: IncomingMessage;
}

/**
 * A message was changed and reads like this now; `editedAt` is set. One that was never seen is stored as if it had just
 * been posted.
 */
export interface Edited extends Update {
  readonly kind: "edited";
  readonly spaces: readonly IncomingSpace[];
  readonly message: IncomingMessage & { readonly editedAt: number };
}

/** A message is gone, and nothing brings it back but `restored`: no later delivery and no import. */
export interface Deleted extends Update {
  readonly kind: "deleted";
  readonly target: MessageTarget;
  readonly happenedAt: number;
  readonly by?: IncomingAuthor;
}

/** A deleted message stands again. */
export interface Restored extends Update {
  readonly kind: "restored";
  readonly target: MessageTarget;
  readonly happenedAt: number;
}

/** Somebody put a mark under a message, or took it back. */
export interface Reacted extends Update {
  readonly kind: "reaction-added" | "reaction-removed";
  readonly target: MessageTarget;
  readonly member: IncomingAuthor;
  readonly emoji: string;
  readonly happenedAt: number;
}

/** The platform tells totals and no names. They replace what is known of the message's marks. */
export interface ReactionsCounted extends Update {
  readonly kind: "reactions-counted";
  readonly target: MessageTarget;
  readonly reactions: IncomingMessage["reactions"];
  readonly happenedAt: number;
}

/** Somebody came or went. */
export interface Moved extends Update {
  readonly kind: "moved";
  readonly spaces: readonly IncomingSpace[];
  readonly move: IncomingMove;
  /** The link or code by which they came, where the platform tells. */
  readonly invite?: string;
}

/** Somebody goes by another name. */
export interface Renamed extends Update {
  readonly kind: "renamed";
  readonly member: IncomingAuthor;
  readonly happenedAt: number;
}

/** What a platform tells while it happens, in our words. Times in milliseconds since 1970 UTC. */
export type LiveUpdate = Posted | Edited | Deleted | Restored | Reacted | ReactionsCounted | Moved | Renamed;

/**
 * What became of an update.
 * `taken`: it is stored. `repeated`: it was delivered before, or says what is known already; nothing changed. `unknown`:
 * it is about a message that is not here. `gone`: about one that was deleted, and stays so.
 */
export interface LiveOutcome {
  readonly receipt: string;
  readonly outcome: "taken" | "repeated" | "unknown" | "gone";
  /** The message it is about: of a repeated update the one it was taken for the first time. */
  readonly messageId?: string;
  /** Whoever wrote, marked, came or went. */
  readonly memberId?: string;
}
