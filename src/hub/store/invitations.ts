import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** An invitation to the hub, without its link. */
export interface InvitationRow {
  readonly id: string;
  readonly note: string;
  readonly uses: number;
  readonly used: number;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** An invitation to be. Times in milliseconds since 1970 UTC. */
export interface NewInvitation {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly note: string;
  readonly uses: number;
  readonly at: number;
  readonly expiresAt: number;
}

/** Keeps an invitation. */
export async function addInvitation(tx: Tx, community: CommunityId, invitation: NewInvitation): Promise<void> {
  await sql`
    insert into hub_invitations (community_id, id, token_hash, note, uses, made_at, expires_at)
    values (${community}, ${invitation.id}, ${invitation.tokenHash}, ${invitation.note}, ${invitation.uses},
      ${new Date(invitation.at)}, ${new Date(invitation.expiresAt)})`.execute(tx);
}

/** Invitations, the newest first; `after` is the id of the last one before. */
export async function invitationsOf(
  tx: Tx,
  community: CommunityId,
  ask: { after: string | undefined; limit: number },
): Promise<InvitationRow[]> {
  const found = await sql<InvitationRow>`
    select id, note, uses, used, made_at as "madeAt", expires_at as "expiresAt", revoked_at as "revokedAt"
    from hub_invitations where community_id = ${community} and ${ask.after === undefined ? sql`true` : sql`id < ${ask.after}`}
    order by id desc limit ${ask.limit}`.execute(tx);
  return found.rows;
}

/** Takes an invitation back; false when there is none that stands. */
export async function revokeInvitation(
  tx: Tx,
  community: CommunityId,
  which: { id: string; at: number },
): Promise<boolean> {
  const revoked = await sql`
    update hub_invitations set revoked_at = ${new Date(which.at)}
    where community_id = ${community} and id = ${which.id} and revoked_at is null returning 1`.execute(tx);
  return revoked.rows.length > 0;
}

/** Whether an invitation would bring one more. */
export async function invitationWorks(
  tx: Tx,
  community: CommunityId,
  which: { tokenHash: Buffer; now: number },
): Promise<boolean> {
  const found = await sql`
    select 1 from hub_invitations where community_id = ${community} and token_hash = ${which.tokenHash}
      and used < uses and revoked_at is null and expires_at > ${new Date(which.now)}`.execute(tx);
  return found.rows.length > 0;
}

/** Uses an invitation once; false when it is used up, revoked, too old, or was never made. */
export async function useInvitation(
  tx: Tx,
  community: CommunityId,
  which: { tokenHash: Buffer; now: number },
): Promise<boolean> {
  const used = await sql`
    update hub_invitations set used = used + 1 where community_id = ${community} and token_hash = ${which.tokenHash}
      and used < uses and revoked_at is null and expires_at > ${new Date(which.now)} returning 1`.execute(tx);
  return used.rows.length > 0;
}
