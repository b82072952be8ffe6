import type { ChangeFeed } from "#src/log/changes.ts";
import type { Call } from "./call.ts";

/** An error in the reader's words. */
export interface ToldFault {
  /** The HTTP status. */
  readonly status: number;
  readonly code: string;
  /** The sort of trouble. */
  readonly title: string;
  /** What happened and what to do next. */
  readonly detail: string;
  /** Fields of the input that were wrong, with why. */
  readonly faults?: readonly { readonly field: string; readonly code: string; readonly detail: string }[];
}

/** What a door of pages is handed with each request. */
export interface PageVisit {
  readonly call: Call;
  /** Puts whatever was thrown into words; what is no refusal is logged under a number. */
  readonly explain: (error: unknown) => ToldFault;
  /** The reader's choice of theme. */
  readonly theme: "light" | "dark" | "auto";
  /** Finds out anew who asks, by the cookies of the same request: for what stays open long after it was let in. */
  readonly again: () => Promise<Call>;
  readonly live: LiveSide;
}

/** What a page that stays open hears from. */
export interface LiveSide {
  readonly feed: ChangeFeed;
  /** Aborted when the process stops: whatever stays open ends then. */
  readonly stopping: AbortSignal;
}

/**
 * A site of plain pages below one address, such as the hub. It is asked only for writes that come from pages of ours, and
 * answers everything below its address, errors too.
 */
export interface PageDoor {
  /** The first part of every address, with a slash at both ends. */
  readonly prefix: `/${string}/`;
  /** Whether the door itself counts the bytes of a request, because it brings files; all others are short. */
  countsFiles?(request: Request): boolean;
  answer(request: Request, visit: PageVisit): Promise<Response>;
}
