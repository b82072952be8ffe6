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

/** Takes a person out of a community's team. */
export async function dropRole(tx: Tx, community: CommunityId, userId: string): Promise<void> {
  await sql`delete from staff_roles where community_id = ${community} and user_id = ${userId}`.execute(tx);
}

/** The owners of a community by name, held until the transaction ends, so that of two who leave at once one is told. */
export async function holdOwners(tx: Tx, community: CommunityId): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select user_id as id from staff_roles where community_id = ${community} and role = 'owner'
    order by user_id for update`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** What may be asked of the list of a team. */
export interface StaffAsk {
  readonly search: string | undefined;
  readonly after: readonly [name: string, id: string] | undefined;
  readonly limit: number;
}

interface StaffRow extends Omit<StaffMember, "joinedAt"> {
  readonly joinedAt: Date | null;
}

/** The team of a community with the owners of the installation, by name. Read as owner: people belong to no community. */
export async function staffOf(db: Db, community: CommunityId, ask: StaffAsk): Promise<StaffMember[]> {
  const like = ask.search === undefined ? null : `%${ask.search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const [name, id] = ask.after ?? [null, null];
  const found = await sql<StaffRow>`
    select u.id, u.name, u.email, case when u.is_install_owner then 'owner' else s.role end as role,
      u.is_install_owner as "isInstallOwner", s.given_at as "joinedAt" from users u
    left join staff_roles s on s.community_id = ${community} and s.user_id = u.id
    where (u.is_install_owner or s.role is not null)
      and (${like}::text is null or lower(u.name) like ${like} or u.email like ${like})
      and (${name}::text is null or (u.name, u.id) > (${name}::text, ${id}::uuid))
    order by u.name, u.id limit ${ask.limit}`.execute(db);
  return found.rows.map((row) => ({ ...row, joinedAt: row.joinedAt?.toISOString() ?? null }));
}

/** One person of a team; undefined when they are not in it. */
export async function staffMember(db: Db, community: CommunityId, userId: string): Promise<StaffMember | undefined> {
  const found = await sql<StaffRow>`
    select u.id, u.name, u.email, case when u.is_install_owner then 'owner' else s.role end as role,
      u.is_install_owner as "isInstallOwner", s.given_at as "joinedAt" from users u
    left join staff_roles s on s.community_id = ${community} and s.user_id = u.id
    where u.id = ${userId} and (u.is_install_owner or s.role is not null)`.execute(db);
  return found.rows.map((row) => ({ ...row, joinedAt: row.joinedAt?.toISOString() ?? null }))[0];
}
