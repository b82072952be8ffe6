import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { createCommunity } from "#src/communities/actions.ts";
import type { Community } from "#src/communities/model.ts";
import { communityBySlug, everyCommunity } from "#src/communities/queries.ts";
import { m } from "#words";
import { note } from "./say.ts";

/** A community that the command line may work in: whoever runs it owns the machine, so nothing else is asked. */
export interface ChosenCommunity {
  readonly id: CommunityId;
  readonly community: Community;
}

/** The community with this slug; refuses when there is none. */
export async function chooseCommunity(databases: Databases, slug: string): Promise<ChosenCommunity> {
  const community = await communityBySlug(databases, slug);
  if (community === undefined) return refuse("not-found", "cli.no-community", { slug });
  if (community.deletedAt !== null) return refuse("conflict", "cli.community-deleted", { slug });
  if (community.isSample) note(m.cli_sample({ name: community.name }));
  return { id: provenCommunity(community.id), community };
}

/** As `chooseCommunity`, and makes it when there is none, with the slug as its name until somebody gives it a better one. */
export async function chooseOrCreateCommunity(
  databases: Databases,
  slug: string,
  wish: Pick<Community, "language" | "timeZone">,
): Promise<ChosenCommunity> {
  const known = await communityBySlug(databases, slug);
  const community =
    known ?? (await createCommunity(databases, { ...wish, slug, name: slug, ownerId: undefined, now: Date.now() }));
  return { id: provenCommunity(community.id), community };
}

/** Every community of this install. */
export async function allCommunities(databases: Databases): Promise<CommunityId[]> {
  return (await everyCommunity(databases)).map(({ id }) => provenCommunity(id));
}
