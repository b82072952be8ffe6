import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { opensStill } from "./leavings.ts";

/** A wish for another address. Times in milliseconds since 1970 UTC. */
export interface EmailWish {
  readonly accountId: string;
  readonly email: string;
  readonly tokenHash: Buffer;
  readonly sessionId: string;
  readonly at: number;
  readonly expiresAt: number;
}

/** Keeps a wish for another address; an earlier one of the same account ends. */
export async function replaceEmailWish(tx: Tx, community: CommunityId, wish: EmailWish): Promise<void> {
  await sql`
    insert into hub_email_changes (community_id, account_id, email, token_hash, session_id, made_at, expires_at)
    values (${community}, ${wish.accountId}, ${wish.email}, ${wish.tokenHash}, ${wish.sessionId}, ${new Date(wish.at)},
      ${new Date(wish.expiresAt)})
    on conflict (community_id, account_id) do update set email = excluded.email, token_hash = excluded.token_hash,
      session_id = excluded.session_id, made_at = excluded.made_at, expires_at = excluded.expires_at`.execute(tx);
}

/** The address that waits for its letter to be opened. `now` in milliseconds since 1970 UTC. */
export async function awaitedEmail(
  tx: Tx,
  community: CommunityId,
  asked: { accountId: string; now: number },
): Promise<string | undefined> {
  const found = await sql<{ email: string }>`
    select email from hub_email_changes
    where community_id = ${community} and account_id = ${asked.accountId} and expires_at > ${new Date(asked.now)}`.execute(
    tx,
  );
  return found.rows[0]?.email;
}

/** Takes a wish back; false when there was none. */
export async function dropEmailWish(tx: Tx, community: CommunityId, accountId: string): Promise<boolean> {
  const dropped = await sql`
    delete from hub_email_changes where community_id = ${community} and account_id = ${accountId} returning 1`.execute(
    tx,
  );
  return dropped.rows.length > 0;
}

/** Uses a wish up by its letter's link; undefined when it is too old or was never made. */
export async function takeEmailWish(
  tx: Tx,
  community: CommunityId,
  link: { tokenHash: Buffer; now: number },
): Promise<Pick<EmailWish, "accountId" | "email" | "sessionId"> | undefined> {
  const taken = await sql<Pick<EmailWish, "accountId" | "email" | "sessionId"> & { isGood: boolean }>`
    delete from hub_email_changes where community_id = ${community} and token_hash = ${link.tokenHash}
    returning account_id as "accountId", email, session_id as "sessionId", expires_at > ${new Date(link.now)} as "isGood"`.execute(
    tx,
  );
  return taken.rows.find((row) => row.isGood);
}

/** Whether somebody signs in with an address, or keeps it while they could still come back. */
export async function isEmailTaken(tx: Tx, community: CommunityId, email: string): Promise<boolean> {
  const found = await sql`
    select from hub_accounts where community_id = ${community} and email = ${email}`.execute(tx);
  return found.rows.length > 0;
}

/** Gives an account another address; false when somebody has it, or the account is over. */
export async function writeEmail(
  tx: Tx,
  community: CommunityId,
  account: { id: string; email: string },
): Promise<boolean> {
  if (await isEmailTaken(tx, community, account.email)) return false;
  const written = await sql`
    update hub_accounts a set email = ${account.email}
    where a.community_id = ${community} and a.id = ${account.id} and ${opensStill} and a.user_id is null
    returning 1`.execute(tx);
  return written.rows.length > 0;
}
