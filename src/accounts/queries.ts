import type { Db } from "../base/database.ts";
import type { Profile } from "./model.ts";
import { profileOf as readProfile } from "./store.ts";

/** The person with this id, for whoever has proved to be them. */
export async function profileOf(db: Db, userId: string): Promise<Profile | undefined> {
  return readProfile(db, userId);
}
