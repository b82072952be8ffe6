import { type RawBuilder, sql } from "kysely";

/** Everything somebody was known by, for finding it in what others wrote. */
export interface Traces {
  readonly names: readonly string[];
  readonly usernames: readonly string[];
  readonly externalIds: readonly string[];
}

/** What a word is made of, told by code points, because what PostgreSQL takes for a letter depends on its locale. */
const WORD = String.raw`0-9A-Za-z_\u00c0-\u024f\u0400-\u04ff`;

/** Telegram's shortest user name; a shorter one is a word of everyday texts and counts only behind an @. */
const BARE_USERNAME = 5;
/** Shorter numbers stand for too many other things. */
const SHORTEST_ID = 7;

function escaped(character: string): string {
  const forms = new Set([character, character.toLowerCase(), character.toUpperCase()]);
  const single = [...forms].filter((form) => Array.from(form).length === 1);
  const safe = single.map((form) => (/[\p{L}\p{N} ]/u.test(form) ? form : `\\${form}`));
  return safe.length > 1 ? `[${safe.join("")}]` : (safe[0] ?? "");
}

/** A text in any case, as a piece of a regular expression of PostgreSQL; a space stands for any run of blanks. */
function literally(text: string): string {
  const words = text.trim().split(/\s+/u);
  return words.map((word) => Array.from(word, escaped).join("")).join(String.raw`\s+`);
}

/** The text as it stands inside JSON, where that differs. */
function inJson(text: string): string[] {
  const written = JSON.stringify(text).slice(1, -1);
  return written === text ? [] : [written];
}

function alternatives({ names, usernames, externalIds }: Traces): string[] {
  const handles = usernames.map((name) => name.replace(/^@/, "")).filter((name) => name !== "");
  const ids = externalIds.flatMap((id) => [id, id.replace(/^[a-z]+(?=\d+$)/, "")]);
  const words = (name: string): boolean => /\S\s+\S/u.test(name);
  return [
    ...handles.map((name) => (name.length < BARE_USERNAME ? `@${literally(name)}` : `@?${literally(name)}`)),
    // One word may be anybody's first name; as a mention it is this person's.
    ...names.map((name) => (words(name) ? `@?${literally(name)}` : `@${literally(name)}`)),
    ...names.filter(words).flatMap(inJson).map(literally),
    ...ids.filter((id) => id.length >= SHORTEST_ID).map(literally),
  ];
}

/** Two regular expressions of PostgreSQL. What `exact` finds, `quick` finds as well, many times faster, among other things. */
export interface TracePattern {
  readonly quick: string;
  readonly exact: string;
}

/**
 * Finds the person where others name them: user names and mentions, names of several words, ids. Case does not matter,
 * and parts of longer words are left alone. Undefined when there is nothing to look for.
 */
export function tracePattern(traces: Traces): TracePattern | undefined {
  const found = [...new Set(alternatives(traces))].toSorted((a, b) => b.length - a.length);
  if (found.length === 0) return undefined;
  const quick = found.join("|");
  return { quick, exact: `(?<![${WORD}])(?:${quick})(?![${WORD}])` };
}

/** Whether an expression of SQL holds the pattern. The quick look first: looking around a find costs a hundred times more. */
export function holdsTrace(text: RawBuilder<unknown>, { quick, exact }: TracePattern): RawBuilder<boolean> {
  return sql<boolean>`case when ${text} ~ ${quick} then ${text} ~ ${exact} else false end`;
}
