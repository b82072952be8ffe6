import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";

/** How posts were moved: a whole topic into another one, some posts into a new topic, some into one that was there. */
export const moveKinds = ["merge", "split", "move"] as const;
export type MoveKind = (typeof moveKinds)[number];

/** Posts that were moved together. `answer` is the number of the accepted answer that the first topic lost by it. */
export interface Move {
  readonly id: string;
  readonly kind: MoveKind;
  readonly from: number;
  readonly to: number;
  readonly posts: number;
  readonly answer: number | null;
}

/** Writes down a move. `at` in milliseconds since 1970 UTC. */
export async function addMove(tx: Tx, community: CommunityId, move: Move & { at: number }): Promise<void> {
  await sql`
    insert into hub_moves (community_id, id, kind, from_topic, to_topic, posts, answer, made_at)
    values (${community}, ${move.id}, ${move.kind}, ${move.from}, ${move.to}, ${move.posts}, ${move.answer},
      ${new Date(move.at)})`.execute(tx);
}

/** Notes that a move was undone. `at` in milliseconds since 1970 UTC. */
export async function endMove(tx: Tx, community: CommunityId, move: { id: string; at: number }): Promise<void> {
  await sql`
    update hub_moves set undone_at = ${new Date(move.at)} where community_id = ${community} and id = ${move.id}`.execute(
    tx,
  );
}

/** A move that stands, held until the transaction ends; undefined when it was undone or never was. */
export async function holdMove(tx: Tx, community: CommunityId, id: string): Promise<Move | undefined> {
  const found = await sql<Move>`
    select id, kind, from_topic as "from", to_topic as "to", posts, answer from hub_moves
    where community_id = ${community} and id = ${id} and undone_at is null for update`.execute(tx);
  return found.rows[0];
}

/** A move as lists show it. */
export interface MoveRow extends Omit<Move, "answer"> {
  readonly fromTitle: string;
  readonly toTitle: string;
  readonly madeAt: Date;
  readonly isUndone: boolean;
}

/** Moves, the latest first: all of them, or those out of and into one topic. `after` is the id of the last one before. */
export async function movesOf(
  tx: Tx,
  community: CommunityId,
  ask: { topic: number | undefined; after: string | undefined; limit: number },
): Promise<MoveRow[]> {
  const { topic, after, limit } = ask;
  const found = await sql<MoveRow>`
    select v.id, v.kind, v.from_topic as "from", v.to_topic as "to", v.posts, f.title as "fromTitle", t.title as "toTitle",
      v.made_at as "madeAt", v.undone_at is not null as "isUndone"
    from hub_moves v
    join hub_topics f on f.community_id = v.community_id and f.number = v.from_topic
    join hub_topics t on t.community_id = v.community_id and t.number = v.to_topic
    where v.community_id = ${community} and ${after === undefined ? sql`true` : sql`v.id < ${after}`}
      and ${topic === undefined ? sql`true` : sql`(v.from_topic = ${topic} or v.to_topic = ${topic})`}
    order by v.id desc limit ${limit}`.execute(tx);
  return found.rows;
}

/**
 * Puts posts behind the last one of another topic, in their order, and remembers where they stood. Both topics are held by
 * the caller, who counts them anew. Returns the number of the first in its new place.
 */
export async function movePosts(
  tx: Tx,
  community: CommunityId,
  wish: { moveId: string; from: number; to: number; numbers: readonly number[] },
): Promise<number> {
  const { moveId, from, to, numbers } = wish;
  const moved = await sql<{ number: number }>`
    with moving as (
      select p.number, p.message_id, (t.last_post + row_number() over (order by p.number))::int as place from hub_posts p
      join hub_topics t on t.community_id = p.community_id and t.number = ${to}
      where p.community_id = ${community} and p.topic = ${from} and p.number = any(${[...numbers]}::int[])
    ), remembered as (
      insert into hub_former_places (community_id, topic, number, message_id, move_id)
      select ${community}, ${from}, number, message_id, ${moveId} from moving
    )
    update hub_posts p set topic = ${to}, number = m.place from moving m
    where p.community_id = ${community} and p.topic = ${from} and p.number = m.number returning p.number`.execute(tx);
  await carryNotices(tx, community, moveId);
  return Math.min(...moved.rows.map(({ number }) => number));
}

/** What members were told of posts leads to where these stand now; so does what comes after them in the same topic. */
async function carryNotices(tx: Tx, community: CommunityId, moveId: string): Promise<void> {
  await sql`
    update hub_notices n set topic = p.topic, number = p.number, first = p.number, last = case when n.kind = 'reaction'
      then n.last else p.number end
    from hub_former_places f join hub_posts p on p.community_id = f.community_id and p.message_id = f.message_id
    where f.community_id = ${community} and f.move_id = ${moveId} and n.community_id = f.community_id
      and n.topic = f.topic and n.number = f.number`.execute(tx);
}

