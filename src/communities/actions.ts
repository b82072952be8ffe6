import { setRole } from "#src/accounts/actions.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import type { Databases, Db, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { ensureOwnConnections } from "#src/platforms/connections.ts";
import { recordIn } from "#src/trail/actions.ts";
import { type Community, DELETED_DAYS, type DeletedCommunity, reservedSlugs, slugOf } from "./model.ts";
import { deletedBefore, dropCommunity, emptyCommunity, markDeleted } from "./store/deletion.ts";
import { addCommunity, lockCommunity, nameSpace, slugsLike, writeCommunity } from "./store.ts";

/** What a new community is to be. */
export interface CommunityWish extends Pick<Community, "name" | "language" | "timeZone"> {
  /** Wanted as it is, or refused; undefined lets one be made of the name. */
  readonly slug: string | undefined;
  /** Who becomes its owner; undefined at the command line, where the owners of the installation are its owners. */
  readonly ownerId: string | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Of made-up people, and marked as such for ever. */
  readonly isSample?: true;
}

async function freeSlug(tx: Tx, name: string): Promise<string> {
  const slug = slugOf(name);
  const taken = await slugsLike(tx, slug);
  if (!taken.has(slug) && !reservedSlugs.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

/** Makes a community with an empty log. Refuses a slug that is taken. */
export async function createCommunity(databases: Databases, wish: CommunityWish): Promise<Community> {
  const { name, language, timeZone, ownerId, now } = wish;
  return databases.asOwner(async (tx) => {
    const slug = wish.slug ?? (await freeSlug(tx, name));
    const createdAt = new Date(now).toISOString();
    const isSample = wish.isSample === true;
    const community = { id: newId(now), slug, name, language, timeZone, createdAt, isSample, deletedAt: null };
    if (!(await addCommunity(tx, community))) return refuse("conflict", "communities.slug-taken", { slug });
    const id = provenCommunity(community.id);
    await ensureOwnConnections(tx, id, { name, now });
    if (ownerId !== undefined) await setRole(tx, id, { userId: ownerId, role: "owner", now });
    return community;
  });
}

/** What may change of a community; what is missing stays. */
export interface CommunityChange {
  readonly name?: string | undefined;
  readonly language?: Community["language"] | undefined;
  readonly timeZone?: string | undefined;
}

/**
 * Changes a community. Another time zone moves the beginning of every day, so it is told as a fact and everything that
 * was counted by day is counted anew. Runs as owner: the role of procedures may only read communities.
 */
export async function changeCommunity(
  databases: Databases,
  community: CommunityId,
  asked: { change: CommunityChange; now: number },
): Promise<Community> {
  const { change, now } = asked;
  return databases.asOwner(async (tx) => {
    const before = await lockCommunity(tx, community);
    if (before === undefined) return refuse("not-found", "communities.unknown", { slug: "" });
    const after: Community = {
      ...before,
      name: change.name ?? before.name,
      language: change.language ?? before.language,
      timeZone: change.timeZone ?? before.timeZone,
    };
    await writeCommunity(tx, community, after);
    if (after.timeZone !== before.timeZone) {
      const payload = { timeZone: after.timeZone };
      await append(tx, community, [{ kind: "community.zone-changed", happenedAt: now, payload }]);
    }
    return after;
  });
}

/** Gives a space another name, in the caller's transaction; false when there is no such space. */
export async function renameSpace(
  tx: Tx,
  community: CommunityId,
  space: { id: string; name: string },
): Promise<boolean> {
  return (await nameSpace(tx, community, space)) !== undefined;
}

const DAY = 86_400_000;

/** When a community that was deleted at this instant is erased; both in milliseconds since 1970 UTC. */
export function erasedAfter(deletedAt: number): number {
  return deletedAt + DELETED_DAYS * DAY;
}

/**
 * Deletes a community: it is hidden from everyone but its owners, nothing is written in it any more and its jobs rest.
 * For 30 days `restoreCommunity` brings it back as it was. Refuses another name than its own.
 */
export async function deleteCommunity(
  databases: Databases,
  community: CommunityId,
  asked: { name: string; now: number },
): Promise<DeletedCommunity> {
  return databases.asOwner(async (tx) => {
    const known = await lockCommunity(tx, community);
    if (known === undefined) return refuse("not-found", "communities.unknown", { slug: "" });
    if (asked.name.trim() !== known.name) return refuse("invalid", "communities.name-differs", { name: known.name });
    await markDeleted(tx, community, asked.now);
    const at = known.deletedAt === null ? asked.now : Date.parse(known.deletedAt);
    const times = { deletedAt: new Date(at).toISOString(), erasedAt: new Date(erasedAfter(at)).toISOString() };
    return { slug: known.slug, name: known.name, ...times };
  });
}

/** Brings a deleted community back as it was. Safe to repeat. */
export async function restoreCommunity(databases: Databases, community: CommunityId): Promise<Community> {
  return databases.asOwner(async (tx) => {
    await markDeleted(tx, community, undefined);
    const back = await lockCommunity(tx, community);
    return back ?? refuse("not-found", "communities.unknown", { slug: "" });
  });
}

/** What erasing deleted communities needs. */
export interface Erasing {
  readonly databases: Databases;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/**
 * Erases communities that were deleted 30 days ago or longer, row by row and for good. What is left of one is its entry
 * in the installation's audit log, which holds its slug and how long its own log was. Returns how many were erased.
 */
export async function eraseDeleted({ databases, signal, now }: Erasing): Promise<number> {
  let erased = 0;
  for (const { id, slug } of await deletedBefore(databases.owner, now() - DELETED_DAYS * DAY)) {
    if (!(await emptyCommunity(databases, id, signal))) return erased;
    await databases.asOwner(async (tx) => {
      if (!(await dropCommunity(tx, id))) return;
      const deed = { at: now(), actor: { kind: "machine" }, operation: "eraseCommunity", target: id } as const;
      await recordIn(tx, "install", { ...deed, details: { slug } });
    });
    erased += 1;
  }
  return erased;
}

/** Deleted communities whose thirty days are over, as work that a person decides about after a restore. */
export async function erasuresOverdue(db: Db, now: number): Promise<{ id: string; content: { community: string } }[]> {
  const due = await deletedBefore(db, now - DELETED_DAYS * DAY);
  return due.map(({ id }) => ({ id, content: { community: id } }));
}

/** Erases a community at once and for good, whether it was deleted before or not. Killed on the way, it is a deleted one. */
export async function eraseAtOnce({ databases, signal, now }: Erasing, community: CommunityId): Promise<void> {
  await databases.asOwner((tx) => markDeleted(tx, community, now()));
  if (await emptyCommunity(databases, community, signal)) await databases.asOwner((tx) => dropCommunity(tx, community));
}
