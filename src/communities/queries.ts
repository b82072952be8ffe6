import type { Databases } from "#src/base/database.ts";
import type { Community } from "./model.ts";
import { communitiesOf, communityById as findById, communityBySlug as findBySlug } from "./store.ts";

/** Looks a community up by its slug, be it deleted or not. Proves nothing about who may act in it. */
export async function communityBySlug(databases: Databases, slug: string): Promise<Community | undefined> {
  return findBySlug(databases.owner, slug);
}

/** Looks a community up by its id; one that is deleted is not found. Proves nothing about who may act in it. */
export async function communityById(databases: Databases, id: string): Promise<Community | undefined> {
  return findById(databases.owner, id);
}

/** An owner of the installation sees every community; whoever sits at its command line is one, without a name. */
const OWNER_OF_THE_MACHINE = { id: "00000000-0000-0000-0000-000000000000", isInstallOwner: true };

/** Every community of the installation, by name. Proves nothing about who may act in them. */
export async function everyCommunity(databases: Databases): Promise<Community[]> {
  return communitiesOf(databases.owner, OWNER_OF_THE_MACHINE);
}

/** As `everyCommunity`, with those that are deleted and not erased yet. */
export async function everyCommunityThereIs(databases: Databases): Promise<Community[]> {
  return communitiesOf(databases.owner, { ...OWNER_OF_THE_MACHINE, deletedToo: true });
}
