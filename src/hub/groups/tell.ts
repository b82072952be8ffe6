import type { CommunityId } from "#src/base/community-id.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import type { NewFact } from "#src/events.ts";
import { append } from "#src/log/append.ts";
import { type ByGroup, communitiesWithRules, noteRules } from "./people.ts";

/** A fact carries ids: as many people as are told of in one. */
const IN_ONE_FACT = 1_000;

/** Who came to a group or left it, and when: `at` in milliseconds since 1970 UTC. */
export interface Coming extends ByGroup {
  readonly kind: "group.joined" | "group.left";
  readonly at: number;
}

/** Tells in the log who came to groups and who left them. */
export async function tellOfPeople(tx: Tx, community: CommunityId, told: readonly Coming[]): Promise<void> {
  const facts = told.flatMap(({ kind, groupId, memberIds, at }) => {
    const parts = Array.from({ length: Math.ceil(memberIds.length / IN_ONE_FACT) }, (_, i) =>
      memberIds.slice(i * IN_ONE_FACT, (i + 1) * IN_ONE_FACT),
    );
    return parts.map((part): NewFact => ({ kind, happenedAt: at, payload: { groupId, memberIds: part } }));
  });
  if (facts.length > 0) await append(tx, community, facts);
}

/** Tells who came to groups and left them by tags and segments since it was told last. `at` in milliseconds since 1970 UTC. */
export async function tellOfRules(tx: Tx, community: CommunityId, at: number): Promise<void> {
  const { joined, left } = await noteRules(tx, community, at);
  await tellOfPeople(tx, community, [
    ...left.map((each) => ({ ...each, kind: "group.left" as const, at })),
    ...joined.map((each) => ({ ...each, kind: "group.joined" as const, at })),
  ]);
}

/** Does so in every community whose groups follow something. */
export async function tellOfAllRules(databases: Databases, now: () => number, signal: AbortSignal): Promise<void> {
  for (const id of await communitiesWithRules(databases.owner)) {
    if (signal.aborted) return;
    await databases.asOwner((tx) => tellOfRules(tx, provenCommunity(id), now()));
  }
}
