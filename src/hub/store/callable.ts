import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { accountsOfGroup } from "./circles.ts";
import { faceOf, SMALL_FACE } from "./faces.ts";

/** Somebody whose name may be meant. */
export interface NamedPerson {
  readonly memberId: string;
  readonly name: string;
  /** Their name as names are compared: see `nameKey`. */
  readonly key: string;
  readonly isTeam: boolean;
  /** The file with their picture, small. */
  readonly face: string | null;
  /** The number of their last post in the topic that is written in; null: they are not known to have written there. */
  readonly wrote: number | null;
}

/** Of a long topic only so many of its last posts are looked through: whoever wrote before is hardly meant. */
const POSTS_LOOKED_AT = 500;
/** More people than this are never shown; a few more are asked for, because some cannot be called. */
const MOST_FOUND = 24;

/** Words of a name stand apart by these, and a space may be typed as a hyphen. */
const spaced = (text: string): string => text.replaceAll(/[._-]/g, " ");
const spacedKey = sql`translate(a.name_key, '._-', '   ')`;
const sorted = sql`a.name_key collate "C"`;
const beginsSo = (key: string): RawBuilder<boolean> => sql<boolean>`starts_with(${spacedKey}, ${spaced(key)})`;

const columns = sql`a.member_id as "memberId", m.name, a.name_key as key, m.is_staff as "isTeam",
  ${faceOf({ community: sql`a.community_id`, member: sql`a.member_id` }, SMALL_FACE)} as face`;
const tables = sql`hub_accounts a join members m on m.community_id = a.community_id and m.id = a.member_id`;

/** Who wrote in a topic lately and is there still, and of whose name a word begins so; the latest first. `key` as in `nameKey`. */
export async function writersNamed(
  tx: Tx,
  community: CommunityId,
  ask: { topic: number; lastPost: number; key: string },
): Promise<NamedPerson[]> {
  const found = await sql<NamedPerson>`
    select ${columns}, w.wrote from (select p.member_id, max(p.number) as wrote from hub_posts p
      where p.community_id = ${community} and p.topic = ${ask.topic} and p.number > ${ask.lastPost - POSTS_LOOKED_AT}
        and p.deleted_at is null group by p.member_id) w
    join ${tables} on a.community_id = ${community} and a.member_id = w.member_id
    where a.left_at is null and (${beginsSo(ask.key)} or strpos(${spacedKey}, ${` ${spaced(ask.key)}`}) > 0)
    order by w.wrote desc, ${sorted} limit ${MOST_FOUND}`.execute(tx);
  return found.rows;
}

/** Behind every name that begins so: the last code point there is. */
const LAST = "\u{10FFFF}";

function inRange(key: string): RawBuilder<boolean> {
  const [head = ""] = spaced(key).split(" ");
  return sql<boolean>`${sorted} >= ${head} and ${sorted} < ${`${head}${LAST}`} and ${beginsSo(key)}`;
}

/** Members who wish to be listed and whose name begins so, by name. */
export async function listedNamed(tx: Tx, community: CommunityId, key: string): Promise<NamedPerson[]> {
  const found = await sql<NamedPerson>`
    select ${columns}, null::int as wrote from ${tables}
    where a.community_id = ${community} and a.left_at is null and a.is_listed and ${inRange(key)}
    order by ${sorted} limit ${MOST_FOUND}`.execute(tx);
  return found.rows;
}

/** People of these groups whose name begins so, by name, each once; whoever asks has to be one who sees who belongs. */
export async function peopleNamed(
  tx: Tx,
  community: CommunityId,
  { groupIds, key }: { groupIds: readonly string[]; key: string },
): Promise<NamedPerson[]> {
  const found = await sql<NamedPerson>`
    select ${columns}, null::int as wrote from ${tables}
    where a.community_id = ${community} and a.left_at is null and ${inRange(key)}
      and a.id in (select x.id from hub_groups g cross join lateral ${accountsOfGroup} x
        where g.community_id = ${community} and g.id = any(${[...groupIds]}::uuid[]) and g.deleted_at is null)
    order by ${sorted} limit ${MOST_FOUND}`.execute(tx);
  return found.rows;
}

/** Those of these groups that show their people who else belongs. */
export async function showingGroups(tx: Tx, community: CommunityId, ids: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from hub_groups where community_id = ${community} and id = any(${[...ids]}::uuid[])
      and shows_people and deleted_at is null order by id`.execute(tx);
  return found.rows.map(({ id }) => id);
}
