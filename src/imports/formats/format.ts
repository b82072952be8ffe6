import type { Source } from "../stream/source.ts";
import type { DateOrder } from "../model.ts";
import type { Harvest } from "./harvest.ts";

/** The first bytes of a file as text, at most 64 KiB, with its name: what a format is recognised by. */
export interface Opening {
  readonly name: string;
  readonly text: string;
  /** The names of all files that came together, this one first: those of an archive or a folder. */
  readonly parts: readonly string[];
}

/** Our names of what a row holds, for files that have no format of their own. */
export const ownFields = ["id", "space", "sentAt", "authorId", "authorName", "text", "replyTo"] as const;
export type OwnField = (typeof ownFields)[number];

/** Which of the file's fields holds what. A field that is not named is looked for under our own name. */
export type FieldMap = Readonly<Partial<Record<OwnField, string>>>;

/** PostgreSQL cannot index keys of more than 2,700 bytes, and no platform has ids half this long. */
export const ID_CHARS = 200;

/** Longer names are cut. Telegram, Discord and VK allow far less. */
export const NAME_CHARS = 256;

/** What a format can tell from a file's beginning alone. */
export interface Recognised {
  /** Whether the times in the file need a time zone to be understood. */
  readonly needsTimeZone: boolean;
  /** Where dates are written with numbers alone: their order, and whether it could be something else just as well. */
  readonly dates?: { readonly order: DateOrder; readonly isGuess: boolean };
  /** The file's own fields, where somebody may choose which holds what. */
  readonly fields?: readonly string[];
  /** The best guess which of them holds what. */
  readonly guess?: FieldMap;
}

/** What a person decides before an import. */
export interface Choices {
  /** For times without a zone. */
  readonly timeZone: string;
  /** Undefined leaves it to what the file itself shows. */
  readonly dateOrder?: DateOrder;
  readonly fields?: FieldMap;
  /** External ids of the spaces to take; undefined takes all that belong to a community (no private conversations). */
  readonly spaces?: readonly string[];
  /** The clock, in milliseconds since 1970 UTC: what claims to be later is refused. */
  readonly now: number;
}

/** Where a reading can go on after a break. Plain JSON; only the format that made it understands `place`. */
export interface ResumePoint {
  /** The part of the source (see `Part`) that was being read. */
  readonly part: string;
  readonly place: unknown;
}

/** A chat or channel found in a file before its import. */
export interface FoundSpace {
  readonly externalId: string;
  readonly name: string;
  /** The platform's own word, such as `public_supergroup`. */
  readonly type: string;
  readonly messages: number;
  /** A conversation between people that belongs to no community: taken only when it is chosen by name. */
  readonly isPrivate: boolean;
}

/**
 * A form in which a community's history arrives: one file per format, listed in `all.ts`. It turns what a file holds
 * into the words of `platforms/model.ts` and decides nothing else. It may read one part of a source or many, in order.
 */
export interface HistoryFormat {
  readonly name: string;
  /** Whose ids these are, so that history and the live feed meet; `file` for files of no known platform. */
  readonly platform: string;
  /** Undefined when the file is of another format. Formats are asked in the order of `all.ts`. */
  recognise(opening: Opening): Recognised | undefined;
  /**
   * Reads a source from its beginning or from where an earlier reading stopped, a little at a time. Nothing in the
   * file makes it throw: what cannot be understood is among the skipped of a harvest, with its place.
   */
  read(source: Source, choices: Choices, resume?: ResumePoint): AsyncGenerator<Harvest>;
  /** Goes through the whole file for the spaces in it; formats whose files hold one space, or do not tell, leave it out. */
  findSpaces?(source: Source, signal: AbortSignal): Promise<FoundSpace[]>;
}
