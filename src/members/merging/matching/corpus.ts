import { handleOf, type Handle } from "./handles.ts";
import { isGivenName, nameFormOf, type NameForm } from "./name-forms.ts";
import { Pieces, surprise } from "./pieces.ts";

/** An account to be compared with those of other platforms. */
export interface Account {
  /** The person it belongs to now. */
  readonly personId: string;
  readonly platform: string;
  readonly externalId: string;
  readonly name: string;
  readonly username: string | null;
}

/** An account with everything that is compared. */
export interface Prepared {
  readonly account: Account;
  readonly form: NameForm;
  readonly handle: Handle | undefined;
  /** Whether the user name is made of the name, so that one agreeing with another says nothing new. */
  readonly isHandleOfName: boolean;
}

/** All accounts of a community, and how common each word of a name and each stem of a user name is among them. */
export interface Corpus {
  readonly accounts: readonly Prepared[];
  /** How many accounts each platform has. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  readonly stems: ReadonlyMap<string, number>;
  /** What stems of user names and nicknames are put together from. */
  readonly pieces: Pieces;
}

/** Short words and stems are somebody's initials, whoever else has them: so many bits for each letter at most. */
const BITS_A_LETTER = 2.5;
const SHORT = 5;
/** Years of birth and school-leaving: some forty of them. */
const YEAR_BITS = 5.3;
const BITS_A_DIGIT = 2.5;
/** There are half a dozen usual ways of making a user name of a name, and a dozen initials. */
const WAYS_BITS = 2.6;
const INITIAL_BITS = 3;

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function prepare(account: Account): Prepared {
  const form = nameFormOf(account.name);
  const handle = handleOf(account.username);
  const sound = handle?.sound ?? "";
  const isHandleOfName =
    form.rest.some((word) => word.length > 3 && sound.includes(word)) ||
    (form.given !== undefined && form.given.word.length > 3 && sound.includes(form.given.word));
  return { account, form, handle, isHandleOfName };
}

/** Prepares accounts for comparing. Without a name and a user name an account is left out: there is nothing to compare. */
export function gatherCorpus(accounts: readonly Account[]): Corpus {
  const prepared: Prepared[] = [];
  const pieces = new Pieces();
  const [sizes, words, stems] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  for (const account of accounts) {
    count(sizes, account.platform);
    const one = prepare(account);
    prepared.push(one);
    for (const word of new Set(one.form.words)) count(words, word);
    if (one.handle !== undefined && one.handle.stem.length > 1) {
      count(stems, one.handle.stem);
      pieces.add(one.handle.stem);
    }
    if (one.form.given === undefined) for (const word of one.form.rest) pieces.add(word);
  }
  return { accounts: prepared, sizes, words, stems, pieces };
}

function atLength(bits: number, letters: number): number {
  return letters < SHORT ? Math.min(bits, BITS_A_LETTER * letters) : bits;
}

/** How surprising it is that two unrelated people both have this word in their names, in bits. */
export function wordSurprise({ words, accounts }: Corpus, word: string): number {
  return atLength(surprise(words.get(word) ?? 0, accounts.length, word.length), word.length);
}

/** The same of a word that stands alone, as nicknames do: they are put together from common words. */
export function nicknameSurprise(corpus: Corpus, word: string): number {
  return Math.min(wordSurprise(corpus, word), corpus.pieces.surprise(word));
}

/** How surprising it is that two unrelated people both made a user name of these words of a name, in bits. */
function nameSurprise(corpus: Corpus, { sound }: Handle): number {
  let least = Infinity;
  for (let cut = 1; cut < sound.length; cut += 1) {
    const [first, second] = [sound.slice(0, cut), sound.slice(cut)];
    for (const [given, rest] of [
      [first, second],
      [second, first],
    ] as const) {
      const isInitial = given.length === 1;
      if ((!isInitial && !isGivenName(given)) || rest.length < 4 || !corpus.words.has(rest)) continue;
      const bits = (isInitial ? INITIAL_BITS : wordSurprise(corpus, given)) + wordSurprise(corpus, rest) + WAYS_BITS;
      least = Math.min(least, bits);
    }
  }
  return least;
}

/** How surprising it is that two unrelated people both chose user names with this stem, in bits. */
export function stemSurprise(corpus: Corpus, handle: Handle): number {
  const { stem } = handle;
  if (stem.length < 2) return 0;
  const whole = surprise(corpus.stems.get(stem) ?? 0, corpus.accounts.length, stem.length);
  const ofName = nameSurprise(corpus, handle);
  if (Number.isFinite(ofName)) return Math.min(Math.max(whole, corpus.pieces.surprise(stem)), ofName);
  return atLength(Math.min(whole, corpus.pieces.surprise(stem)), stem.length);
}

/** How surprising it is that both have these digits as well. */
export function digitSurprise({ plain, digits }: Handle): number {
  if (/(?:19|20)\d\d$/.test(plain)) return YEAR_BITS;
  return Math.min(digits, 6) * BITS_A_DIGIT;
}
