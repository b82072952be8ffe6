import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Account, Activity } from "../model.ts";
import { unreadOf } from "../notices/shown.ts";
import type { Theme } from "../people/theme.ts";
import { dropFace, faceOf, LARGE_FACE } from "./faces.ts";
import { touchHub } from "./hubs.ts";
import { opensStill } from "./leavings.ts";

/** An account to be. `at` in milliseconds since 1970 UTC. */
export interface NewAccount extends Account {
  readonly userId: string | null;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly acceptsRules: boolean;
  readonly at: number;
}

/** The key under which a name is taken. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
}

/** Those of these keys of names that are taken: by members, or by groups that stand as their handles. */
async function keysTaken(tx: Tx, community: CommunityId, keys: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ key: string }>`
    select name_key as key from hub_accounts where community_id = ${community} and name_key = any(${[...keys]})
    union select handle_key from hub_groups
      where community_id = ${community} and handle_key = any(${[...keys]}) and deleted_at is null`.execute(tx);
  return new Set(found.rows.map(({ key }) => key));
}

/** A number behind a name may be so high; more people than that are hardly called alike. */
const MOST_NAMESAKES = 200;
/** Leaves room for a hyphen and three digits in a name of 30 characters. */
const LONGEST_STEM = 26;

/** A name like this one that is free, with a number behind it. */
export async function freeNameLike(tx: Tx, community: CommunityId, name: string): Promise<string> {
  const stem = name
    .slice(0, LONGEST_STEM)
    .toWellFormed()
    .replace(/[^\p{L}\p{N}]+$/u, "");
  const names = Array.from({ length: MOST_NAMESAKES }, (_, n) => `${stem}-${n + 2}`);
  const taken = await keysTaken(tx, community, names.map(nameKey));
  return names.find((each) => !taken.has(nameKey(each))) ?? `${stem}-${MOST_NAMESAKES + 2}`;
}

/** Adds an account; undefined when it is there, otherwise what of it somebody else has. A name is taken by a group's handle too. */
export async function addAccount(
  tx: Tx,
  community: CommunityId,
  account: NewAccount,
): Promise<"name" | "email" | undefined> {
  const at = new Date(account.at);
  const made = await sql`
    insert into hub_accounts (community_id, id, member_id, user_id, name_key, email, password_hash, rules_accepted_at, joined_at)
    select ${community}, ${account.accountId}, ${account.memberId}, ${account.userId}::uuid, ${nameKey(account.name)},
      ${account.email}, ${account.passwordHash}, ${account.acceptsRules ? at : null}::timestamptz, ${at}::timestamptz
    where not exists (select from hub_groups where community_id = ${community} and handle_key = ${nameKey(account.name)}
      and deleted_at is null)
    on conflict do nothing returning 1`.execute(tx);
  if (made.rows.length > 0) return undefined;
  const taken = await sql`
    select 1 from hub_accounts where community_id = ${community} and email = ${account.email}`.execute(tx);
  return taken.rows.length > 0 ? "email" : "name";
}

/** Which of a name and an address somebody has already. */
export async function takenParts(
  tx: Tx,
  community: CommunityId,
  wish: { name: string; email: string },
): Promise<{ readonly name: boolean; readonly email: boolean }> {
  const found = await sql`
    select from hub_accounts where community_id = ${community} and email = ${wish.email}`.execute(tx);
  const taken = await keysTaken(tx, community, [nameKey(wish.name)]);
  return { name: taken.size > 0, email: found.rows.length > 0 };
}

const named = sql`a.id as "accountId", a.member_id as "memberId", m.name`;
const tables = sql`hub_accounts a join members m on m.community_id = a.community_id and m.id = a.member_id`;

/** The account of one of the team, with how much they have not read; undefined before their first deed in the hub. */
export async function accountOfUser(
  db: Db | Tx,
  community: CommunityId,
  userId: string,
): Promise<(Account & { readonly unread: number }) | undefined> {
  const found = await sql<Account & { unread: number }>`
    select ${named}, ${unreadOf(sql`'{}'::uuid[]`)} as unread from ${tables} where a.community_id = ${community} and a.user_id = ${userId}`.execute(
    db,
  );
  return found.rows[0];
}

/** Whose account wrote a post, and whether for the team; undefined when it is gone. */
export async function writerOf(
  tx: Tx,
  community: CommunityId,
  place: { topic: number; number: number },
): Promise<(Account & { isTeam: boolean }) | undefined> {
  const found = await sql<Account & { isTeam: boolean }>`
    select ${named}, p.as_team as "isTeam" from hub_posts p
    join ${tables} on a.community_id = p.community_id and a.member_id = p.member_id
    where p.community_id = ${community} and p.topic = ${place.topic} and p.number = ${place.number}
    order by (a.user_id is not null) = p.as_team desc, a.joined_at limit 1`.execute(tx);
  return found.rows[0];
}

/** An account by the address somebody signs in with; whoever left lately can do so too. */
export async function accountByEmail(
  tx: Tx,
  community: CommunityId,
  email: string,
): Promise<(Account & { passwordHash: string | null }) | undefined> {
  const found = await sql<Account & { passwordHash: string | null }>`
    select ${named}, a.password_hash as "passwordHash" from ${tables}
    where a.community_id = ${community} and a.email = ${email} and ${opensStill}`.execute(tx);
  return found.rows[0];
}

