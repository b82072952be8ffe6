import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { type Post, POSTS_A_PAGE } from "../model.ts";
import { calledIn } from "./called.ts";
import { faceOf, SMALL_FACE } from "./faces.ts";
import { shownLinks } from "./shown-links.ts";

/** A post as a row of `postColumns`. */
export type RawPost = Omit<Post, "sentAt" | "editedAt"> & { readonly sentAt: Date; readonly editedAt: Date | null };

/** What `postFrom` wants of a post `p` and its author `m`. */
export const postColumns = sql`p.number,
  json_build_object('memberId', p.member_id, 'name', coalesce(m.name, ''), 'isTeam', p.as_team,
    'face', ${faceOf({ community: sql`p.community_id`, member: sql`p.member_id` }, SMALL_FACE)}) as author,
  p.html, p.sent_at as "sentAt", p.edited_at as "editedAt", p.deleted_at is not null as "isDeleted", p.version,
  coalesce((select json_agg(json_build_object('mark', r.emoji, 'count', r.count) order by r.emoji) from message_reactions r
    where r.community_id = p.community_id and r.message_id = p.message_id), '[]') as reactions,
  p.hides_links as "hidesLinks", ${shownLinks} as links`;
const tables = sql`hub_posts p left join members m on m.community_id = p.community_id and m.id = p.member_id`;

/** A post from a row of the database. */
export function postFrom(row: RawPost): Post {
  return { ...row, sentAt: row.sentAt.toISOString(), editedAt: row.editedAt?.toISOString() ?? null };
}

/** The posts of one page of a topic, counted from 1. A page is a range of numbers, so its address is good for ever. */
export async function postsOfPage(
  tx: Db | Tx,
  community: CommunityId,
  { topic, page }: { topic: number; page: number },
): Promise<Post[]> {
  const found = await sql<RawPost>`
    select ${postColumns} from ${tables} where p.community_id = ${community} and p.topic = ${topic}
      and p.number > ${(page - 1) * POSTS_A_PAGE} and p.number <= ${page * POSTS_A_PAGE} order by p.number`.execute(tx);
  return found.rows.map(postFrom);
}

/** Some posts of a topic by their numbers. */
export async function postsByNumber(
  tx: Db | Tx,
  community: CommunityId,
  { topic, numbers }: { topic: number; numbers: readonly number[] },
): Promise<Post[]> {
  const found = await sql<RawPost>`
    select ${postColumns} from ${tables} where p.community_id = ${community} and p.topic = ${topic}
      and p.number = any(${[...numbers]}::int[]) order by p.number`.execute(tx);
  return found.rows.map(postFrom);
}

/** A post to be. `at` in milliseconds since 1970 UTC. */
export interface NewPost {
  readonly topic: number;
  readonly messageId: string;
  readonly memberId: string;
  readonly asTeam: boolean;
  readonly html: string;
  readonly at: number;
}

/**
 * Puts posts behind the last ones of their topics, which the caller holds, in the order of the list. Returns their numbers by
 * the ids of their messages.
 */
export async function addPosts(
  tx: Tx,
  community: CommunityId,
  posts: readonly NewPost[],
): Promise<Map<string, number>> {
  const added = await sql<{ messageId: string; number: number }>`
    with posts as (
      select * from unnest(${posts.map((post) => post.topic)}::int[], ${posts.map((post) => post.messageId)}::uuid[],
        ${posts.map((post) => post.memberId)}::uuid[], ${posts.map((post) => post.asTeam)}::bool[],
        ${posts.map((post) => post.html)}::text[], ${posts.map((post) => new Date(post.at))}::timestamptz[])
        with ordinality as p (topic, message_id, member_id, as_team, html, at, n)),
    topics as (
      update hub_topics t set last_post = t.last_post + added.posts, posts = t.posts + added.posts,
        last_at = greatest(t.last_at, added.last_at), last_member_id = added.last_member_id, version = t.version + 1
      from (select topic, count(*)::int as posts, max(at) as last_at, (array_agg(member_id order by n desc))[1] as last_member_id
        from posts group by topic) added
      where t.community_id = ${community} and t.number = added.topic returning t.number, t.last_post - added.posts as before)
    insert into hub_posts (community_id, topic, number, message_id, member_id, as_team, html, sent_at)
    select ${community}, p.topic, t.before + row_number() over (partition by p.topic order by p.n), p.message_id, p.member_id,
      p.as_team, p.html, p.at
    from posts p join topics t on t.number = p.topic returning message_id as "messageId", number`.execute(tx);
  return new Map(added.rows.map((row) => [row.messageId, row.number]));
}

/** A post as whoever changes it must know it. `text` is what its author typed, the title of the topic's first post before it. */
export interface HeldPost {
  readonly topic: number;
  readonly number: number;
  readonly messageId: string;
  readonly memberId: string;
  readonly sentAt: Date;
  readonly version: number;
  readonly isDeleted: boolean;
  readonly text: string;
  /** The space and the id under which the message was written. */
  readonly spaceExternalId: string;
  readonly externalId: string;
  /** Missing once its message was deleted. */
  readonly spaceId: string | null;
}

