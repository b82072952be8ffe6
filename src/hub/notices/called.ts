import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { CALLED_GROUP } from "../store/called.ts";
import { accountsOfGroup } from "../store/circles.ts";
import type { EditedPost } from "./posts.ts";
import { mayReadBoard } from "./readers.ts";

/** Most posts call none: this is looked at before anything costs. */
const CALLS_SOME = `%class="mention group"%`;

/** Somebody who is called in a post because a group of theirs is. */
export interface CalledOne {
  readonly topic: number;
  readonly number: number;
  readonly accountId: string;
}

/** Who is called by these posts through groups as they stand now, each once for each post. */
export async function calledByGroups(
  tx: Tx,
  community: CommunityId,
  messageIds: readonly string[],
): Promise<CalledOne[]> {
  const calls = await sql<{ topic: number; number: number; called: number }>`
    select p.topic, p.number, called[1]::int as called from hub_posts p
    cross join lateral regexp_matches(p.html, ${CALLED_GROUP}, 'g') called
    where p.community_id = ${community} and p.message_id = any(${[...messageIds]}::uuid[]) and p.deleted_at is null
      and p.html like ${CALLS_SOME}`.execute(tx);
  if (calls.rows.length === 0) return [];
  const found = await sql<CalledOne>`
    select distinct c.topic, c.number, a.id as "accountId"
    from jsonb_to_recordset(${JSON.stringify(calls.rows)}::jsonb) c (topic int, number int, called int)
    join hub_groups g on g.community_id = ${community} and g.number = c.called and g.deleted_at is null
    cross join lateral ${accountsOfGroup} a`.execute(tx);
  return found.rows;
}

/**
 * Tells the people of groups that a changed post calls now and did not before. Whoever was told of that post, or is called
 * in it by name, is not told again.
 */
export async function tellOfNewCalls(tx: Tx, community: CommunityId, edited: readonly EditedPost[]): Promise<void> {
  if (edited.length === 0) return;
  await sql`
    with calls as materialized (
      select p.topic, p.number, p.member_id, coalesce(p.edited_at, p.sent_at) as at, g.community_id, g.id
      from jsonb_to_recordset(${JSON.stringify(edited)}::jsonb) x ("messageId" uuid, version int)
      join hub_posts p on p.community_id = ${community} and p.message_id = x."messageId" and p.deleted_at is null
        and p.html like ${CALLS_SOME}
      join message_versions w on w.community_id = p.community_id and w.message_id = p.message_id and w.version = x.version
      cross join lateral regexp_matches(p.html, ${CALLED_GROUP}, 'g') called
      join hub_groups g on g.community_id = p.community_id and g.number = called[1]::int and g.deleted_at is null
      where translate(w.text, 'ёЁ', 'еЕ') !~* ('@' || regexp_replace(g.handle_key, '([.-])', '[\\1]', 'g') || '(?![[:alnum:]_])')
    )
    insert into hub_notices (community_id, account_id, kind, topic, number, count, first, last, actor_id, at, in_hub, by_mail)
    select distinct on (a.id, g.topic, g.number) g.community_id, a.id, 'call', g.topic, g.number, 1, g.number, g.number,
      g.member_id, g.at, not 'call' = any(coalesce(s.hub_off, '{}')), not 'call' = any(coalesce(s.mail_off, '{}'))
    from calls g cross join lateral ${accountsOfGroup} theirs
    join hub_accounts a on a.community_id = g.community_id and a.id = theirs.id
    join hub_topics t on t.community_id = g.community_id and t.number = g.topic and t.deleted_at is null
    join hub_boards b on b.community_id = t.community_id and b.id = t.board_id
    left join hub_notice_settings s on s.community_id = a.community_id and s.account_id = a.id
    where a.member_id <> g.member_id and ${mayReadBoard}
      and not exists (select from hub_notices n where n.community_id = a.community_id and n.account_id = a.id
        and n.topic = g.topic and n.number = g.number and n.kind in ('mention', 'quote', 'topic'))
      and not exists (select from hub_topic_marks k where k.community_id = a.community_id and k.account_id = a.id
        and k.topic = g.topic and k.following = 'mute')
    order by a.id, g.topic, g.number on conflict do nothing`.execute(tx);
}
