import type { CommunityFacts } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { type LiveIntake, openLiveIntake } from "#src/platforms/live/intake.ts";
import { ensureConnection } from "#src/platforms/connections.ts";
import type { IncomingAuthor, IncomingSpace } from "#src/platforms/model.ts";
import type { Account, Board } from "../model.ts";

/** The platform under whose name everything of the hub is stored. */
export const PLATFORM = "hub";

/** Where something of the hub is written down. */
export interface LivePlace {
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly now: () => number;
  readonly community: CommunityId;
  readonly facts: Pick<CommunityFacts, "name">;
}

/** The hub's own connection, by community: it never changes once it was made. */
const connections = new Map<string, string>();

async function connectionOf({ databases, community, facts, now }: LivePlace): Promise<string> {
  const known = connections.get(community);
  if (known !== undefined) return known;
  const wish = { platform: PLATFORM, externalId: PLATFORM, name: facts.name, now: now() };
  const id = await databases.asOwner((tx) => ensureConnection(tx, community, wish));
  connections.set(community, id);
  return id;
}

/** The door by which posts, marks, comings and goings of the hub become messages and facts, as on any platform. */
export async function hubIntake(place: LivePlace): Promise<LiveIntake> {
  const { databases, secrets, now, community } = place;
  return openLiveIntake({
    databases,
    secrets,
    now,
    community,
    platform: PLATFORM,
    connectionId: await connectionOf(place),
  });
}

/** The space in which people join and leave: the hub as a whole. */
export function wholeHub({ facts }: Pick<LivePlace, "facts">): IncomingSpace {
  return { externalId: PLATFORM, name: facts.name, kind: "board" };
}

/** A board as the space that it is. */
export function spaceOf(board: Pick<Board, "key" | "name">): IncomingSpace {
  return { externalId: `board:${board.key}`, name: board.name, kind: "board" };
}

/** Somebody of the hub as the intake knows them; the team speaks as the team. */
export function authorOf(account: Account, isTeam: boolean): IncomingAuthor {
  return { externalId: account.accountId, name: account.name, kind: isTeam ? "channel" : "person" };
}
