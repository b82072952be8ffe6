import { type RawBuilder, sql } from "kysely";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** What becomes of what a member wrote when they leave: it keeps their name, loses it, or goes. */
export const leavingChoices = ["named", "unnamed", "deleted"] as const;
export type LeavingChoice = (typeof leavingChoices)[number];

/** How long whoever leaves can come back: two weeks, so that a holiday or a lost telephone does not decide for them. */
export const LEAVING_DAYS = 14;

/** Whether somebody may still sign in to an account `a`: it stands, or they left it and can come back. */
export const opensStill: RawBuilder<boolean> = sql<boolean>`(a.left_at is null or a.grace_until > now())`;

/** A member who leaves. Times in milliseconds since 1970 UTC. */
export interface Leaving {
  readonly accountId: string;
  readonly choice: LeavingChoice;
  readonly at: number;
  /** Until when they can come back. */
  readonly until: number;
}

/**
 * Begins to leave: the account stands for nobody any more and is signed out everywhere, what opens it is kept. False when
 * it does not stand, such as after the same form was sent twice.
 */
export async function beginLeaving(tx: Tx, community: CommunityId, leaving: Leaving): Promise<boolean> {
  const { accountId, choice, at, until } = leaving;
  const begun = await sql`
    update hub_accounts set left_at = ${new Date(at)}, leaving = ${choice}, grace_until = ${new Date(until)}
    where community_id = ${community} and id = ${accountId} and left_at is null returning 1`.execute(tx);
  for (const table of ["hub_sessions", "hub_sign_links", "hub_email_changes", "hub_passkey_challenges"])
    await sql`delete from ${sql.table(table)} where community_id = ${community} and account_id = ${accountId}`.execute(
      tx,
    );
  return begun.rows.length > 0;
}

/** Takes a leaving back; false when it is too late, or was taken back before. `now` in milliseconds since 1970 UTC. */
export async function takeLeavingBack(
  tx: Tx,
  community: CommunityId,
  who: { accountId: string; now: number },
): Promise<boolean> {
  const back = await sql`
    update hub_accounts set left_at = null, leaving = null, grace_until = null
    where community_id = ${community} and id = ${who.accountId} and grace_until > ${new Date(who.now)}
    returning 1`.execute(tx);
  return back.rows.length > 0;
}

/** What a member who is leaving chose; undefined when they are not. */
export async function leavingOf(tx: Tx, community: CommunityId, accountId: string): Promise<LeavingChoice | undefined> {
  const found = await sql<{ leaving: LeavingChoice | null }>`
    select leaving from hub_accounts where community_id = ${community} and id = ${accountId}`.execute(tx);
  return found.rows[0]?.leaving ?? undefined;
}

/** A leaving whose days are over. */
export interface DueLeaving {
  readonly community: CommunityId;
  readonly communityName: string;
  readonly language: "en" | "ru";
  readonly accountId: string;
  readonly memberId: string;
  readonly name: string;
  readonly choice: LeavingChoice;
}

/** Leavings of every community that stands whose days are over at `now`, in milliseconds since 1970 UTC. */
export async function dueLeavings(db: Db, now: number): Promise<DueLeaving[]> {
  const found = await sql<Omit<DueLeaving, "community"> & { communityId: string }>`
    select c.id as "communityId", c.name as "communityName", c.language, a.id as "accountId", a.member_id as "memberId", m.name,
      a.leaving as choice
    from hub_accounts a join communities c on c.id = a.community_id and c.deleted_at is null
    join members m on m.community_id = a.community_id and m.id = a.member_id
    where a.grace_until <= ${new Date(now)} order by a.grace_until, a.id`.execute(db);
  return found.rows.map(({ communityId, ...row }) => ({ ...row, community: provenCommunity(communityId) }));
}

/** Notes that a leaving is finished: nothing of it waits any more. */
export async function settleLeaving(tx: Tx, community: CommunityId, accountId: string): Promise<void> {
  await sql`
    update hub_accounts set leaving = null, grace_until = null
    where community_id = ${community} and id = ${accountId}`.execute(tx);
}

/** Leavings whose days were over while the install was a backup: another one may know that somebody came back. */
export async function overdueLeavings(db: Db, now: number): Promise<{ id: string; content: { community: string } }[]> {
  const due = await dueLeavings(db, now);
  return due.map(({ accountId, community }) => ({ id: accountId, content: { community } }));
}

/** Passes over a leaving that is due: it can be taken back for as long again. */
export async function putLeavingOff(tx: Tx, accountId: string, now: number): Promise<void> {
  const until = new Date(now + LEAVING_DAYS * 86_400_000);
  await sql`update hub_accounts set grace_until = ${until} where id = ${accountId} and grace_until is not null`.execute(
    tx,
  );
}
