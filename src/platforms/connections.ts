import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { platforms } from "./all.ts";
import { addConnection } from "./store/connections.ts";

/** A way into a platform that is to exist. */
export interface NewConnection {
  readonly platform: string;
  /** The bot, group or site on the platform: a community has one connection for each. */
  readonly externalId: string;
  /** What the team sees it under. */
  readonly name: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** The id of a community's connection, which is made when it is not there yet. In a transaction of either role. */
export async function ensureConnection(tx: Tx, community: CommunityId, connection: NewConnection): Promise<string> {
  return addConnection(tx, community, connection);
}

/** Makes the connections that a community has from its first day. `now` in milliseconds since 1970 UTC. */
export async function ensureOwnConnections(
  tx: Tx,
  community: CommunityId,
  { name, now }: { readonly name: string; readonly now: number },
): Promise<void> {
  for (const { name: platform, isOurs } of platforms)
    if (isOurs === true) await addConnection(tx, community, { platform, externalId: platform, name, now });
}
