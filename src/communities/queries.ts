import type { Databases } from "../base/database.ts";
import type { Community } from "./model.ts";
import { communityBySlug as findBySlug } from "./store.ts";

/** Looks a community up by its slug. Proves nothing about who may act in it. */
export async function communityBySlug(databases: Databases, slug: string): Promise<Community | undefined> {
  return findBySlug(databases.owner, slug);
}
