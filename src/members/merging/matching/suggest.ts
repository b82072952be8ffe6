import type { Reason } from "../model.ts";
import { blockKinds, blocksOf } from "./blocks.ts";
import { compare, type Evidence } from "./compare.ts";
import { gatherCorpus, type Account, type Corpus } from "./corpus.ts";

/** Two people who may be one, with what speaks for it. */
export interface Suggestion {
  readonly memberId: string;
  readonly otherId: string;
  /** How sure it is, from 0 to 1: the share of such suggestions that prove right. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** Evidence found in what people wrote, for two accounts by their places. */
export interface Told {
  readonly one: number;
  readonly other: number;
  readonly reason: Reason;
  /** How many members say the same of that account; a link many people share leads to nobody of them. */
  readonly tellers: number;
}

/** Called now and then with how far the work is, from 0 to 1; what it throws ends the work. */
export type Pause = (share: number) => Promise<void>;

/** On which local days these people wrote, and how many days the community has. */
export type DaysOf = (
  personIds: readonly string[],
) => Promise<{ readonly of: ReadonlyMap<string, ReadonlySet<number>>; readonly all: number }>;

/** How likely somebody of one platform is on another as well, before anything is known of them. */
const OVERLAP = 0.2;
/** Below this odds nobody is a rival either. */
const LEAST_ODDS = 0.02;
/** What is shown is right in 19 of 20 cases on the generated truth of `bench people`. */
export const LEAST_SCORE = 0.85;
/** Weights of what people say themselves, above the surprise of meeting just this account. */
const SAYS_SO = 9;
const OWN_LINK = 5;
const SHARED_LINK = -2;

interface Rated {
  readonly one: number;
  readonly other: number;
  readonly odds: number;
  readonly reasons: readonly Reason[];
}

/** Fewer days say nothing of a habit. */
const LEAST_DAYS = 5;

const PLACES = 2 ** 22;

function toldBits(told: readonly Told[], size: number): number {
  const weights = told.map(({ reason, tellers }) =>
    reason.kind === "says-so" ? SAYS_SO : tellers === 1 ? OWN_LINK : SHARED_LINK,
  );
  return weights.length === 0 ? 0 : Math.log2(size) + Math.max(...weights);
}

interface Rating {
  readonly corpus: Corpus;
  readonly told: ReadonlyMap<number, readonly Told[]>;
  /** A bit for each platform that the person behind an account is on, by the account's place. */
  readonly platforms: Int32Array;
}

/** Somebody who is on a platform already is not sought there; so nobody is compared with themselves either. */
function mayBeOne({ platforms }: Rating, one: number, other: number): boolean {
  return ((platforms[one] ?? 0) & (platforms[other] ?? 0)) === 0;
}

function platformBits(accounts: readonly Account[]): Int32Array {
  const bits = new Map<string, number>();
  const persons = new Map<string, number>();
  for (const { personId, platform } of accounts) {
    // From the 31st platform on they share a bit: nobody is on so many.
    const bit = bits.get(platform) ?? 1 << Math.min(30, bits.size);
    bits.set(platform, bit);
    persons.set(personId, (persons.get(personId) ?? 0) | bit);
  }
  return Int32Array.from(accounts, ({ personId }) => persons.get(personId) ?? 0);
}

function rate(rating: Rating, one: number, other: number): Rated | undefined {
  const { corpus, told } = rating;
  const [a, b] = [corpus.accounts[one], corpus.accounts[other]];
  if (a === undefined || b === undefined) return undefined;
  const evidence: Evidence = compare(corpus, a, b);
  const said = told.get(one * PLACES + other) ?? [];
  const size = Math.max(corpus.sizes.get(a.account.platform) ?? 2, corpus.sizes.get(b.account.platform) ?? 2);
  const odds = OVERLAP * 2 ** (evidence.bits + toldBits(said, size) - Math.log2(size));
  if (odds < LEAST_ODDS) return undefined;
  return { one, other, odds, reasons: [...said.map(({ reason }) => reason), ...evidence.reasons] };
}

function sorted(one: number, other: number): number {
  return one < other ? one * PLACES + other : other * PLACES + one;
}

function forEachPair(block: readonly number[], visit: (one: number, other: number) => void): void {
  for (const [place, one] of block.entries())
    for (let next = place + 1; next < block.length; next += 1) visit(one, block[next] ?? one);
}

async function rateAll(rating: Rating, pause: Pause): Promise<Rated[]> {
  const seen = new Set<number>();
  const rated: Rated[] = [];
  const offer = (one: number, other: number): void => {
    if (!mayBeOne(rating, one, other)) return;
    const pair = sorted(one, other);
    if (seen.has(pair)) return;
    seen.add(pair);
    const found = rate(rating, Math.min(one, other), Math.max(one, other));
    if (found !== undefined) rated.push(found);
  };
  for (const pair of rating.told.keys()) offer(Math.floor(pair / PLACES), pair % PLACES);
  for (const [passed, kind] of blockKinds.entries()) {
    const blocks = blocksOf(rating.corpus, kind);
    for (const [done, block] of blocks.entries()) {
      forEachPair(block, offer);
      await pause((passed + done / blocks.length) / blockKinds.length);
    }
  }
  return rated;
}

/** How often two people wrote on the same days, against how often they would by chance. */
function sameDays(
  one: ReadonlySet<number>,
  other: ReadonlySet<number>,
  allDays: number,
): { bits: number; days: number } {
  const days = one.intersection(other).size;
  const expected = (one.size * other.size) / Math.max(1, allDays);
  if (Math.min(one.size, other.size) < LEAST_DAYS) return { bits: 0, days: 0 };
  if (days === 0) return { bits: expected > 3 ? -1 : 0, days };
  if (days >= 3 && days > 3 * expected) return { bits: 1.5, days };
  return { bits: days > 1.5 * expected ? 0.7 : 0, days };
}

/** Adds what the days say on which people wrote, where it could matter. */
async function withDays(rated: readonly Rated[], { accounts }: Corpus, daysOf: DaysOf): Promise<Rated[]> {
  const personOf = (place: number): string => accounts[place]?.account.personId ?? "";
  const near = rated.filter(({ odds }) => odds > 0.5);
  const days = await daysOf([...new Set(near.flatMap(({ one, other }) => [personOf(one), personOf(other)]))]);
  const none: ReadonlySet<number> = new Set();
  return rated.map((each) => {
    const [one, other] = [days.of.get(personOf(each.one)) ?? none, days.of.get(personOf(each.other)) ?? none];
    const { bits, days: shared } = sameDays(one, other, days.all);
    if (bits === 0) return each;
    const reason: Reason = { kind: "same-days", days: shared, of: Math.min(one.size, other.size) };
    return { ...each, odds: each.odds * 2 ** bits, reasons: bits > 0 ? [...each.reasons, reason] : each.reasons };
  });
}

/** The sum of odds of everybody who might be the match of an account on a platform. */
function rivals(rated: readonly Rated[], { accounts }: Corpus): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (place: number, otherPlace: number, odds: number): void => {
    const key = `${place} ${accounts[otherPlace]?.account.platform}`;
    sums.set(key, (sums.get(key) ?? 0) + odds);
  };
  for (const { one, other, odds } of rated) {
    add(one, other, odds);
    add(other, one, odds);
  }
  return sums;
}

