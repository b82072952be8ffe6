import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { FEED_REACH, type FeedItem, type FeedView, feedViews } from "./model.ts";

/** A row of the feed with its whole text; `topic`, `number` and `title` say where a post of the hub stands. */
export interface FeedRow extends Omit<FeedItem, "at" | "address"> {
  readonly at: Date;
  readonly topic: number | null;
  readonly number: number | null;
  readonly title: string | null;
}

/** What happened lately, the newest first, behind the number `after`. Reads no further back than `FEED_REACH`. */
export async function feedOf(
  tx: Tx,
  community: CommunityId,
  ask: { view: FeedView; spaceId: string | undefined; after: number | undefined; limit: number },
): Promise<FeedRow[]> {
  const { view, spaceId, after, limit } = ask;
  const found = await sql<FeedRow>`
    select f.seq, f.kind, f.happened_at as at, s.platform, json_build_object('id', s.id, 'name', s.name) as space,
      case when m.id is null then null
        else json_build_object('id', m.id, 'name', m.name, 'isStaff', m.is_staff) end as member,
      w.text, f.payload->>'emoji' as emoji, p.topic, p.number, t.title
    from (
      select seq, kind, happened_at, payload from facts
      where community_id = ${community} and kind = any(${[...feedViews[view]]}::text[])
        and seq > (select seq from log_heads where community_id = ${community}) - ${FEED_REACH}
        and ${after === undefined ? sql`true` : sql`seq < ${after}`}
        and ${spaceId === undefined ? sql`true` : sql`payload->>'spaceId' = ${spaceId}`}
      order by seq desc limit ${limit}) f
    join spaces s on s.community_id = ${community} and s.id = (f.payload->>'spaceId')::uuid
    left join members m on m.community_id = ${community} and m.id = (f.payload->>'memberId')::uuid
    left join messages w on w.community_id = ${community} and w.id = (f.payload->>'messageId')::uuid
    left join hub_posts p on p.community_id = ${community} and p.message_id = w.id and p.deleted_at is null
    left join hub_topics t on t.community_id = ${community} and t.number = p.topic
    order by f.seq desc`.execute(tx);
  return found.rows;
}