/** The hash of an account's password; undefined when it has none, or is over. */
export async function passwordOf(tx: Tx, community: CommunityId, accountId: string): Promise<string | undefined> {
  const found = await sql<{ hash: string | null }>`
    select password_hash as hash from hub_accounts
    where community_id = ${community} and id = ${accountId} and left_at is null`.execute(tx);
  return found.rows[0]?.hash ?? undefined;
}

/** Keeps another password. */
export async function writePassword(
  tx: Tx,
  community: CommunityId,
  account: { id: string; hash: string },
): Promise<void> {
  await sql`
    update hub_accounts a set password_hash = ${account.hash}
    where a.community_id = ${community} and a.id = ${account.id} and ${opensStill}`.execute(tx);
}

/** Keeps how somebody likes pages to look. */
export async function writeTheme(tx: Tx, community: CommunityId, account: { id: string; theme: Theme }): Promise<void> {
  await sql`
    update hub_accounts set theme = ${account.theme}
    where community_id = ${community} and id = ${account.id} and left_at is null`.execute(tx);
}

/** How somebody likes pages to look. */
export async function themeOf(db: Db | Tx, community: CommunityId, accountId: string): Promise<Theme> {
  const found = await sql<{ theme: Theme }>`
    select theme from hub_accounts where community_id = ${community} and id = ${accountId}`.execute(db);
  return found.rows[0]?.theme ?? "auto";
}

/** What opens an account, and what is there for its owner alone. */
const OWN_TABLES = [
  "hub_identities",
  "hub_passkeys",
  "hub_passkey_challenges",
  "hub_email_changes",
  "hub_sign_links",
  "hub_sessions",
  "hub_push_devices",
  "hub_bookmarks",
  "hub_topic_marks",
  "hub_followed_boards",
  "hub_notices",
  "hub_notice_settings",
  "hub_group_requests",
] as const;

/**
 * Ends an account: nothing opens it any more, and what opened it or was there for its owner alone is forgotten. What was
 * written stays; a name that is not kept is free for others. Safe to repeat.
 */
export async function closeAccount(
  tx: Tx,
  community: CommunityId,
  who: { id: string; at: number; keepsName: boolean },
): Promise<void> {
  const closed = await sql<{ memberId: string }>`
    update hub_accounts set left_at = coalesce(left_at, ${new Date(who.at)}), email = null, password_hash = null, about = '',
      name_key = case when ${who.keepsName} then name_key else 'left ' || id end
    where community_id = ${community} and id = ${who.id} returning member_id as "memberId"`.execute(tx);
  for (const table of OWN_TABLES)
    await sql`delete from ${sql.table(table)} where community_id = ${community} and account_id = ${who.id}`.execute(tx);
  for (const { memberId } of closed.rows) if (await dropFace(tx, community, memberId)) await touchHub(tx, community);
}

/** What others see of a member. */
export interface PublicProfile {
  readonly memberId: string;
  readonly name: string;
  readonly isTeam: boolean;
  readonly about: string;
  readonly joinedAt: Date;
  readonly hasLeft: boolean;
  readonly activity: Activity;
  /** The file with their picture, large. */
  readonly face: string | null;
  readonly posts: number;
}

/** The public side of a member; undefined when nobody of the hub is called so. */
export async function profileOf(tx: Tx, community: CommunityId, memberId: string): Promise<PublicProfile | undefined> {
  const found = await sql<PublicProfile>`
    select a.member_id as "memberId", m.name, m.is_staff as "isTeam", case when a.left_at is null then a.about else '' end as about, a.joined_at as "joinedAt",
      a.left_at is not null as "hasLeft", a.activity,
      ${faceOf({ community: sql`a.community_id`, member: sql`a.member_id` }, LARGE_FACE)} as face,
      (select count(*) from hub_posts p where p.community_id = a.community_id and p.member_id = a.member_id
        and p.deleted_at is null) as posts
    from ${tables} where a.community_id = ${community} and a.member_id = ${memberId}
    order by a.left_at is not null, a.joined_at limit 1`.execute(tx);
  return found.rows[0];
}

/**
 * The members behind names that a post calls, by the name as it was asked for. A hyphen stands for the space in a name that
 * has one, as names of the team may, unless somebody is called exactly so.
 */
export async function membersByName(
  tx: Db | Tx,
  community: CommunityId,
  names: readonly string[],
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const keysOf = (name: string): string[] => [nameKey(name), nameKey(name).replaceAll("-", " ")];
  const found = await sql<{ key: string; memberId: string }>`
    select name_key as key, member_id as "memberId" from hub_accounts
    where community_id = ${community} and name_key = any(${names.flatMap(keysOf)}) and left_at is null`.execute(tx);
  const members = new Map(found.rows.map(({ key, memberId }) => [key, memberId]));
  const meant = names.flatMap((name): [string, string][] => {
    const memberId = keysOf(name).flatMap((key) => members.get(key) ?? [])[0];
    return memberId === undefined ? [] : [[name, memberId]];
  });
  return new Map(meant);
}
