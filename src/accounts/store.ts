import { sql } from "kysely";
import type { Db } from "../base/database.ts";
import type { Profile, Role } from "./model.ts";

/** The role of a person in a community; owners of the installation are owners everywhere. Undefined when they have none. */
export async function roleOf(
  db: Db,
  communityId: string,
  person: Pick<Profile, "id" | "isInstallOwner">,
): Promise<Role | undefined> {
  if (person.isInstallOwner) return "owner";
  const found = await sql<{ role: Role }>`
    select role from staff_roles where community_id = ${communityId} and user_id = ${person.id}`.execute(db);
  return found.rows[0]?.role;
}
