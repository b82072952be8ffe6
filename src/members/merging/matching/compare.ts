import type { Reason } from "../model.ts";
import { digitSurprise, nicknameSurprise, stemSurprise, wordSurprise, type Corpus, type Prepared } from "./corpus.ts";
import { isOneSlip, type Handle } from "./handles.ts";
import { compareGiven, isGivenName, type NameForm } from "./name-forms.ts";

/** What speaks for two accounts being one person: reasons a person can check, and their weight in bits. */
export interface Evidence {
  readonly bits: number;
  readonly reasons: readonly Reason[];
}

/** A short form of a name is one of several people's; a letter that differs is mostly another name. */
const FORMS_COST = 1.5;
const SLIP_COST = 5;
/** Two people of one family share a surname, and their given names differ. */
const OTHER_GIVEN = -9;
/** Both names hold words that the other lacks: two nicknames, or two people. */
const OTHER_REST = -3;
/** A nickname here and a whole name there: of those who are on both, one in four shows themselves so. */
const NICKNAME_BESIDE_NAME = -1.9;
/** Two whole names with different surnames: somebody married, or two people. */
const OTHER_SURNAME = -7;
/** A user name that is but a given name and a number is many people's. */
const GIVEN_ALONE = -2;
/** Most people keep to one user name where they can. */
const OTHER_HANDLE = -1.3;
/** There are half a dozen usual ways of making a user name of a name. */
const WAYS_COST = 2.6;

interface NameAgreement {
  readonly bits: number;
  readonly kind: "same-name" | "similar-name" | "short-name" | undefined;
}

interface GivenAgreement {
  readonly bits: number;
  readonly way: "same" | "forms" | "other" | "none";
}

function initialFits(initial: string | undefined, given: NameForm["given"]): boolean {
  return initial !== undefined && given?.word.startsWith(initial) === true;
}

function givenAgreement(corpus: Corpus, one: NameForm, other: NameForm): GivenAgreement {
  if (one.given === undefined || other.given === undefined) {
    const isInitial = initialFits(one.initial, other.given) || initialFits(other.initial, one.given);
    return { bits: isInitial ? 3 : 0, way: "none" };
  }
  const way = compareGiven(one.given, other.given);
  if (way === "other") return { bits: OTHER_GIVEN, way };
  const bits = Math.min(wordSurprise(corpus, one.given.word), wordSurprise(corpus, other.given.word));
  return { bits: way === "forms" ? Math.max(0, bits - FORMS_COST) : bits, way };
}

function restAgreement(
  corpus: Corpus,
  one: NameForm,
  other: NameForm,
): { bits: number; way: "same" | "slip" | "none" } {
  // Where neither has a given name the words are nicknames.
  const rarity = one.given === undefined && other.given === undefined ? nicknameSurprise : wordSurprise;
  let bits = 0;
  let way: "same" | "slip" | "none" = "none";
  let [left, right] = [one.rest.length, other.rest.length];
  for (const word of one.rest) {
    const twin = other.rest.includes(word)
      ? word
      : other.rest.find((each) => word.length > 4 && each.length > 4 && isOneSlip(word, each));
    if (twin === undefined) continue;
    left -= 1;
    right -= 1;
    const isSame = twin === word;
    bits += isSame
      ? rarity(corpus, word)
      : Math.max(0, Math.min(rarity(corpus, word), rarity(corpus, twin)) - SLIP_COST);
    if (way !== "slip") way = isSame ? "same" : "slip";
  }
  if (left === 0 || right === 0) return { bits, way };
  if (one.given === undefined || other.given === undefined) {
    const areAlike = one.given === other.given;
    return { bits: bits + (areAlike ? OTHER_REST : NICKNAME_BESIDE_NAME), way };
  }
  return { bits: bits + (way === "none" ? OTHER_SURNAME : OTHER_REST), way };
}

function agreement(corpus: Corpus, one: NameForm, other: NameForm): NameAgreement {
  const given = givenAgreement(corpus, one, other);
  const rest = restAgreement(corpus, one, other);
  const bits = given.bits + rest.bits;
  if (given.way === "other" || (rest.way === "none" && given.way === "none")) return { bits, kind: undefined };
  if (given.way === "forms") return { bits, kind: "short-name" };
  return { bits, kind: rest.way === "slip" ? "similar-name" : "same-name" };
}

