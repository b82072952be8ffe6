import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** A topic as a feed tells of it. */
export interface FeedTopic {
  readonly number: number;
  readonly title: string;
  readonly tags: readonly string[];
  readonly boardId: string;
  readonly author: string;
  readonly madeAt: Date;
  /** The message of its first post as it is stored: the title before what was typed. */
  readonly stored: string;
}

/** The topics opened last in these boards, the newest first. */
export async function newestTopics(
  tx: Tx,
  community: CommunityId,
  ask: { boardIds: readonly string[]; limit: number },
): Promise<FeedTopic[]> {
  const found = await sql<FeedTopic>`
    select t.number, t.title, t.tags, t.board_id as "boardId", coalesce(a.name, '') as author, t.made_at as "madeAt", m.text as stored
    from (select * from hub_topics where community_id = ${community} and deleted_at is null
      and board_id = any(${[...ask.boardIds]}::uuid[]) order by number desc limit ${ask.limit}) t
    join hub_posts p on p.community_id = t.community_id and p.topic = t.number and p.number = 1
    join messages m on m.community_id = p.community_id and m.id = p.message_id
    left join members a on a.community_id = t.community_id and a.id = t.member_id
    order by t.number desc`.execute(tx);
  return found.rows;
}

/** A topic as a search engine's list names it. */
export interface ListedTopic {
  readonly number: number;
  readonly title: string;
  readonly lastAt: Date;
}

/** The topics of these boards whose numbers lie above `above` and not above `upTo`, by number. */
export async function topicsBetween(
  tx: Tx,
  community: CommunityId,
  ask: { boardIds: readonly string[]; above: number; upTo: number },
): Promise<ListedTopic[]> {
  const found = await sql<ListedTopic>`
    select number, title, last_at as "lastAt" from hub_topics where community_id = ${community} and deleted_at is null
      and board_id = any(${[...ask.boardIds]}::uuid[]) and number > ${ask.above} and number <= ${ask.upTo}
    order by number`.execute(tx);
  return found.rows;
}

/** The highest number a topic of the hub has; 0 while there is none. */
export async function lastTopicNumber(tx: Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ last: number | null }>`
    select max(number) as last from hub_topics where community_id = ${community}`.execute(tx);
  return found.rows[0]?.last ?? 0;
}
