import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { consumers } from "#src/consumers.ts";
import type { Fact } from "#src/events.ts";
import { indexPosts } from "#src/hub/search/index-posts.ts";
import { searchablePosts } from "#src/hub/search/posts.ts";

/** Posts that are put into the index at once. */
const AT_ONCE = 2000;

/** Tells of every post what the intake tells of it. */
async function tellPosts({ owner }: Databases, community: CommunityId): Promise<void> {
  await sql`
    with numbered as (
      select p.sent_at, p.message_id, p.member_id, m.space_id, m.reply_to_id, row_number() over (order by p.sent_at, p.message_id) as n
      from hub_posts p join messages m on m.community_id = p.community_id and m.id = p.message_id
      where p.community_id = ${community}),
    told as (
      select n * 2 - 1 as n, 'message.posted' as kind, sent_at, jsonb_strip_nulls(jsonb_build_object('messageId', message_id,
        'spaceId', space_id, 'memberId', member_id, 'platform', 'hub', 'replyToId', reply_to_id)) as payload from numbered
      union all
      select n * 2, 'message.accepted', sent_at, jsonb_build_object('messageId', message_id, 'spaceId', space_id,
        'memberId', member_id) from numbered),
    head as (
      insert into log_heads as h (community_id, seq) values (${community}, (select max(n) from told))
      on conflict (community_id) do update set seq = h.seq + excluded.seq
      returning seq - (select max(n) from told) as before)
    insert into facts (community_id, seq, kind, happened_at, recorded_at, payload)
    select ${community}, before + n, kind, sent_at, sent_at, payload from told, head order by n`.execute(owner);
}

async function indexAll(databases: Databases, community: CommunityId): Promise<void> {
  const found = await sql<{ id: string }>`
    select message_id as id from hub_posts where community_id = ${community} order by message_id`.execute(
    databases.owner,
  );
  const ids = found.rows.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await databases.asOwner(async (tx) => {
      await indexPosts(tx, community, await searchablePosts(tx, community, ids.slice(from, from + AT_ONCE)));
    });
}

/**
 * Counts and indexes everything that was written, so that consumers have nothing left to read: those that take history in
 * are told of it at once, and every cursor is put behind the last fact.
 */
export async function countTown(
  databases: Databases,
  community: CommunityId,
  say: (line: string) => void,
): Promise<void> {
  await tellPosts(databases, community);
  const span = await sql<{ firstAt: number; lastAt: number; messages: number }>`
    select (extract(epoch from min(sent_at)) * 1000)::float8 as "firstAt", count(*) as messages,
      (extract(epoch from max(sent_at)) * 1000)::float8 as "lastAt" from hub_posts where community_id = ${community}`.execute(
    databases.owner,
  );
  const { firstAt = 0, lastAt = 0, messages = 0 } = span.rows[0] ?? {};
  const payload = { importId: community, messages, firstAt, lastAt };
  const fact: Fact = { seq: 1, kind: "history.imported", happenedAt: lastAt, payload };
  for (const consumer of consumers)
    if (consumer.kinds.includes("history.imported"))
      await databases.asOwner((tx) => consumer.react(tx, community, [fact]));
  say("counted");
  await indexAll(databases, community);
  say("indexed");
  await sql`
    insert into cursors (community_id, consumer, seq, digested_at)
    select ${community}, name, (select seq from log_heads where community_id = ${community}), now()
    from unnest(${consumers.map(({ name }) => name)}::text[]) as c (name)
    on conflict (community_id, consumer) do update set seq = excluded.seq`.execute(databases.owner);
  // What a server does by itself within a minute shall not happen while something is measured.
  await sql`vacuum (analyze)`.execute(databases.owner);
}
