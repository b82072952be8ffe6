import { type RawBuilder, sql } from "kysely";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Locale } from "#src/base/locale.ts";
import { putFaceAway, showFaceAgain } from "./faces.ts";
import { touchHub } from "./hubs.ts";

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
 * Begins to leave: the account stands for nobody any more and is signed out everywhere, its picture is seen by nobody, what
 * opens it is kept. False when it does not stand, such as after the same form was sent twice.
 */
export async function beginLeaving(tx: Tx, community: CommunityId, leaving: Leaving): Promise<boolean> {
  const { accountId, choice, at, until } = leaving;
  const begun = await sql<{ memberId: string }>`
    update hub_accounts set left_at = ${new Date(at)}, leaving = ${choice}, grace_until = ${new Date(until)}
    where community_id = ${community} and id = ${accountId} and left_at is null returning member_id as "memberId"`.execute(
    tx,
  );
  for (const table of ["hub_sessions", "hub_sign_links", "hub_email_changes", "hub_passkey_challenges"])
    await sql`delete from ${sql.table(table)} where community_id = ${community} and account_id = ${accountId}`.execute(
      tx,
    );
  const [left] = begun.rows;
  if (left !== undefined && (await putFaceAway(tx, community, left.memberId))) await touchHub(tx, community);
  return left !== undefined;
}

/** Takes a leaving back; false when it is too late, or was taken back before. `now` in milliseconds since 1970 UTC. */
export async function takeLeavingBack(
  tx: Tx,
  community: CommunityId,
  who: { accountId: string; now: number },
): Promise<boolean> {
  const found = await sql<{ memberId: string }>`
    update hub_accounts set left_at = null, leaving = null, grace_until = null
    where community_id = ${community} and id = ${who.accountId} and grace_until > ${new Date(who.now)}
    returning member_id as "memberId"`.execute(tx);
  const [back] = found.rows;
  if (back !== undefined && (await showFaceAgain(tx, community, back.memberId))) await touchHub(tx, community);
  return back !== undefined;
}

/** What a member who is leaving chose; undefined when they are not. */
export async function leavingOf(tx: Tx, community: CommunityId, accountId: string): Promise<LeavingChoice | undefined> {
  const found = await sql<{ leaving: LeavingChoice | null }>`
    select leaving from hub_accounts where community_id = ${community} and id = ${accountId}`.execute(tx);
  return found.rows[0]?.leaving ?? undefined;
}

/** Whose leaving it is. */
export interface LeaverKey {
  readonly community: CommunityId;
  readonly accountId: string;
}

/** Leavings of every community that stands whose days are over at `now`, in milliseconds since 1970 UTC. */
export async function dueLeavings(db: Db, now: number): Promise<LeaverKey[]> {
  const found = await sql<{ communityId: string; accountId: string }>`
    select c.id as "communityId", a.id as "accountId"
    from hub_accounts a join communities c on c.id = a.community_id and c.deleted_at is null
    where a.grace_until <= ${new Date(now)} order by a.grace_until, a.id`.execute(db);
  return found.rows.map(({ communityId, accountId }) => ({ community: provenCommunity(communityId), accountId }));
}

/** Somebody who leaves, or stays after all, with what it takes to do what they chose. */
export interface Leaver {
  readonly slug: string;
  readonly communityName: string;
  /** The community's. */
  readonly language: Locale;
  readonly accountId: string;
  readonly memberId: string;
  readonly name: string;
  /** None once they stay, or are gone. */
  readonly choice: LeavingChoice | null;
  /** Null while they can sign in as anybody does. */
  readonly leftAt: Date | null;
  readonly graceUntil: Date | null;
}

/** Somebody who leaves, stays after all or is gone; undefined when there is no such account, or its community was deleted. */
export async function leaverOf(db: Db | Tx, { community, accountId }: LeaverKey): Promise<Leaver | undefined> {
  const found = await sql<Leaver>`
    select c.slug, c.name as "communityName", c.language, a.id as "accountId", a.member_id as "memberId", m.name,
      a.leaving as choice, a.left_at as "leftAt", a.grace_until as "graceUntil"
    from hub_accounts a join communities c on c.id = a.community_id and c.deleted_at is null
    join members m on m.community_id = a.community_id and m.id = a.member_id
    where a.community_id = ${community} and a.id = ${accountId}`.execute(db);
  return found.rows[0];
}

/** Where the last letter to somebody goes: an address, while there is one, and their language, if they ever chose one. */
export async function lastAddress(
  tx: Tx,
  { community, accountId }: LeaverKey,
): Promise<{ readonly email: string | null; readonly language: Locale | null } | undefined> {
  const found = await sql<{ email: string | null; language: Locale | null }>`
    select a.email, n.language from hub_accounts a
    left join hub_notice_settings n on n.community_id = a.community_id and n.account_id = a.id
    where a.community_id = ${community} and a.id = ${accountId}`.execute(tx);
  return found.rows[0];
}

/**
 * Whether what somebody wrote is to be hidden: true while they leave and want it deleted, false once they stay or leave it
 * here, undefined when nothing is to change any more. Stays so until the transaction ends.
 */
export async function isToBeHidden(tx: Tx, { community, accountId }: LeaverKey): Promise<boolean | undefined> {
  const found = await sql<{ isHidden: boolean | null }>`
    select case when left_at is null then false else leaving = 'deleted' end as "isHidden" from hub_accounts
    where community_id = ${community} and id = ${accountId} for share`.execute(tx);
  return found.rows[0]?.isHidden ?? undefined;
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
