import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Locale } from "#src/base/locale.ts";
import { nameKey } from "./accounts.ts";
import { opensStill } from "./leavings.ts";

/** A member's account as the team sees it, with what opens it. */
export interface MemberAccount {
  readonly accountId: string;
  readonly memberId: string;
  readonly name: string;
  readonly email: string | null;
  readonly hasPassword: boolean;
  readonly passkeys: number;
  readonly platforms: readonly string[];
  readonly joinedAt: Date;
  /** The day on which they will be gone, unless they come back; null while nobody leaves. */
  readonly leavingAt: Date | null;
  /** Under which the list is sorted. */
  readonly key: string;
}

/** Behind every name that begins so: the last code point there is. */
const LAST = "\u{10FFFF}";

const columns = sql`a.id as "accountId", a.member_id as "memberId", m.name, a.email, a.password_hash is not null as "hasPassword",
  (select count(*)::int from hub_passkeys p where p.community_id = a.community_id and p.account_id = a.id) as passkeys,
  array(select i.platform from hub_identities i where i.community_id = a.community_id and i.account_id = a.id order by 1) as platforms,
  a.joined_at as "joinedAt", a.grace_until as "leavingAt", a.name_key as key`;
const tables = sql`hub_accounts a join members m on m.community_id = a.community_id and m.id = a.member_id`;
const isMembers = sql`${opensStill} and a.user_id is null`;

/** Accounts of members by name; `typed` is the beginning of a name or a whole address, `after` the key of the last one before. */
export async function memberAccounts(
  tx: Tx,
  community: CommunityId,
  ask: { typed: string; after: string | undefined; limit: number },
): Promise<MemberAccount[]> {
  const typed = ask.typed.trim();
  const key = nameKey(typed);
  const sorted = sql`a.name_key collate "C"`;
  const isMeant = sql`((${sorted} >= ${key} and ${sorted} < ${`${key}${LAST}`}) or a.email = ${typed.toLowerCase()})`;
  const found = await sql<MemberAccount>`
    select ${columns} from ${tables} where a.community_id = ${community} and ${isMembers}
      and ${typed === "" ? sql`true` : isMeant} and ${ask.after === undefined ? sql`true` : sql`${sorted} > ${ask.after}`}
    order by ${sorted} limit ${ask.limit}`.execute(tx);
  return found.rows;
}

/** Whom letters about an account go to. */
export interface AccountReader {
  readonly name: string;
  readonly email: string | null;
  readonly language: Locale | null;
}

/** A member's account that stands, or was left lately; undefined for those of the team, which are opened elsewhere. */
export async function memberAccount(
  tx: Tx,
  community: CommunityId,
  accountId: string,
): Promise<AccountReader | undefined> {
  const found = await sql<AccountReader>`
    select m.name, a.email, n.language from ${tables}
    left join hub_notice_settings n on n.community_id = a.community_id and n.account_id = a.id
    where a.community_id = ${community} and a.id = ${accountId} and ${isMembers}`.execute(tx);
  return found.rows[0];
}
