import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { IncomingBatch, IncomingMessage } from "./model.ts";
import { plain } from "./packed.ts";
import {
  accountsOf,
  ensureHasher,
  goneOf,
  type HashMark,
  keepMarks,
  keptMarks,
  lockIntake,
  type Mark,
  readHasher,
  shareIntake,
  takeNames,
} from "./store/erased.ts";
import { forgetDeleted } from "./store/deleted.ts";
import { emptyOlder, eraseStretch, type StretchDone, unnameMoves } from "./store/erased-messages.ts";
import { tracePattern, type Traces } from "./trace-pattern.ts";

/** Stands in texts of others where an erased person was named; the same in every language. */
export const ERASED_WORD = "[…]";

/** Whose erasure begins. All of `memberIds` are one person. */
export interface ErasureStart {
  readonly memberIds: readonly string[];
  readonly secrets: Secrets;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/**
 * Takes a person's names and accounts away and keeps keyed hashes of them, in a transaction of the owner. From its commit
 * on nothing of theirs is stored any more, whatever import or platform brings it; batches under way are waited for. What
 * they had written before is still there: see `eraseWritten`. Safe to repeat.
 */
export async function takePersonAway(tx: Tx, community: CommunityId, start: ErasureStart): Promise<Traces> {
  const { memberIds, secrets, now } = start;
  await lockIntake(tx, community);
  const accounts = await accountsOf(tx, community, memberIds);
  const called = await takeNames(tx, community, { memberIds, at: now });
  const marks = accounts.flatMap(({ memberId, platform, externalId, name, username }) => {
    const values: [Mark["kind"], string | null][] = [
      ["account", externalId],
      ["username", username],
      ["name", name],
    ];
    return values.flatMap(([kind, value]) => (value ? [{ kind, value, platform, memberId }] : []));
  });
  await keepMarks(tx, community, { marks, hash: await ensureHasher(tx, community, secrets) });
  return {
    names: [...new Set([...called, ...accounts.map(({ name }) => name)])].filter((name) => name !== ""),
    usernames: [...new Set(accounts.flatMap(({ username }) => username ?? []))],
    externalIds: [...new Set(accounts.map(({ externalId }) => externalId))],
  };
}

/** What is erased of what was written, and from where on. */
export interface ErasureStretch {
  readonly memberIds: readonly string[];
  readonly traces: Traces;
  /** The last message that was looked at before; the smallest id to begin with. */
  readonly after: string;
  readonly limit: number;
}

/**
 * Goes through a stretch of the community's messages in the order of their ids: takes content and links out of the
 * person's own, and their name, user name and id out of what others wrote. Behind the last message it does the same to
 * comings and goings, and `last` is undefined. When somebody wrote, how often and in answer to whom stays.
 */
export async function eraseWritten(tx: Tx, community: CommunityId, stretch: ErasureStretch): Promise<StretchDone> {
  const { memberIds, traces, after, limit } = stretch;
  const pattern = tracePattern(traces);
  const done = await eraseStretch(tx, community, { memberIds, pattern, word: ERASED_WORD, after, limit });
  if (done.last === undefined && pattern !== undefined) await unnameMoves(tx, community, pattern);
  return done;
}

/** Who was erased in a community, as far as a batch from one platform needs to know it. */
export interface ErasedPeople {
  /** The nameless person to whom an account belonged. */
  memberOf(externalId: string): string | undefined;
  /** The batch without anything of erased people but that they wrote. `memberIds` leads from accounts to people. */
  cleaned(batch: IncomingBatch, memberIds: ReadonlyMap<string, string>): IncomingBatch;
}

/** User names in a text: behind an @, or in an address of Telegram. */
const NAMED = /@(\w{2,64})|\bt\.me\/(\w{2,64})/giu;

function withoutAuthor(message: IncomingMessage): IncomingMessage {
  const { details: _, forwardedFrom: __, ...kept } = message;
  return { ...kept, text: "", links: [] };
}

/** That somebody gave the mark still counts. */
function withoutReactors(message: IncomingMessage, isErased: (externalId: string) => boolean): IncomingMessage {
  if (message.reactions.length === 0) return message;
  const reactions = message.reactions.map((mark) =>
    mark.by === undefined ? mark : { ...mark, by: mark.by.filter(({ member }) => !isErased(member.externalId)) },
  );
  return { ...message, reactions };
}

class Ledger implements ErasedPeople {
  readonly #members: ReadonlyMap<string, string>;
  readonly #ids: ReadonlySet<string>;
  readonly #hash: HashMark;
  readonly #platform: string;

