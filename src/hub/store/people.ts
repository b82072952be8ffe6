import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import type { Activity } from "../model.ts";
import { nameKey } from "./accounts.ts";
import { faceOf, SMALL_FACE } from "./faces.ts";

/** What a member has chosen to show. */
export interface OwnProfile {
  readonly about: string;
  readonly activity: Activity;
  readonly isListed: boolean;
}

/** What the owner of an account has chosen to show. */
export async function ownProfile(tx: Tx, community: CommunityId, accountId: string): Promise<OwnProfile | undefined> {
  const found = await sql<OwnProfile>`
    select about, activity, is_listed as "isListed" from hub_accounts
    where community_id = ${community} and id = ${accountId}`.execute(tx);
  return found.rows[0];
}

/** Writes what a member shows of themselves; what is missing stays. */
export async function writeProfile(
  tx: Tx,
  community: CommunityId,
  change: {
    accountId: string;
    about?: string | undefined;
    activity?: Activity | undefined;
    isListed?: boolean | undefined;
  },
): Promise<void> {
  const { accountId, about, activity, isListed } = change;
  await sql`
    update hub_accounts set about = coalesce(${about ?? null}, about), activity = coalesce(${activity ?? null}, activity),
      is_listed = coalesce(${isListed ?? null}, is_listed)
    where community_id = ${community} and id = ${accountId}`.execute(tx);
}

/** Who sees what a member wrote gathered in one place, nobody once they left; undefined for people without an account of the hub. */
export async function activityOf(tx: Tx, community: CommunityId, memberId: string): Promise<Activity | undefined> {
  const found = await sql<{ activity: Activity }>`
    select case when left_at is null then activity else 'nobody' end as activity from hub_accounts
    where community_id = ${community} and member_id = ${memberId} order by left_at is not null, joined_at limit 1`.execute(
    tx,
  );
  return found.rows[0]?.activity;
}

/** Somebody in the list of members. */
export interface ListedPerson {
  readonly memberId: string;
  readonly name: string;
  readonly isTeam: boolean;
  readonly about: string;
  readonly joinedAt: Date;
  /** The file with their picture, small. */
  readonly face: string | null;
  /** Under which the list is sorted. */
  readonly key: string;
}

/** Behind every name that begins so: the last code point there is. */
const LAST = "\u{10FFFF}";

/** Members who wish to be listed, by name; `typed` is the beginning of one, `after` the key of the last one before. */
export async function listedPeople(
  tx: Tx,
  community: CommunityId,
  ask: { typed: string; after: string | undefined; limit: number },
): Promise<ListedPerson[]> {
  const key = nameKey(ask.typed.trim());
  const sorted = sql`a.name_key collate "C"`;
  const found = await sql<ListedPerson>`
    select a.member_id as "memberId", m.name, m.is_staff as "isTeam", a.about, a.joined_at as "joinedAt", a.name_key as key,
      ${faceOf({ community: sql`a.community_id`, member: sql`a.member_id` }, SMALL_FACE)} as face
    from hub_accounts a join members m on m.community_id = a.community_id and m.id = a.member_id
    where a.community_id = ${community} and a.left_at is null and a.is_listed
      and ${key === "" ? sql`true` : sql`${sorted} >= ${key} and ${sorted} < ${`${key}${LAST}`}`}
      and ${ask.after === undefined ? sql`true` : sql`${sorted} > ${ask.after}`}
    order by ${sorted} limit ${ask.limit}`.execute(tx);
  return found.rows;
}
