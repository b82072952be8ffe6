import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** What the link of a letter is for. */
export type LinkPurpose = "sign-in" | "password";

/** Keeps a link of a letter; those before it for the same purpose stop working. */
export async function addSignLink(
  tx: Tx,
  community: CommunityId,
  link: { tokenHash: Buffer; accountId: string; purpose: LinkPurpose; expiresAt: number },
): Promise<void> {
  await sql`
    delete from hub_sign_links where community_id = ${community} and account_id = ${link.accountId}
      and purpose = ${link.purpose}`.execute(tx);
  await sql`
    insert into hub_sign_links (community_id, token_hash, account_id, purpose, expires_at)
    values (${community}, ${link.tokenHash}, ${link.accountId}, ${link.purpose}, ${new Date(link.expiresAt)})`.execute(
    tx,
  );
}

/** Uses a link up and says whose it was; undefined when it is too old, for something else, or was never made. */
export async function takeSignLink(
  tx: Tx,
  community: CommunityId,
  link: { tokenHash: Buffer; purpose: LinkPurpose; now: number },
): Promise<string | undefined> {
  const taken = await sql<{ accountId: string; isGood: boolean }>`
    delete from hub_sign_links where community_id = ${community} and token_hash = ${link.tokenHash}
      and purpose = ${link.purpose}
    returning account_id as "accountId", expires_at > ${new Date(link.now)} as "isGood"`.execute(tx);
  return taken.rows.find((row) => row.isGood)?.accountId;
}

/** Makes every link of an account stop working. */
export async function dropSignLinks(tx: Tx, community: CommunityId, accountId: string): Promise<void> {
  await sql`delete from hub_sign_links where community_id = ${community} and account_id = ${accountId}`.execute(tx);
}

/** Forgets, in every community, what has run out: links, wishes to join, sessions. `now` in milliseconds since 1970 UTC. */
export async function forgetRunOut(db: Db, now: number): Promise<void> {
  const at = new Date(now);
  await sql`delete from hub_sign_links where expires_at < ${at}`.execute(db);
  await sql`delete from hub_sign_ups where expires_at < ${at}`.execute(db);
  await sql`delete from hub_used_launches where expires_at < ${at}`.execute(db);
  await sql`delete from hub_sessions where expires_at < ${at}`.execute(db);
  await sql`delete from hub_email_changes where expires_at < ${at}`.execute(db);
  await sql`delete from hub_passkey_challenges where expires_at < ${at}`.execute(db);
}