  constructor(members: ReadonlyMap<string, string>, hash: HashMark, platform: string) {
    this.#members = members;
    this.#ids = new Set(members.values());
    this.#hash = hash;
    this.#platform = platform;
  }

  #find(kind: Mark["kind"], value: string): string | undefined {
    return this.#members.get(this.#hash({ kind, platform: this.#platform, value }).toString("hex"));
  }

  memberOf(externalId: string): string | undefined {
    return this.#find("account", externalId);
  }

  #unnamed(text: string): string {
    return text.replaceAll(NAMED, (found, handle?: string, address?: string) => {
      const name = handle ?? address ?? "";
      return this.#find("username", name) === undefined ? found : ERASED_WORD;
    });
  }

  #ofOthers(message: IncomingMessage): IncomingMessage {
    const { forwardedFrom, ...rest } = message;
    const isTheirs = forwardedFrom !== undefined && this.#find("name", forwardedFrom) !== undefined;
    const links = rest.links.filter(({ url }) => this.#unnamed(url) === url);
    const kept = { ...rest, links, text: this.#unnamed(rest.text) };
    return isTheirs || forwardedFrom === undefined ? kept : { ...kept, forwardedFrom };
  }

  cleaned(batch: IncomingBatch, memberIds: ReadonlyMap<string, string>): IncomingBatch {
    const isErased = (externalId: string): boolean => this.#ids.has(memberIds.get(externalId) ?? "");
    const messages = batch.messages
      .map(plain)
      .map((message) => (isErased(message.author.externalId) ? withoutAuthor(message) : this.#ofOthers(message)))
      .map((message) => withoutReactors(message, isErased));
    const moves = batch.moves.map((move) => {
      const known = move.member !== undefined && isErased(move.member.externalId);
      return known || this.#find("name", move.name) !== undefined ? { ...move, name: "" } : move;
    });
    return { ...batch, messages, moves };
  }
}

/** Where a batch comes from, and what opens the key of the community's hashes. */
export interface IntakePlace {
  readonly community: CommunityId;
  readonly platform: string;
  readonly secrets: Secrets | undefined;
}

/**
 * Who was erased; undefined where nobody was. Read once in each batch's transaction, before anything is stored, because
 * an erasure may have begun since the last. Refuses where it cannot be told, rather than bring somebody back.
 */
export async function erasedPeople(tx: Tx, place: IntakePlace): Promise<ErasedPeople | undefined> {
  const { community, platform, secrets } = place;
  await shareIntake(tx, community);
  // A statement of its own behind the lock: it would not see an erasure that it has waited for itself.
  const gone = await goneOf(tx, community);
  if (gone.isDeleted) return refuse("conflict", "platforms.community-deleted");
  if (!gone.hasErased) return undefined;
  const hash = secrets === undefined ? undefined : await readHasher(tx, community, secrets);
  if (hash === undefined) return refuse("unavailable", "platforms.erased-unreadable");
  const members = new Map((await keptMarks(tx, community)).map((mark) => [mark.hash, mark.memberId]));
  return new Ledger(members, hash, platform);
}

/**
 * Takes content and links' addresses out of messages sent before an instant (milliseconds since 1970 UTC), at most
 * `limit` at once; returns how many. What is counted of them stays, and so do the domains of links.
 */
export async function emptyOldTexts(
  tx: Tx,
  community: CommunityId,
  old: { before: number; limit: number },
): Promise<number> {
  return emptyOlder(tx, community, old);
}

/**
 * Forgets what deleted messages said, so that nobody can bring them back; those that stand, and the fact that there was
 * something, stay. Safe to repeat.
 */
export async function forgetDeletedTexts(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  await forgetDeleted(tx, community, messageIds);
}
