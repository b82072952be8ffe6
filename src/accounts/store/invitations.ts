import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Invitation, InvitationState, Role } from "../model.ts";

/** An invitation about to be kept: the hash of its link, never the link. Times in milliseconds since 1970 UTC. */
export interface NewInvitation {
  readonly id: string;
  readonly role: Role;
  readonly email: string | null;
  readonly tokenHash: Buffer;
  readonly madeBy: string | null;
  readonly at: number;
  readonly expiresAt: number;
  readonly letterId: string | null;
}

/** Keeps an invitation. */
export async function addInvitation(tx: Tx, community: CommunityId, made: NewInvitation): Promise<void> {
  await sql`
    insert into invitations (community_id, id, role, email, token_hash, made_by, made_at, expires_at, letter_id)
    values (${community}, ${made.id}, ${made.role}, ${made.email}, ${made.tokenHash}, ${made.madeBy}, ${new Date(made.at)},
      ${new Date(made.expiresAt)}, ${made.letterId})`.execute(tx);
}

/** What may be asked of the list of invitations. */
export interface InvitationsAsk {
  readonly search: string | undefined;
  readonly state: InvitationState | undefined;
  readonly after: string | undefined;
  readonly limit: number;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

const state = (
  now: number,
) => sql`case when i.used_at is not null then 'used' when i.revoked_at is not null then 'revoked'
  when i.expires_at <= ${new Date(now)} then 'expired' else 'open' end`;

interface InvitationRow extends Omit<Invitation, "madeAt" | "expiresAt"> {
  readonly madeAt: Date;
  readonly expiresAt: Date;
}

/**
 * Invitations of a community, newest first. Read as owner, because people and letters belong to no community; only those
 * that this community's invitations name are looked up.
 */
export async function invitationsOf(db: Db, community: CommunityId, ask: InvitationsAsk): Promise<Invitation[]> {
  const { search, after, limit, now } = ask;
  const like = search === undefined ? null : `%${search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const found = await sql<InvitationRow>`
    select * from (
      select i.id, i.role, i.email, m.name as "madeBy", u.name as "usedBy", i.made_at as "madeAt",
        i.expires_at as "expiresAt", ${state(now)} as state, coalesce(l.state, 'none') as letter
      from invitations i left join users m on m.id = i.made_by left join users u on u.id = i.used_by
        left join letters l on l.id = i.letter_id
      where i.community_id = ${community} and (${after ?? null}::uuid is null or i.id < ${after ?? null}::uuid)
        and (${like}::text is null or i.email like ${like} or lower(m.name) like ${like} or lower(u.name) like ${like})
    ) listed where ${ask.state ?? null}::text is null or state = ${ask.state ?? null}
    order by id desc limit ${limit}`.execute(db);
  return found.rows.map((row) => ({
    ...row,
    madeAt: row.madeAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Revokes an invitation that is still open or has expired; the role it gave, or undefined when there is none such. */
export async function revokeInvitation(
  tx: Tx,
  community: CommunityId,
  which: { id: string; at: number },
): Promise<Role | undefined> {
  const revoked = await sql<{ role: Role }>`
    update invitations set revoked_at = coalesce(revoked_at, ${new Date(which.at)})
    where community_id = ${community} and id = ${which.id} and used_at is null returning role`.execute(tx);
  return revoked.rows[0]?.role;
}

/** Gives an invitation that was not used another link, time and letter, so that the one before stops working. */
export async function renewInvitation(
  tx: Tx,
  community: CommunityId,
  renewed: Pick<NewInvitation, "id" | "tokenHash" | "expiresAt" | "letterId">,
): Promise<boolean> {
  const found = await sql`
    update invitations set token_hash = ${renewed.tokenHash}, expires_at = ${new Date(renewed.expiresAt)},
      letter_id = ${renewed.letterId}, revoked_at = null
    where community_id = ${community} and id = ${renewed.id} and used_at is null returning 1`.execute(tx);
  return found.rows.length > 0;
}

/** Role and address of an invitation that was not used. Undefined when there is none such. */
export async function unusedInvitation(
  tx: Tx,
  community: CommunityId,
  id: string,
): Promise<{ role: Role; email: string | null } | undefined> {
  const found = await sql<{ role: Role; email: string | null }>`
    select role, email from invitations where community_id = ${community} and id = ${id} and used_at is null`.execute(
    tx,
  );
  return found.rows[0];
}

/** An invitation as its link opens it. */
export interface OpenInvitation {
  readonly id: string;
  readonly communityId: string;
  readonly communitySlug: string;
  readonly communityName: string;
  readonly role: Role;
  readonly email: string | null;
  readonly invitedBy: string | null;
  readonly expiresAt: Date;
}

/** Where a link leads. */
export interface LinkPlace {
  readonly communityId: string;
  readonly tokenHash: Buffer;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** The invitation under this hash while it is open. */
export async function openInvitation(
  db: Db,
  { communityId, tokenHash, now }: LinkPlace,
): Promise<OpenInvitation | undefined> {
  const found = await sql<OpenInvitation>`
    select i.id, c.id as "communityId", c.slug as "communitySlug", c.name as "communityName", i.role, i.email,
      u.name as "invitedBy", i.expires_at as "expiresAt"
    from invitations i join communities c on c.id = i.community_id left join users u on u.id = i.made_by
    where i.community_id = ${communityId} and i.token_hash = ${tokenHash} and i.used_at is null and i.revoked_at is null
      and i.expires_at > ${new Date(now)}`.execute(db);
  return found.rows[0];
}

/** Uses an invitation up; false when it is not open. Two at once: one of them gets it. */
export async function useInvitation(
  tx: Tx,
  { communityId, tokenHash, now }: LinkPlace,
  userId: string,
): Promise<boolean> {
  const used = await sql`
    update invitations set used_at = ${new Date(now)}, used_by = ${userId}
    where community_id = ${communityId} and token_hash = ${tokenHash} and used_at is null and revoked_at is null
      and expires_at > ${new Date(now)} returning 1`.execute(tx);
  return used.rows.length > 0;
}
