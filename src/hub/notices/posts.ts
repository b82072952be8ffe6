import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { calledByGroups } from "./called.ts";
import { mayReadBoard } from "./readers.ts";

/** How a called member stands in the HTML of a post; the class is given to nothing that members type. */
const CALLED = `people/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" class="mention"`;

/**
 * Tells of posts that were accepted: whoever is called in one by name, is answered by one, belongs to a group called in one, asked the question, follows the topic or
 * the board. One person hears of one post once, by the first of these. Nobody hears of what they did themselves, have read,
 * have muted or may not read. Safe to repeat: a row that tells of a post already is left as it is.
 */
export async function tellOfPosts(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const called = await calledByGroups(tx, community, messageIds);
  await sql`
    with fresh as (
      select p.topic, p.number, p.member_id, p.html, p.sent_at, t.kind as topic_kind, t.member_id as opener, t.board_id,
        q.member_id as answered
      from hub_posts p
      join hub_topics t on t.community_id = p.community_id and t.number = p.topic and t.deleted_at is null
      left join messages w on w.community_id = p.community_id and w.id = p.message_id
      left join hub_posts q on q.community_id = w.community_id and q.message_id = w.reply_to_id and q.number > 1
      where p.community_id = ${community} and p.message_id = any(${[...messageIds]}::uuid[]) and p.deleted_at is null
    ), meant as (
      select f.topic, f.number, o.id as account_id, 'mention' as kind, 1 as rank from fresh f
        cross join lateral regexp_matches(f.html, ${CALLED}, 'g') called
        join hub_accounts o on o.community_id = ${community} and o.member_id = called[1]::uuid
      union all select f.topic, f.number, o.id, 'quote', 2 from fresh f
        join hub_accounts o on o.community_id = ${community} and o.member_id = f.answered
      union all select c.topic, c.number, c."accountId", 'call', 3
        from jsonb_to_recordset(${JSON.stringify(called)}::jsonb) c (topic int, number int, "accountId" uuid)
      union all select f.topic, f.number, o.id, 'answer', 4 from fresh f
        join hub_accounts o on o.community_id = ${community} and o.member_id = f.opener
        where f.topic_kind = 'question' and f.number > 1
      union all select f.topic, f.number, k.account_id, 'reply', 5 from fresh f
        join hub_topic_marks k on k.community_id = ${community} and k.topic = f.topic and k.following = 'follow'
        where f.number > 1
      union all select f.topic, f.number, l.account_id, 'topic', 6 from fresh f
        join hub_followed_boards l on l.community_id = ${community} and l.board_id = f.board_id where f.number = 1
    ), chosen as (
      select distinct on (account_id, topic, number) account_id, topic, number, kind,
        case when kind in ('reply', 'answer') then 0 else number end as about
      from meant order by account_id, topic, number, rank
    ), told as (
      select c.account_id, c.kind, c.topic, c.about, c.number, f.member_id, f.sent_at,
        not c.kind = any(coalesce(s.hub_off, '{}')) as in_hub, not c.kind = any(coalesce(s.mail_off, '{}')) as by_mail
      from chosen c join fresh f on f.topic = c.topic and f.number = c.number
      join hub_accounts a on a.community_id = ${community} and a.id = c.account_id
      join hub_boards b on b.community_id = ${community} and b.id = f.board_id
      left join hub_topic_marks k on k.community_id = ${community} and k.account_id = c.account_id and k.topic = c.topic
      left join hub_notices n on n.community_id = ${community} and n.account_id = c.account_id and n.kind = c.kind
        and n.topic = c.topic and n.number = c.about
      left join hub_notice_settings s on s.community_id = ${community} and s.account_id = c.account_id
      where a.member_id <> f.member_id and coalesce(k.following, 'none') <> 'mute' and c.number > coalesce(k.read_to, 0)
        and c.number > coalesce(n.last, 0) and ${mayReadBoard}
    )
    insert into hub_notices as n (community_id, account_id, kind, topic, number, count, first, last, actor_id, at, in_hub, by_mail)
    select ${community}, account_id, kind, topic, about, count(*), min(number), max(number),
      (array_agg(member_id order by number desc))[1], max(sent_at), in_hub, by_mail
    from told group by account_id, kind, topic, about, in_hub, by_mail order by account_id, kind, topic, about
    on conflict (community_id, account_id, kind, topic, number) do update set
      count = excluded.count + case when n.read_at is null then n.count else 0 end,
      first = case when n.read_at is null then n.first else excluded.first end,
      last = excluded.last, actor_id = excluded.actor_id, at = excluded.at, read_at = null,
      in_hub = excluded.in_hub, by_mail = excluded.by_mail`.execute(tx);
}

