import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Profile, Role, StaffMember } from "../model.ts";

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

/** Gives a person a role in a community, in place of the one they had. */
export async function giveRole(
  tx: Tx,
  community: CommunityId,
  given: { userId: string; role: Role; at: number },
): Promise<void> {
  await sql`
    insert into staff_roles (community_id, user_id, role, given_at)
    values (${community}, ${given.userId}, ${given.role}, ${new Date(given.at)})
    on conflict (community_id, user_id) do update set role = excluded.role, given_at = excluded.given_at`.execute(tx);
}

/** The team of a community with the owners of the installation, by name. Read as owner: people belong to no community. */
export async function staffOf(db: Db, community: CommunityId): Promise<StaffMember[]> {
  const found = await sql<StaffMember>`
    select u.id, u.name, u.email, case when u.is_install_owner then 'owner' else s.role end as role from users u
    left join staff_roles s on s.community_id = ${community} and s.user_id = u.id
    where u.is_install_owner or s.role is not null order by u.name, u.id`.execute(db);
  return found.rows;
}
