import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { plainText } from "../markdown/plain-text.ts";
import { typedText } from "../talk/text.ts";
import type { SearchablePost } from "./index-posts.ts";

interface Row extends Omit<SearchablePost, "plain" | "sentAt" | "title"> {
  readonly title: string;
  readonly sentAt: Date;
  readonly text: string;
}

/** Those of these messages that are posts and stand, as search takes them in. */
export async function searchablePosts(
  tx: Tx,
  community: CommunityId,
  messageIds: readonly string[],
): Promise<SearchablePost[]> {
  const found = await sql<Row>`
    select p.message_id as "messageId", p.topic, p.number, p.member_id as "memberId", p.sent_at as "sentAt",
      t.title, t.tags, w.text
    from hub_posts p
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic and t.deleted_at is null
    join messages w on w.community_id = p.community_id and w.id = p.message_id
    where p.community_id = ${community} and p.message_id = any(${messageIds}::uuid[]) and p.deleted_at is null`.execute(
    tx,
  );
  return found.rows.map(({ text, title, sentAt, ...post }) => ({
    ...post,
    title: post.number === 1 ? title : undefined,
    sentAt: sentAt.getTime(),
    plain: plainText(typedText(text, post.number)),
  }));
}

/** Posts that the index holds of some people, or by some words: what an erasure may have changed. Behind `after`, in order. */
export async function indexedAfter(
  tx: Tx,
  community: CommunityId,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select message_id as id from hub_search where community_id = ${community} and message_id > ${after}::uuid
    order by message_id limit ${limit}`.execute(tx);
  return found.rows.map(({ id }) => id);
}
