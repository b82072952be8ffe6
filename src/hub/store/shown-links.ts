import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";

/** What is known of the links of a post `p`, as a list in JSON: where hub and author want it shown, and the topic it leads to stands. */
export const shownLinks: RawBuilder<unknown> = sql`coalesce((select json_agg(json_build_object('address', l.address,
    'title', coalesce(to_topic.title, l.title), 'about', l.about, 'site', l.site, 'topic', l.topic,
    'boardId', to_topic.board_id) order by u.place)
  from hub_link_uses u
  join hub_links l on l.community_id = u.community_id and l.address_hash = u.address_hash and l.state = 'found'
  join hubs h on h.community_id = u.community_id and h.shows_links
  left join hub_topics to_topic on to_topic.community_id = l.community_id and to_topic.number = l.topic
    and to_topic.deleted_at is null
  where u.community_id = p.community_id and u.topic = p.topic and u.number = p.number and not p.hides_links
    and p.html <> '' and (l.topic is null or to_topic.number is not null)), '[]')`;

/** Has a post show what its links lead to, or not. */
export async function setHidesLinks(
  tx: Tx,
  community: CommunityId,
  post: { topic: number; number: number; hides: boolean },
): Promise<void> {
  await sql`
    update hub_posts set hides_links = ${post.hides} where community_id = ${community} and topic = ${post.topic}
      and number = ${post.number}`.execute(tx);
}