const heldColumns = sql`p.topic, p.number, p.message_id as "messageId", p.member_id as "memberId", p.sent_at as "sentAt",
  p.version, p.deleted_at is not null as "isDeleted", coalesce(w.text, '') as text,
  coalesce(s.external_id, '') as "spaceExternalId", coalesce(w.external_id, '') as "externalId", w.space_id as "spaceId"`;

/** A post with its text; with `hold` it is held until the transaction ends. */
export async function postOf(
  tx: Tx,
  community: CommunityId,
  which: { topic: number; number: number; hold?: boolean },
): Promise<HeldPost | undefined> {
  const found = await sql<HeldPost>`
    select ${heldColumns} from hub_posts p
    left join messages w on w.community_id = p.community_id and w.id = p.message_id
    left join spaces s on s.community_id = w.community_id and s.id = w.space_id
    where p.community_id = ${community} and p.topic = ${which.topic} and p.number = ${which.number}
    ${which.hold === true ? sql`for update of p` : sql``}`.execute(tx);
  return found.rows[0];
}

/** Those of these places where a post stands, with their texts. */
export async function postsAmong(
  db: Db,
  community: CommunityId,
  places: readonly { readonly topic: number; readonly number: number }[],
): Promise<HeldPost[]> {
  const found = await sql<HeldPost>`
    select ${heldColumns} from hub_posts p
    left join messages w on w.community_id = p.community_id and w.id = p.message_id
    left join spaces s on s.community_id = w.community_id and s.id = w.space_id
    where p.community_id = ${community} and (p.topic, p.number) in (
      select * from unnest(${places.map(({ topic }) => topic)}::int[], ${places.map(({ number }) => number)}::int[]))`.execute(
    db,
  );
  return found.rows;
}

/** The HTML of a post as it stands, before anybody's eyes are asked; empty when it was deleted or never was. */
export async function htmlOfPost(
  db: Db | Tx,
  community: CommunityId,
  { topic, number }: { topic: number; number: number },
): Promise<string> {
  const found = await sql<{ html: string }>`
    select html from hub_posts where community_id = ${community} and topic = ${topic} and number = ${number}`.execute(
    db,
  );
  return found.rows[0]?.html ?? "";
}

/** The posts of a topic that were not deleted, in order. */
export async function standingPosts(tx: Tx, community: CommunityId, topic: number): Promise<HeldPost[]> {
  const found = await sql<HeldPost>`
    select ${heldColumns} from hub_posts p
    left join messages w on w.community_id = p.community_id and w.id = p.message_id
    left join spaces s on s.community_id = w.community_id and s.id = w.space_id
    where p.community_id = ${community} and p.topic = ${topic} and p.deleted_at is null order by p.number`.execute(tx);
  return found.rows;
}

/** Where a message stands in the hub; undefined when it stands nowhere. */
export async function placeOfMessage(
  tx: Tx,
  community: CommunityId,
  messageId: string,
): Promise<{ topic: number; number: number } | undefined> {
  const found = await sql<{ topic: number; number: number }>`
    select topic, number from hub_posts where community_id = ${community} and message_id = ${messageId}`.execute(tx);
  return found.rows[0];
}

/** Writes what an edit changes of a post. `at` in milliseconds since 1970 UTC. */
export async function rewritePost(
  tx: Tx,
  community: CommunityId,
  post: { topic: number; number: number; html: string; at: number },
): Promise<void> {
  await sql`
    update hub_posts set html = ${post.html}, edited_at = ${new Date(post.at)}, version = version + 1
    where community_id = ${community} and topic = ${post.topic} and number = ${post.number}`.execute(tx);
}

/** Writes how a post looks, where its text was not changed. */
export async function rewriteHtml(
  tx: Tx,
  community: CommunityId,
  post: { topic: number; number: number; html: string },
): Promise<void> {
  await sql`
    update hub_posts set html = ${post.html} where community_id = ${community} and topic = ${post.topic}
      and number = ${post.number}`.execute(tx);
}

/** Who deletes a post, when (milliseconds since 1970 UTC) and why: the reason is read by its author and the team. */
export interface PostDeletion {
  readonly at: number;
  /** The member who does so. */
  readonly by: string;
  readonly reason: string;
}

