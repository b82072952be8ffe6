import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Account } from "../model.ts";

/** Who is signed in under a token's hash, with the team's tags on them. */
export interface StandingSession extends Account {
  readonly tagIds: readonly string[];
  readonly expiresAt: Date;
}

/** The session under this hash, if it stands. `now` in milliseconds since 1970 UTC. */
export async function sessionOf(
  db: Db,
  community: CommunityId,
  asked: { tokenHash: Buffer; now: number },
): Promise<StandingSession | undefined> {
  const found = await sql<StandingSession>`
    select a.id as "accountId", a.member_id as "memberId", m.name, s.expires_at as "expiresAt",
      array(select t.tag_id from tagged_members t where t.community_id = s.community_id and (t.member_id = a.member_id
        or t.member_id in (select other.member_id from member_parts mine join member_parts other
          on other.community_id = mine.community_id and other.person_id = mine.person_id
          where mine.community_id = s.community_id and mine.member_id = a.member_id))) as "tagIds"
    from hub_sessions s join hub_accounts a on a.community_id = s.community_id and a.id = s.account_id
    join members m on m.community_id = a.community_id and m.id = a.member_id
    where s.community_id = ${community} and s.token_hash = ${asked.tokenHash} and s.expires_at > ${new Date(asked.now)}
      and a.left_at is null`.execute(db);
  return found.rows[0];
}

/** A session about to begin. Times in milliseconds since 1970 UTC. */
export interface NewSession {
  readonly tokenHash: Buffer;
  readonly accountId: string;
  readonly at: number;
  readonly expiresAt: number;
}

/** Begins a session, and clears away those of the same account that have run out. */
export async function addSession(db: Db | Tx, community: CommunityId, session: NewSession): Promise<void> {
  await sql`
    delete from hub_sessions where community_id = ${community} and account_id = ${session.accountId}
      and expires_at <= ${new Date(session.at)}`.execute(db);
  await sql`
    insert into hub_sessions (community_id, token_hash, account_id, made_at, expires_at)
    values (${community}, ${session.tokenHash}, ${session.accountId}, ${new Date(session.at)},
      ${new Date(session.expiresAt)})`.execute(db);
}

/** Moves the end of a session. */
export async function prolongSession(
  db: Db,
  community: CommunityId,
  session: { tokenHash: Buffer; expiresAt: number },
): Promise<void> {
  await sql`
    update hub_sessions set expires_at = ${new Date(session.expiresAt)}
    where community_id = ${community} and token_hash = ${session.tokenHash}`.execute(db);
}

/** Ends a session. */
export async function dropSession(db: Db | Tx, community: CommunityId, tokenHash: Buffer): Promise<void> {
  await sql`delete from hub_sessions where community_id = ${community} and token_hash = ${tokenHash}`.execute(db);
}

/** Keeps a link that signs somebody in; those before it stop working. */
export async function addSignLink(
  tx: Tx,
  community: CommunityId,
  link: { tokenHash: Buffer; accountId: string; expiresAt: number },
): Promise<void> {
  await sql`
    delete from hub_sign_links where community_id = ${community} and account_id = ${link.accountId}`.execute(tx);
  await sql`
    insert into hub_sign_links (community_id, token_hash, account_id, expires_at)
    values (${community}, ${link.tokenHash}, ${link.accountId}, ${new Date(link.expiresAt)})`.execute(tx);
}

/** Uses a link up and says whose it was; undefined when it is too old or was never made. */
export async function takeSignLink(
  tx: Tx,
  community: CommunityId,
  link: { tokenHash: Buffer; now: number },
): Promise<string | undefined> {
  const taken = await sql<{ accountId: string; isGood: boolean }>`
    delete from hub_sign_links where community_id = ${community} and token_hash = ${link.tokenHash}
    returning account_id as "accountId", expires_at > ${new Date(link.now)} as "isGood"`.execute(tx);
  return taken.rows.find((row) => row.isGood)?.accountId;
}