/** Where the posts of a move stood, and where they stand now, in the order in which they stood. */
export async function movedPosts(
  tx: Tx,
  community: CommunityId,
  moveId: string,
): Promise<{ number: number; topic: number; at: number }[]> {
  const found = await sql<{ number: number; topic: number; at: number }>`
    select f.number, p.topic, p.number as at from hub_former_places f
    join hub_posts p on p.community_id = f.community_id and p.message_id = f.message_id
    where f.community_id = ${community} and f.move_id = ${moveId} order by f.number`.execute(tx);
  return found.rows;
}

/** Puts the posts of a move back to where they stood; their places in the other topic lead there from now on. */
export async function movePostsBack(tx: Tx, community: CommunityId, moveId: string): Promise<void> {
  await sql`
    with leaving as (
      delete from hub_former_places where community_id = ${community} and move_id = ${moveId}
      returning topic, number, message_id
    ), remembered as (
      insert into hub_former_places (community_id, topic, number, message_id)
      select p.community_id, p.topic, p.number, p.message_id from hub_posts p
      join leaving l on l.message_id = p.message_id where p.community_id = ${community}
    ), told as (
      update hub_notices n set topic = l.topic, number = l.number, first = l.number,
        last = case when n.kind = 'reaction' then n.last else l.number end
      from leaving l join hub_posts p on p.community_id = ${community} and p.message_id = l.message_id
      where n.community_id = ${community} and n.topic = p.topic and n.number = p.number
    )
    update hub_posts p set topic = l.topic, number = l.number from leaving l
    where p.community_id = ${community} and p.message_id = l.message_id`.execute(tx);
}

/** The numbers of what goes over with a whole topic: posts that stand, and those whose authors left and may come back to them. */
export async function numbersOfWhole(tx: Tx, community: CommunityId, topic: number): Promise<number[]> {
  const found = await sql<{ number: number }>`
    select p.number from hub_posts p where p.community_id = ${community} and p.topic = ${topic}
      and (p.deleted_at is null or (p.taken_along and exists (select from deleted_messages d
        where d.community_id = p.community_id and d.id = p.message_id and d.content is not null)))
    order by p.number`.execute(tx);
  return found.rows.map(({ number }) => number);
}

/** Counts a topic anew after posts came or went, and makes kept pages of it old. */
export async function recountTopic(tx: Tx, community: CommunityId, topic: number): Promise<void> {
  await sql`
    update hub_topics t set version = t.version + 1, posts = s.posts, last_post = greatest(t.last_post, s.last_post),
      last_at = coalesce(s.last_at, t.last_at), last_member_id = coalesce(s.last_member_id, t.last_member_id)
    from (
      select (count(*) filter (where deleted_at is null))::int as posts, coalesce(max(number), 0) as last_post,
        max(sent_at) filter (where deleted_at is null) as last_at,
        (array_agg(member_id order by sent_at desc, number desc) filter (where deleted_at is null))[1] as last_member_id
      from hub_posts where community_id = ${community} and topic = ${topic}) s
    where t.community_id = ${community} and t.number = ${topic}`.execute(tx);
}

/** Whoever follows a topic follows another one as well, unless they have said something about that themselves. */
export async function followAlong(
  tx: Tx,
  community: CommunityId,
  { from, to }: { from: number; to: number },
): Promise<void> {
  await sql`
    insert into hub_topic_marks as k (community_id, account_id, topic, following)
    select community_id, account_id, ${to}, 'follow' from hub_topic_marks
    where community_id = ${community} and topic = ${from} and following = 'follow'
    on conflict (community_id, account_id, topic) do update set following = 'follow' where k.following = 'none'`.execute(
    tx,
  );
}

/** Posts that once stood in these places of a topic and stand in another one, by the places. */
export async function movedAway(
  tx: Db | Tx,
  community: CommunityId,
  ask: { topic: number; from: number; to: number },
): Promise<{ number: number; topic: number; at: number; title: string; boardId: string; isDeleted: boolean }[]> {
  const found = await sql<{
    number: number;
    topic: number;
    at: number;
    title: string;
    boardId: string;
    isDeleted: boolean;
  }>`
    select f.number, p.topic, p.number as at, t.title, t.board_id as "boardId", t.deleted_at is not null as "isDeleted"
    from hub_former_places f
    join hub_posts p on p.community_id = f.community_id and p.message_id = f.message_id
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic
    where f.community_id = ${community} and f.topic = ${ask.topic} and f.number between ${ask.from} and ${ask.to}
      and f.move_id is not null order by f.number`.execute(tx);
  return found.rows;
}

/** Where the post stands now that stood in this place, or in the first one behind it; undefined when nothing ever left. */
export async function placeNow(
  tx: Tx,
  community: CommunityId,
  place: { topic: number; number: number },
): Promise<{ topic: number; number: number } | undefined> {
  const found = await sql<{ topic: number; number: number }>`
    select p.topic, p.number from hub_former_places f
    join hub_posts p on p.community_id = f.community_id and p.message_id = f.message_id
    where f.community_id = ${community} and f.topic = ${place.topic} and f.number >= ${place.number}
    order by f.number limit 1`.execute(tx);
  return found.rows[0];
}