/** Empties a post; its number keeps its place. */
export async function emptyPost(
  tx: Tx,
  community: CommunityId,
  post: PostDeletion & { topic: number; number: number },
): Promise<void> {
  await sql`
    update hub_posts set called_groups = ${calledIn(sql`html`)}, html = '', deleted_at = ${new Date(post.at)}, deleted_by_team = member_id <> ${post.by},
      deleted_by = ${post.by}, deletion_reason = case when member_id <> ${post.by} then ${post.reason} else '' end,
      version = version + 1
    where community_id = ${community} and topic = ${post.topic} and number = ${post.number}`.execute(tx);
  await sql`
    update hub_topics t set version = version + 1, posts = (select count(*) from hub_posts p
      where p.community_id = t.community_id and p.topic = t.number and p.deleted_at is null),
      answer = case when t.answer is distinct from ${post.number} then t.answer end,
      lost_answer = case when t.answer = ${post.number} then t.answer else t.lost_answer end
    where t.community_id = ${community} and t.number = ${post.topic}`.execute(tx);
}

/** Deletes a topic with every post that stands in it. */
export async function emptyTopic(
  tx: Tx,
  community: CommunityId,
  { topic, at, by, reason }: PostDeletion & { topic: number },
): Promise<void> {
  await sql`
    update hub_posts set called_groups = ${calledIn(sql`html`)}, html = '', deleted_at = ${new Date(at)}, deleted_by_team = member_id <> ${by},
      deleted_by = ${by}, deletion_reason = case when member_id <> ${by} then ${reason} else '' end, version = version + 1
    where community_id = ${community} and topic = ${topic} and deleted_at is null`.execute(tx);
  await sql`
    update hub_topics set posts = 0, answer = null, lost_answer = coalesce(answer, lost_answer), deleted_at = ${new Date(at)}, version = version + 1
    where community_id = ${community} and number = ${topic}`.execute(tx);
}

/** What erased people wrote is shown no more: their posts keep number and place, their topics lose the title. */
export async function emptyErased(tx: Tx, community: CommunityId, memberIds: readonly string[]): Promise<void> {
  const theirs = sql`community_id = ${community} and member_id = any(${[...memberIds]}::uuid[])`;
  await sql`update hub_posts set html = '', version = version + 1 where ${theirs} and html <> ''`.execute(tx);
  await sql`update hub_topics set title = '[…]', version = version + 1 where ${theirs} and title <> '[…]'`.execute(tx);
}

/** The markup of posts sent before an instant (milliseconds since 1970 UTC) goes, of at most `limit`; answers with those. */
export async function emptyBefore(
  tx: Tx,
  community: CommunityId,
  old: { before: number; limit: number },
): Promise<{ messageId: string; topic: number; number: number }[]> {
  const at = new Date(old.before);
  const done = await sql<{ messageId: string; topic: number; number: number }>`
    update hub_posts p set html = '', version = p.version + 1
    from (select topic, number from hub_posts where community_id = ${community} and sent_at < ${at} and html <> ''
      order by sent_at limit ${old.limit}) o
    where p.community_id = ${community} and p.topic = o.topic and p.number = o.number
    returning p.message_id as "messageId", p.topic, p.number`.execute(tx);
  const opened = done.rows.filter(({ number }) => number === 1).map(({ topic }) => topic);
  await sql`
    update hub_topics set title = '[…]', version = version + 1
    where community_id = ${community} and number = any(${opened}::int[])`.execute(tx);
  return done.rows;
}

/** An earlier text of a post. */
export interface EarlierText {
  readonly version: number;
  readonly text: string;
  readonly writtenAt: Date;
}

/** What a post said before it was changed, the latest first, at most a hundred. */
export async function earlierTexts(tx: Tx, community: CommunityId, messageId: string): Promise<EarlierText[]> {
  const found = await sql<EarlierText>`
    select version, text, written_at as "writtenAt" from message_versions
    where community_id = ${community} and message_id = ${messageId} order by version desc limit 100`.execute(tx);
  return found.rows;
}

/** Of the text of a post with its markup, enough to show its beginning in a list. In characters. */
export const ENOUGH_TO_KNOW_BY = 1000;

/** The latest posts of a member in these boards, with the titles of their topics and how their stored texts begin; `before` in milliseconds since 1970 UTC. */
export async function postsOfMember(
  tx: Tx,
  community: CommunityId,
  ask: { memberId: string; boardIds: readonly string[]; before: number | undefined; limit: number },
): Promise<{ topic: number; title: string; number: number; text: string; sentAt: Date }[]> {
  const found = await sql<{ topic: number; title: string; number: number; text: string; sentAt: Date }>`
    select p.topic, t.title, p.number, left(coalesce(w.text, ''), ${ENOUGH_TO_KNOW_BY}) as text, p.sent_at as "sentAt"
    from hub_posts p left join messages w on w.community_id = p.community_id and w.id = p.message_id
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic
    where p.community_id = ${community} and p.member_id = ${ask.memberId} and p.deleted_at is null
      and t.deleted_at is null and t.board_id = any(${[...ask.boardIds]}::uuid[])
      and ${ask.before === undefined ? sql`true` : sql`p.sent_at < ${new Date(ask.before)}`}
    order by p.sent_at desc limit ${ask.limit}`.execute(tx);
  return found.rows;
}