function scored(rated: readonly Rated[], corpus: Corpus): Suggestion[] {
  const sums = rivals(rated, corpus);
  const best = new Map<string, Suggestion>();
  for (const { one, other, odds, reasons } of rated) {
    const [a, b] = [corpus.accounts[one]?.account, corpus.accounts[other]?.account];
    if (a === undefined || b === undefined) continue;
    const against = Math.max(sums.get(`${one} ${b.platform}`) ?? odds, sums.get(`${other} ${a.platform}`) ?? odds);
    const score = odds / (1 + against);
    if (score < LEAST_SCORE) continue;
    const [memberId, otherId] = a.personId < b.personId ? [a.personId, b.personId] : [b.personId, a.personId];
    const key = `${memberId} ${otherId}`;
    if ((best.get(key)?.score ?? 0) < score) best.set(key, { memberId, otherId, score, reasons });
  }
  return [...best.values()].toSorted((x, y) => y.score - x.score || (x.memberId < y.memberId ? -1 : 1));
}

/** What suggestions are made from. */
export interface SuggestionGround {
  readonly accounts: readonly Account[];
  readonly tellings: readonly Told[];
  readonly daysOf: DaysOf;
  readonly pause: Pause;
}

/**
 * Pairs of people of different platforms who may be one, the surest first. An account that several might be the match
 * of is suggested with none of them, unless one is far ahead.
 */
export async function suggest({ accounts, tellings, daysOf, pause }: SuggestionGround): Promise<Suggestion[]> {
  const corpus = gatherCorpus(accounts);
  const told = new Map<number, Told[]>();
  for (const each of tellings) {
    const key = sorted(each.one, each.other);
    told.set(key, [...(told.get(key) ?? []), each]);
  }
  const rated = await rateAll({ corpus, told, platforms: platformBits(accounts) }, pause);
  return scored(await withDays(rated, corpus, daysOf), corpus);
}
