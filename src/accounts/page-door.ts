import type { Databases } from "#src/base/database.ts";
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

/** A domain of its own at which one of a door's sites stands, and the request as it would be without it. */
export interface DomainPlace {
  /** Such as `https://forum.brand.com`. */
  readonly origin: string;
  /** Where the site lies for the door, such as `/c/dawn`. */
  readonly prefix: string;
  /** The address that was asked for, behind the host, as it lies for the door. */
  readonly path: string;
}

/** Domains of their own at which a door's sites stand. A host is a name in lower case, without a port. */
export interface OwnDomains {
  /** Where the site of this host lies; `null` for a domain that is not in use yet, undefined for a host that is nobody's. */
  prefixAt(databases: Databases, host: string): Promise<string | null | undefined>;
  /** What shows that a host leads to this install: the answer to a token, when the host is one that waits for it. */
  proofAt(tools: Pick<Call, "databases" | "secrets">, host: string, token: string): Promise<string | undefined>;
  /** Where the proof lies; the token stands behind it. */
  readonly proofPath: string;
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
  readonly domains?: OwnDomains;
  answer(request: Request, visit: PageVisit, at?: DomainPlace): Promise<Response>;
}
