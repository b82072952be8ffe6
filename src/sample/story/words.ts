/** The two languages of the sample community. */
export type Tongue = "en" | "ru";

/** Something people ask again and again, with answers that fit every one of its questions. */
export interface Theme {
  readonly questions: readonly string[];
  readonly answers: readonly string[];
}

/** Everything that is said in one language. `{plant}` and the like are filled from `gaps`. All of it is ours. */
export interface Phrases {
  readonly gaps: Readonly<Record<string, readonly string[]>>;
  readonly themes: readonly Theme[];
  readonly chat: readonly string[];
  /** What one says to any of those. */
  readonly echoes: readonly string[];
  readonly photos: readonly string[];
  readonly praise: readonly string[];
  readonly hellos: readonly string[];
  readonly welcomes: readonly string[];
  readonly thanks: readonly string[];
  /** What the team writes by the way, now and then. */
  readonly news: readonly string[];
  readonly contest: ContestPhrases;
  /** The weeks in which the team did nothing but sell, and what people said to that. */
  readonly promo: readonly string[];
  readonly grumbles: readonly string[];
  /** The evening on which strangers poured in. */
  readonly raid: readonly string[];
  readonly alarm: readonly string[];
  readonly calm: readonly string[];
}

/** The contest: its call, what was sent in, what was said about it, and how it ended. */
export interface ContestPhrases {
  readonly call: string;
  readonly entries: readonly string[];
  readonly buzz: readonly string[];
  readonly results: string;
  readonly cheers: readonly string[];
}
