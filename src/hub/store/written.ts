import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { calledIn } from "./called.ts";

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
 * Empties posts that their author takes along. Their topics lose an answer that was among them; topics in which nothing stands
 * any more go. `at` in milliseconds since 1970 UTC.
 */
export async function emptyWritten(
  tx: Tx,
  community: CommunityId,
  { memberId, at, posts }: { memberId: string; at: number; posts: readonly Pick<WrittenPost, "topic" | "number">[] },
): Promise<void> {
  const going = sql`unnest(${posts.map(({ topic }) => topic)}::int[], ${posts.map(({ number }) => number)}::int[])`;
  await sql`
    update hub_posts p set called_groups = ${calledIn(sql`p.html`)}, html = '', deleted_at = ${new Date(at)}, deleted_by_team = false, deleted_by = ${memberId},
      deletion_reason = '', taken_along = true, version = p.version + 1
    from ${going} as g (topic, number)
    where p.community_id = ${community} and p.topic = g.topic and p.number = g.number`.execute(tx);
  await sql`
    update hub_topics t set version = t.version + 1, posts = s.posts,
      answer = case when t.answer = any(g.numbers) then null else t.answer end,
      lost_answer = case when t.answer = any(g.numbers) then t.answer else t.lost_answer end,
      deleted_at = case when s.posts = 0 then coalesce(t.deleted_at, ${new Date(at)}) else t.deleted_at end
    from (select topic, array_agg(number) as numbers from ${going} as x (topic, number) group by topic) g
    cross join lateral (select count(*)::int as posts from hub_posts p
      where p.community_id = ${community} and p.topic = g.topic and p.deleted_at is null) s
    where t.community_id = ${community} and t.number = g.topic`.execute(tx);
}

/** A post that was deleted, and the message that it was. */
export interface GonePost {
  readonly topic: number;
  readonly number: number;
  readonly messageId: string;
}

/**
 * Marks every post of a member that was deleted, by themselves or by leaving, as taken along for good, and answers with those
 * and with what the team deleted of theirs.
 */
export async function takeAllAlong(tx: Tx, community: CommunityId, memberId: string): Promise<GonePost[]> {
  const theirs = sql`community_id = ${community} and member_id = ${memberId} and deleted_at is not null and not as_team`;
  await sql`
    update hub_posts set taken_along = true where ${theirs} and not deleted_by_team and not taken_along`.execute(tx);
  const found = await sql<GonePost>`
    select topic, number, message_id as "messageId" from hub_posts where ${theirs}`.execute(tx);
  return found.rows;
}

/** A post that went with its author, who may come back. */
export interface TakenPost extends WrittenPost {
  readonly boardId: string;
  /** The numbers of the groups that it called. */
  readonly calledGroups: readonly number[];
  /** Its text is kept, and its topic stands, or went for no other reason than posts that went with their authors. */
  readonly comesBack: boolean;
}

/** Posts that went with a member, in the order of their places, at most `limit`. */
export async function takenAlong(
  db: Db | Tx,
  community: CommunityId,
  ask: { memberId: string; limit: number },
): Promise<TakenPost[]> {
  const found = await sql<TakenPost>`
    select p.topic, p.number, p.message_id as "messageId", p.version, t.board_id as "boardId", p.called_groups as "calledGroups", p.sent_at as "sentAt",
      s.external_id as "spaceExternalId", d.external_id as "externalId",
      coalesce(d.content is not null and t.merged_into is null and (t.deleted_at is null or exists (
        select from hub_posts o where o.community_id = t.community_id and o.topic = t.number and o.taken_along
          and o.deleted_at = t.deleted_at)), false) as "comesBack"
    from hub_posts p
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic
    left join deleted_messages d on d.community_id = p.community_id and d.id = p.message_id
    left join spaces s on s.community_id = d.community_id and s.id = d.space_id
    where p.community_id = ${community} and p.member_id = ${ask.memberId} and p.taken_along
    order by p.topic, p.number limit ${ask.limit}`.execute(db);
  return found.rows;
}

/** The topics of posts that come back stand again. */
export async function reviveTopics(tx: Tx, community: CommunityId, numbers: readonly number[]): Promise<void> {
  await sql`
    update hub_topics set deleted_at = null where community_id = ${community} and number = any(${[...numbers]}::int[])
      and merged_into is null and deleted_at is not null`.execute(tx);
}

/**
 * Posts that went with a member who is back and that do not come back with them: their topic was deleted meanwhile, then they
 * belong to it from now on, or nothing of them is kept.
 */
export async function leaveAway(
  tx: Tx,
  community: CommunityId,
  posts: readonly Pick<WrittenPost, "topic" | "number">[],
): Promise<void> {
  await sql`
    update hub_posts p set taken_along = false, deleted_at = coalesce(t.deleted_at, p.deleted_at)
    from unnest(${posts.map(({ topic }) => topic)}::int[], ${posts.map(({ number }) => number)}::int[]) as g (topic, number)
    join hub_topics t on t.community_id = ${community} and t.number = g.topic
    where p.community_id = ${community} and p.topic = g.topic and p.number = g.number`.execute(tx);
}
