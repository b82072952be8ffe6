import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** A post that a member wrote, with the message that it is; the message's ids are null when it is stored no more. */
export interface WrittenPost {
  readonly topic: number;
  readonly number: number;
  readonly messageId: string;
  readonly version: number;
  readonly spaceExternalId: string | null;
  readonly externalId: string | null;
  readonly sentAt: Date;
}

/** The oldest posts of a member that stand, at most `limit`; none that they wrote as the team. */
export async function writtenBy(
  db: Db,
  community: CommunityId,
  ask: { memberId: string; limit: number },
): Promise<WrittenPost[]> {
  const found = await sql<WrittenPost>`
    select p.topic, p.number, p.message_id as "messageId", p.version, p.sent_at as "sentAt",
      s.external_id as "spaceExternalId", w.external_id as "externalId"
    from hub_posts p
    left join messages w on w.community_id = p.community_id and w.id = p.message_id
    left join spaces s on s.community_id = w.community_id and s.id = w.space_id
    where p.community_id = ${community} and p.member_id = ${ask.memberId} and p.deleted_at is null and not p.as_team
    order by p.sent_at, p.topic, p.number limit ${ask.limit}`.execute(db);
  return found.rows;
}

/** How many of these posts stand in the same places and versions; their topics are held by the caller. */
export async function countUnchanged(
  tx: Tx,
  community: CommunityId,
  posts: readonly Pick<WrittenPost, "topic" | "number" | "messageId" | "version">[],
): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from hub_posts p
    join unnest(${posts.map(({ topic }) => topic)}::int[], ${posts.map(({ number }) => number)}::int[],
      ${posts.map(({ messageId }) => messageId)}::uuid[], ${posts.map(({ version }) => version)}::int[])
      as x (topic, number, message_id, version)
      on p.topic = x.topic and p.number = x.number and p.message_id = x.message_id and p.version = x.version
    where p.community_id = ${community} and p.deleted_at is null`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/**
 * Empties posts that their author takes away. Their topics lose an answer that was among them; topics in which nothing stands
 * any more go. `at` in milliseconds since 1970 UTC.
 */
export async function emptyWritten(
  tx: Tx,
  community: CommunityId,
  { memberId, at, posts }: { memberId: string; at: number; posts: readonly Pick<WrittenPost, "topic" | "number">[] },
): Promise<void> {
  const going = sql`unnest(${posts.map(({ topic }) => topic)}::int[], ${posts.map(({ number }) => number)}::int[])`;
  await sql`
    update hub_posts p set html = '', deleted_at = ${new Date(at)}, deleted_by_team = false, deleted_by = ${memberId},
      deletion_reason = '', version = p.version + 1
    from ${going} as g (topic, number)
    where p.community_id = ${community} and p.topic = g.topic and p.number = g.number`.execute(tx);
  await sql`
    update hub_topics t set version = t.version + 1, posts = s.posts,
      answer = case when t.answer = any(g.numbers) then null else t.answer end,
      deleted_at = case when s.posts = 0 then coalesce(t.deleted_at, ${new Date(at)}) else t.deleted_at end
    from (select topic, array_agg(number) as numbers from ${going} as x (topic, number) group by topic) g
    cross join lateral (select count(*)::int as posts from hub_posts p
      where p.community_id = ${community} and p.topic = g.topic and p.deleted_at is null) s
    where t.community_id = ${community} and t.number = g.topic`.execute(tx);
}

/** The messages of every post of a member that was deleted, by whomever. */
export async function deletedOfMember(db: Db | Tx, community: CommunityId, memberId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select message_id as id from hub_posts where community_id = ${community} and member_id = ${memberId}
      and deleted_at is not null and not as_team`.execute(db);
  return found.rows.map(({ id }) => id);
}
