import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import { askedTogether } from "#src/base/gathering.ts";

/** That somebody has read a topic up to a post. `at` in milliseconds since 1970 UTC. */
interface TopicRead {
  readonly community: CommunityId;
  readonly accountId: string;
  readonly topic: number;
  readonly to: number;
  readonly at: number;
}

/**
 * Notes how far somebody has read a topic, which never goes back, and marks as read what tells of it up to that post; a
 * notice that goes beyond it tells of the rest. Says how many became read.
 */
export const readTopicTo = askedTogether<TopicRead, number>(async (db, asked) => {
  const found = await sql<{ read: number }>`
    with asked as (
      select * from unnest(${asked.map(({ community }) => community)}::uuid[],
        ${asked.map(({ accountId }) => accountId)}::uuid[], ${asked.map(({ topic }) => topic)}::int[],
        ${asked.map(({ to }) => to)}::int[], ${asked.map(({ at }) => at)}::float8[])
        with ordinality as asked (community_id, account_id, topic, up_to, at, n)
    ), reads as (
      select community_id, account_id, topic, max(up_to) as up_to, to_timestamp(max(at) / 1000) as at
      from asked group by 1, 2, 3
    ), marked as (
      insert into hub_topic_marks as k (community_id, account_id, topic, read_to)
      select community_id, account_id, topic, up_to from reads order by 1, 2, 3
      on conflict (community_id, account_id, topic) do update set read_to = excluded.read_to
      where k.read_to < excluded.read_to
    ), done as (
      update hub_notices n set
        count = case when n.number = 0 and n.last > r.up_to then least(n.count, n.last - greatest(n.first - 1, r.up_to))
          else n.count end,
        first = case when n.number = 0 and n.last > r.up_to then greatest(n.first, r.up_to + 1) else n.first end,
        read_at = case when n.number = 0 and n.last > r.up_to then null else r.at end,
        last = case when n.kind = 'reaction' then n.count else n.last end
      from reads r where n.community_id = r.community_id and n.account_id = r.account_id and n.topic = r.topic
        and n.read_at is null and (n.number = 0 or n.number <= r.up_to)
      returning n.community_id, n.account_id, n.topic, n.in_hub and n.read_at is not null as is_read
    )
    select (select count(*) from done d where d.community_id = a.community_id and d.account_id = a.account_id
      and d.topic = a.topic and d.is_read) as read from asked a order by a.n`.execute(db);
  return found.rows.map(({ read }) => read);
});
