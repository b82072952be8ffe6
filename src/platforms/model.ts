/** A chat, channel, board or topic as a platform or an export file tells of it. */
export interface IncomingSpace {
  readonly externalId: string;
  readonly name: string;
  readonly kind: "chat" | "channel" | "board" | "topic";
  /** The space this one is part of, for a topic. It stands earlier in the same list or is known already. */
  readonly parentExternalId?: string;
}

/** Whoever wrote, joined or left. */
export interface IncomingAuthor {
  readonly externalId: string;
  /** Absent when the source does not tell, as with deleted accounts. */
  readonly name?: string;
  readonly username?: string;
  /** A channel speaks with the team's voice and counts as staff. */
  readonly kind: "person" | "bot" | "channel";
}

/** What a message is besides its text. */
export const messageKinds = [
  "text",
  "photo",
  "video",
  "video-note",
  "voice",
  "audio",
  "animation",
  "sticker",
  "file",
  "poll",
  "location",
  "contact",
  "game",
  "invoice",
  "story",
  "call",
  "other",
] as const;

export type MessageKind = (typeof messageKinds)[number];

/** An address in a message: the whole of it, and the domain in lower case without `www.`. */
export interface IncomingLink {
  readonly domain: string;
  readonly url: string;
}

/** Somebody whom a source names as the giver of a mark. `at` in milliseconds since 1970 UTC, absent when it does not say. */
export interface IncomingReactor {
  readonly member: IncomingAuthor;
  readonly at?: number;
}

/** A mark under a message: how many gave it, and those of them whom the source names, which may be fewer. */
export interface IncomingReaction {
  readonly emoji: string;
  readonly count: number;
  readonly by?: readonly IncomingReactor[];
}

/** One message, from the live feed or from history. Times in milliseconds since 1970 UTC. */
export interface IncomingMessage {
  readonly spaceExternalId: string;
  /** Unique in its space, and the same in every export and in the live feed. */
  readonly externalId: string;
  readonly sentAt: number;
  readonly editedAt?: number;
  readonly author: IncomingAuthor;
  readonly kind: MessageKind;
  /** Plain text, without NUL. */
  readonly text: string;
  /** ISO 639-1, when it could be told. */
  readonly language?: string;
  readonly isQuestion: boolean;
  readonly links: readonly IncomingLink[];
  /** The message of the same space that this one answers. */
  readonly replyToExternalId?: string;
  /** When that message was sent, in milliseconds since 1970 UTC: with it, it is found without a search. */
  readonly replyToSentAt?: number;
  readonly forwardedFrom?: string;
  readonly reactions: readonly IncomingReaction[];
  /** Poll options and the like; plain JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Somebody came or went. */
export interface IncomingMove {
  readonly spaceExternalId: string;
  /** Unique in its space together with `position`. */
  readonly externalId: string;
  /** One service message may tell of several people. */
  readonly position: number;
  /** Absent when the source gives only a name. */
  readonly member?: IncomingAuthor;
  readonly name: string;
  readonly kind: "joined" | "left" | "removed";
  readonly happenedAt: number;
}

/** What is stored in one transaction: all of it or nothing. */
export interface IncomingBatch {
  readonly spaces: readonly IncomingSpace[];
  readonly messages: readonly IncomingMessage[];
  readonly moves: readonly IncomingMove[];
}

/** What became of a batch. */
export interface StoredBatch {
  readonly stored: number;
  /** Known already and now read in a newer edition. */
  readonly updated: number;
  /** Known already; nothing changed. */
  readonly repeated: number;
  readonly moves: number;
  readonly newMembers: number;
}

/** Telegram, the oldest platform here, opened in 2013, Discourse in 2013, forums before; nothing imported is older than this. */
export const EARLIEST_MESSAGE = Date.UTC(2000, 0, 1);

/** Platform clocks may run ahead of ours by this much; what claims to be later is refused. In milliseconds. */
export const CLOCK_LEEWAY = 24 * 3_600_000;