function nameReason(kind: NonNullable<NameAgreement["kind"]>, pair: Pair): Reason {
  const { corpus, one, other } = pair;
  const words = one.form.words.filter((word) => other.form.words.includes(word));
  const rarest = Math.min(...words.map((word) => corpus.words.get(word) ?? 0), Infinity);
  const bearers = Number.isFinite(rarest) ? rarest : 0;
  return { kind, names: [one.account.name, other.account.name], bearers };
}

interface Pair {
  readonly corpus: Corpus;
  readonly one: Prepared;
  readonly other: Prepared;
}

/** How two user names agree: wholly, but for numbers, by sound alone, but for a slip, or not. */
function handleWay(a: Handle, b: Handle): "same" | "numbers" | "sound" | "slip" | "other" {
  if (a.plain === b.plain) return "same";
  if (a.stem === b.stem && a.stem.length > 3) return "numbers";
  if (a.sound === b.sound && a.sound.length > 4) return "sound";
  return a.stem.length > 6 && a.digits === b.digits && isOneSlip(a.plain, b.plain) ? "slip" : "other";
}

function handleEvidence({ corpus, one, other }: Pair): Evidence {
  const [a, b] = [one.handle, other.handle];
  if (a === undefined || b === undefined) return { bits: 0, reasons: [] };
  const way = handleWay(a, b);
  if (way === "other") return { bits: OTHER_HANDLE, reasons: [] };
  const stem = Math.min(stemSurprise(corpus, a), stemSurprise(corpus, b));
  if (way === "same") {
    const bits = stem + digitSurprise(a) + (isGivenName(a.sound) ? GIVEN_ALONE : 0);
    return { bits, reasons: [{ kind: "same-username", username: a.text }] };
  }
  const cost = { numbers: 1, sound: 2, slip: SLIP_COST }[way];
  const reason: Reason = { kind: "similar-username", usernames: [a.text, b.text] };
  return { bits: Math.max(0, stem - cost), reasons: [reason] };
}

/** One's user name is made of the other's name: ivan.petrov, ipetrov, petrov_ivan. */
function crossEvidence(pair: Pair): Evidence {
  const { corpus } = pair;
  for (const [{ handle }, { form }] of [
    [pair.one, pair.other],
    [pair.other, pair.one],
  ] as const) {
    const [given, rest] = [form.given?.word, form.rest[0]];
    if (handle === undefined || rest === undefined || rest.length < 4) continue;
    const whole = given === undefined ? [] : [given + rest, rest + given];
    const isWhole = whole.includes(handle.sound);
    const isInitial = given !== undefined && [given[0] + rest, rest + given[0]].includes(handle.sound);
    const isRest = handle.sound === rest && given === undefined;
    if (!isWhole && !isInitial && !isRest) continue;
    const word = wordSurprise(corpus, rest);
    const first = isWhole && given !== undefined ? wordSurprise(corpus, given) : isInitial ? 3 : 0;
    const reason: Reason = { kind: "username-from-name", username: handle.text, name: form.text };
    return { bits: Math.max(0, word + first - WAYS_COST), reasons: [reason] };
  }
  return { bits: 0, reasons: [] };
}

/**
 * What names and user names say of two accounts. The weight is the surprise of two strangers agreeing so, after
 * Fellegi and Sunter, "A Theory for Record Linkage" (1969): rare words weigh more. Where a user name is made of the
 * name, the two are one piece of evidence and not two.
 */
export function compare(corpus: Corpus, one: Prepared, other: Prepared): Evidence {
  const pair = { corpus, one, other };
  const name = agreement(corpus, one.form, other.form);
  const handle = handleEvidence(pair);
  const cross = name.kind === undefined || name.bits < 8 ? crossEvidence(pair) : { bits: 0, reasons: [] };
  const isOneThing = (one.isHandleOfName || other.isHandleOfName) && handle.bits > 0 && name.bits > 0;
  const both = isOneThing ? Math.max(name.bits, handle.bits) + 1 : name.bits + handle.bits;
  const bits = both + (cross.bits > 0 && handle.bits <= 0 ? Math.max(0, cross.bits - Math.max(0, name.bits)) : 0);
  const told = name.kind !== undefined && name.bits > 2 ? [nameReason(name.kind, pair)] : [];
  return { bits, reasons: [...handle.reasons, ...told, ...(handle.bits > 0 ? [] : cross.reasons)] };
}
