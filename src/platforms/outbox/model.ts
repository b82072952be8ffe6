/** What goes first: moderation overtakes everything, mass sends wait for what one person waits for. */
export const priorities = { moderation: 0, single: 1, mass: 2 } as const;
export type Priority = keyof typeof priorities;

/** What a platform is asked to do: a name it knows and plain JSON. */
export interface Action {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** Something that is to reach a platform. */
export interface NewOutboxRow {
  readonly connectionId: string;
  /** The space or person for which order holds: of one priority the older row goes first. */
  readonly target: string;
  readonly priority: Priority;
  /** The same for the same decision, however often it is written. Platforms that know idempotency are given it. */
  readonly key: string;
  readonly action: Action;
  /** Not before this instant, in milliseconds since 1970 UTC. */
  readonly dueAt?: number;
}

/** What became of one attempt. */
export type Attempt =
  | { readonly outcome: "sent"; readonly externalId?: string }
  /** The platform took nothing and says when to come again; `all`: with whatever it is. */
  | { readonly outcome: "later"; readonly afterMs: number; readonly all?: true }
  /** The platform was not reached or took nothing; it may be tried again. */
  | { readonly outcome: "failed"; readonly error: string }
  /** The platform will never take it: no such chat, no right. */
  | { readonly outcome: "refused"; readonly error: string }
  /** It was sent off and no answer came: it may have been done. */
  | { readonly outcome: "unknown"; readonly error: string };

/** How a platform is reached. */
export interface Sender {
  /** Whether the platform does the same thing once however often it comes with the same key. */
  readonly isIdempotent: boolean;
  send(row: { readonly action: Action; readonly key: string }): Promise<Attempt>;
}

/** What a person may decide about a row that nobody knows the outcome of, or that was given up. */
export const settlements = ["sent", "again", "drop"] as const;
export type Settlement = (typeof settlements)[number];

/** Parts of the outbox: what is to go out, what waits for a person, and what has gone out or was dropped. */
export const outboxViews = ["waiting", "person", "over"] as const;
export type OutboxView = (typeof outboxViews)[number];

export const outboxStatuses = ["waiting", "sending", "sent", "unknown", "dead", "dropped"] as const;

/** A row of the outbox as the team sees it. Times in milliseconds since 1970 UTC. */
export interface OutboxLine {
  readonly id: string;
  readonly position: number;
  readonly platform: string;
  /** What the connection is called. */
  readonly connection: string;
  /** What is to be done: one of the actions of `adapter.ts`, unless another version of Veche wrote it. */
  readonly kind: string | null;
  readonly space: string | null;
  /** The beginning of the title or text; null where there is none. */
  readonly text: string | null;
  readonly priority: Priority;
  readonly status: (typeof outboxStatuses)[number];
  readonly attempts: number;
  /** The last failure, as a name or code. */
  readonly error: string | null;
  readonly writtenAt: number;
  readonly dueAt: number;
  readonly endedAt: number | null;
}
