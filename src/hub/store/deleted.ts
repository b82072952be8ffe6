import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { ENOUGH_TO_KNOW_BY } from "./posts.ts";

/** A post that was deleted, or a topic with everything in it: then `number` is 1 and `posts` counts what went along. */
export interface DeletedRow {
  readonly topic: number;
  readonly number: number;
  readonly title: string;
  readonly author: string;
  /** Who deleted it; empty when nobody knows any more. */
  readonly by: string;
  readonly isOwn: boolean;
  readonly reason: string;
  /** How its stored message began, with its markup; null once nothing of it is kept. */
  readonly beginning: string | null;
  readonly posts: number;
  readonly deletedAt: Date;
}

/**
 * What was deleted, the latest first; replies that went with their topic stand in its row, and what members took along when
 * they left is nobody's to bring back and is not listed. Times in milliseconds since 1970 UTC.
 */
export async function deletedOf(
  tx: Tx,
  community: CommunityId,
  ask: { after: readonly [number, number, number] | undefined; limit: number },
): Promise<DeletedRow[]> {
  const [at, topic, number] = ask.after ?? [];
  const behind =
    at === undefined ? sql`true` : sql`(p.deleted_at, p.topic, p.number) < (${new Date(at)}, ${topic}, ${number})`;
  const found = await sql<DeletedRow>`
    select p.topic, p.number, t.title, coalesce(m.name, '') as author, coalesce(d.name, '') as by,
      not p.deleted_by_team as "isOwn", p.deletion_reason as reason, p.deleted_at as "deletedAt",
      left(g.content->'messages'->0->>'text', ${ENOUGH_TO_KNOW_BY}) as beginning,
      case when p.number > 1 then 1 else (select count(*)::int from hub_posts w where w.community_id = p.community_id
        and w.topic = p.topic and w.deleted_at = p.deleted_at) end as posts
    from hub_posts p
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic and t.merged_into is null
    left join deleted_messages g on g.community_id = p.community_id and g.id = p.message_id
    left join members m on m.community_id = p.community_id and m.id = p.member_id
    left join members d on d.community_id = p.community_id and d.id = p.deleted_by
    where p.community_id = ${community} and p.deleted_at is not null and not p.taken_along and ${behind}
      and (p.number = 1 or t.deleted_at is distinct from p.deleted_at)
    order by p.deleted_at desc, p.topic desc, p.number desc limit ${ask.limit}`.execute(tx);
  return found.rows;
}

/** A deleted post whose message may be kept still, as the intake names it. */
export interface RestorablePost {
  readonly number: number;
  readonly messageId: string;
  readonly memberId: string;
  readonly version: number;
  readonly spaceExternalId: string;
  readonly externalId: string;
  readonly sentAt: Date;
  /** The numbers of the groups that it called before it was deleted. */
  readonly calledGroups: readonly number[];
}

/** A deleted post, or with a topic's first one all that went with it at that moment, held until the transaction ends. */
export async function restorablePosts(
  tx: Tx,
  community: CommunityId,
  place: { topic: number; number: number },
): Promise<RestorablePost[]> {
  const found = await sql<RestorablePost>`
    select p.number, p.message_id as "messageId", p.member_id as "memberId", p.version, s.external_id as "spaceExternalId",
      d.external_id as "externalId", d.sent_at as "sentAt", p.called_groups as "calledGroups"
    from hub_posts p
    join hub_posts first on first.community_id = p.community_id and first.topic = p.topic and first.number = ${place.number}
    join deleted_messages d on d.community_id = p.community_id and d.id = p.message_id and d.content is not null
    join spaces s on s.community_id = d.community_id and s.id = d.space_id
    where p.community_id = ${community} and p.topic = ${place.topic} and p.deleted_at is not null and not p.taken_along
      and (p.number = ${place.number} or (${place.number} = 1 and p.deleted_at = first.deleted_at))
    order by p.number for update of p`.execute(tx);
  return found.rows;
}

/** The texts of these messages, by message. */
export async function textsOf(
  tx: Tx,
  community: CommunityId,
  messageIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await sql<{ id: string; text: string }>`
    select id, text from messages where community_id = ${community} and id = any(${[...messageIds]}::uuid[])`.execute(
    tx,
  );
  return new Map(found.rows.map(({ id, text }) => [id, text]));
}

/** Posts of a topic stand again and look like this. */
export async function fillPosts(
  tx: Tx,
  community: CommunityId,
  { topic, posts }: { topic: number; posts: readonly { number: number; html: string }[] },
): Promise<void> {
  await sql`
    update hub_posts p set html = x.html, deleted_at = null, deleted_by_team = false, deleted_by = null,
      deletion_reason = '', taken_along = false, version = version + 1
    from unnest(${posts.map(({ number }) => number)}::int[], ${posts.map(({ html }) => html)}::text[]) as x (number, html)
    where p.community_id = ${community} and p.topic = ${topic} and p.number = x.number`.execute(tx);
}

/** Why the team deleted posts of a topic, by their numbers: those of one member, or of everybody. */
export async function reasonsOf(
  tx: Db | Tx,
  community: CommunityId,
  ask: { topic: number; memberId: string | undefined },
): Promise<Map<number, string>> {
  const found = await sql<{ number: number; reason: string }>`
    select number, deletion_reason as reason from hub_posts where community_id = ${community} and topic = ${ask.topic}
      and deleted_at is not null and deleted_by_team
      and ${ask.memberId === undefined ? sql`true` : sql`member_id = ${ask.memberId}`}`.execute(tx);
  return new Map(found.rows.map(({ number, reason }) => [number, reason]));
}

/** Makes the answer that a topic lost by a deletion its answer again, once it stands and while there is no other. */
export async function answerAgain(tx: Tx, community: CommunityId, topic: number): Promise<void> {
  await sql`
    update hub_topics t set answer = t.lost_answer, lost_answer = null
    where t.community_id = ${community} and t.number = ${topic} and t.answer is null and exists (select from hub_posts p
      where p.community_id = t.community_id and p.topic = t.number and p.number = t.lost_answer and p.deleted_at is null)`.execute(
    tx,
  );
}