/** A post that was changed: `version` is that of the text it had before. */
export interface EditedPost {
  readonly messageId: string;
  readonly version: number;
}

/**
 * Tells whoever a changed post calls by name now and did not before. Whoever was told of that post once is not told again,
 * but having read the topic up to there is no reason not to be: what stood there then did not call them.
 */
export async function tellOfEdits(tx: Tx, community: CommunityId, edited: readonly EditedPost[]): Promise<void> {
  if (edited.length === 0) return;
  await sql`
    insert into hub_notices (community_id, account_id, kind, topic, number, count, first, last, actor_id, at, in_hub, by_mail)
    select distinct ${community}::uuid, a.id, 'mention', p.topic, p.number, 1, p.number, p.number, p.member_id,
      coalesce(p.edited_at, p.sent_at), not 'mention' = any(coalesce(s.hub_off, '{}')),
      not 'mention' = any(coalesce(s.mail_off, '{}'))
    from jsonb_to_recordset(${JSON.stringify(edited)}::jsonb) x ("messageId" uuid, version int)
    join hub_posts p on p.community_id = ${community} and p.message_id = x."messageId" and p.deleted_at is null
    join message_versions w on w.community_id = p.community_id and w.message_id = p.message_id and w.version = x.version
    join hub_topics t on t.community_id = p.community_id and t.number = p.topic and t.deleted_at is null
    join hub_boards b on b.community_id = t.community_id and b.id = t.board_id
    cross join lateral regexp_matches(p.html, ${CALLED}, 'g') called
    join hub_accounts a on a.community_id = p.community_id and a.member_id = called[1]::uuid
    left join hub_notice_settings s on s.community_id = a.community_id and s.account_id = a.id
    where a.member_id <> p.member_id and ${mayReadBoard}
      and w.text !~* ('@' || replace(regexp_replace(a.name_key, '([.-])', '[\\1]', 'g'), ' ', '[ -]') || '(?![[:alnum:]_])')
      and not exists (select from hub_topic_marks k where k.community_id = a.community_id and k.account_id = a.id
        and k.topic = p.topic and k.following = 'mute')
    on conflict do nothing`.execute(tx);
}

/** Takes back what was told of posts that are gone. */
export async function forgetGonePosts(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const gone = sql`(select p.topic, p.number from hub_posts p where p.community_id = ${community}
    and p.message_id = any(${[...messageIds]}::uuid[]) and p.deleted_at is not null) gone`;
  await sql`
    delete from hub_notices n using ${gone} where n.community_id = ${community} and n.topic = gone.topic
      and n.number = gone.number`.execute(tx);
  await sql`
    update hub_notices n set count = greatest(0, n.count - left_out.posts)
    from (select m.account_id, m.kind, m.topic, count(*) as posts from hub_notices m join ${gone} on gone.topic = m.topic
      where m.community_id = ${community} and m.number = 0 and m.read_at is null and gone.number between m.first and m.last
      group by 1, 2, 3) left_out
    where n.community_id = ${community} and n.account_id = left_out.account_id and n.kind = left_out.kind
      and n.topic = left_out.topic and n.number = 0`.execute(tx);
  await sql`
    delete from hub_notices n using ${gone} where n.community_id = ${community} and n.topic = gone.topic and n.number = 0
      and n.count = 0`.execute(tx);
}
