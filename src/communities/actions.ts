import { setRole } from "#src/accounts/actions.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { append } from "#src/log/append.ts";
import { type Community, reservedSlugs, slugOf } from "./model.ts";
import { addCommunity, lockCommunity, slugsLike, writeCommunity } from "./store.ts";

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
    const community = { id: newId(now), slug, name, language, timeZone, createdAt, isSample };
    if (!(await addCommunity(tx, community))) return refuse("conflict", "communities.slug-taken", { slug });
    if (ownerId !== undefined)
      await setRole(tx, provenCommunity(community.id), { userId: ownerId, role: "owner", now });
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
