import type { Db } from "../base/database.ts";
import type { Community } from "./model.ts";
import { communityBySlug } from "./store.ts";

/** Looks a community up by its slug. Proves nothing about who may act in it. */
export async function findCommunity(db: Db, slug: string): Promise<Community | undefined> {
  return communityBySlug(db, slug);
}
