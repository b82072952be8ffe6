import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { mayReadBoard } from "./readers.ts";

const places = sql`in_hub, by_mail`;
const chosenPlaces = (kind: "reaction" | "accepted" | "announcement") => sql`
  not ${kind} = any(coalesce(s.hub_off, '{}')), not ${kind} = any(coalesce(s.mail_off, '{}'))`;
const withSettings = sql`left join hub_notice_settings s on s.community_id = a.community_id and s.account_id = a.id`;
const whereItStands = sql`
  join hub_topics t on t.community_id = p.community_id and t.number = p.topic and t.deleted_at is null
  join hub_boards b on b.community_id = t.community_id and b.id = t.board_id`;
const unlessMuted = sql`not exists (select from hub_topic_marks k where k.community_id = a.community_id
  and k.account_id = a.id and k.topic = p.topic and k.following = 'mute')`;

/**
 * Tells authors how many people have marked these posts, as it stands now. A row is new again when more have than before;
 * when marks are taken back it shrinks, and goes with the last. `last` holds how many there were when it was read.
 */
export async function tellOfMarks(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const marked = sql`p.community_id = ${community} and p.message_id = any(${[...messageIds]}::uuid[])`;
  await sql`
    insert into hub_notices as n (community_id, account_id, kind, topic, number, count, first, last, actor_id, at, ${places})
    select ${community}, a.id, 'reaction', p.topic, p.number, r.people, p.number, 0, r.latest, r.at, ${chosenPlaces("reaction")}
    from hub_posts p ${whereItStands}
    join hub_accounts a on a.community_id = p.community_id and a.member_id = p.member_id
    cross join lateral (select count(distinct m.member_id) as people, max(m.reacted_at) as at,
      (array_agg(m.member_id order by m.reacted_at desc))[1] as latest from message_reactors m
      where m.community_id = p.community_id and m.message_id = p.message_id and m.member_id <> p.member_id) r
    ${withSettings}
    where ${marked} and p.deleted_at is null and r.people > 0 and ${unlessMuted} and ${mayReadBoard}
    order by a.id, p.topic, p.number
    on conflict (community_id, account_id, kind, topic, number) do update set
      count = excluded.count, actor_id = excluded.actor_id,
      at = case when excluded.count > n.count then excluded.at else n.at end,
      read_at = case when excluded.count > n.count then null when excluded.count <= n.last then coalesce(n.read_at, n.at)
        else n.read_at end,
      in_hub = excluded.in_hub, by_mail = excluded.by_mail`.execute(tx);
  await sql`
    delete from hub_notices n using hub_posts p where ${marked} and n.community_id = p.community_id
      and n.kind = 'reaction' and n.topic = p.topic and n.number = p.number
      and not exists (select from message_reactors m where m.community_id = p.community_id
        and m.message_id = p.message_id and m.member_id <> p.member_id)`.execute(tx);
}

/** An answer that was accepted, and whose question it is. */
export interface Accepted {
  readonly messageId: string;
  readonly askerId: string;
  /** When it was, in milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Tells people that their answer was accepted; whoever answers their own question knows. Each answer is told of once. */
export async function tellOfAccepted(tx: Tx, community: CommunityId, accepted: readonly Accepted[]): Promise<void> {
  if (accepted.length === 0) return;
  await sql`
    insert into hub_notices (community_id, account_id, kind, topic, number, count, first, last, actor_id, at, ${places})
    select ${community}, a.id, 'accepted', p.topic, p.number, 1, p.number, p.number, x."askerId", to_timestamp(x.at / 1000),
      ${chosenPlaces("accepted")}
    from jsonb_to_recordset(${JSON.stringify(accepted)}::jsonb) x ("messageId" uuid, "askerId" uuid, at float8)
    join hub_posts p on p.community_id = ${community} and p.message_id = x."messageId" ${whereItStands}
    join hub_accounts a on a.community_id = p.community_id and a.member_id = p.member_id
    ${withSettings}
    where t.answer = p.number and p.member_id <> x."askerId" and ${unlessMuted} and ${mayReadBoard}
    order by a.id, p.topic on conflict do nothing`.execute(tx);
}

/** Takes back what was told of answers that are none any more, unless it was read. */
export async function forgetWithdrawn(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`
    delete from hub_notices n using hub_posts p join hub_topics t on t.community_id = p.community_id and t.number = p.topic
    where p.community_id = ${community} and p.message_id = any(${[...messageIds]}::uuid[])
      and t.answer is distinct from p.number and n.community_id = p.community_id and n.kind = 'accepted'
      and n.topic = p.topic and n.number = p.number and n.read_at is null`.execute(tx);
}

/** Tells a member that the team answered what they had written to it. The answer goes by mail apart from other news. */
export async function tellOfTeamAnswer(
  tx: Tx,
  community: CommunityId,
  { accountId, at }: { accountId: string; at: number },
): Promise<void> {
  await sql`
    insert into hub_notices as n (community_id, account_id, kind, topic, number, count, first, last, at, ${places})
    select ${community}, a.id, 'team', 0, 0, 1, 0, 0, ${new Date(at)}, not 'team' = any(coalesce(s.hub_off, '{}')), false
    from hub_accounts a ${withSettings} where a.community_id = ${community} and a.id = ${accountId}
    on conflict (community_id, account_id, kind, topic, number) do update set
      count = 1 + case when n.read_at is null then n.count else 0 end, at = excluded.at, read_at = null,
      in_hub = excluded.in_hub`.execute(tx);
}

/**
 * Tells a member what the team decided about their wish to belong to a group; asked and decided anew, it is told anew.
 * `at` in milliseconds since 1970 UTC.
 */
export async function tellOfDecision(
  tx: Tx,
  community: CommunityId,
  { accountId, groupNumber, at }: { accountId: string; groupNumber: number; at: number },
): Promise<void> {
  await sql`
    insert into hub_notices as n (community_id, account_id, kind, topic, number, count, first, last, at, ${places})
    select ${community}, a.id, 'group', 0, ${groupNumber}, 1, 0, 0, ${new Date(at)},
      not 'group' = any(coalesce(s.hub_off, '{}')), not 'group' = any(coalesce(s.mail_off, '{}'))
    from hub_accounts a ${withSettings} where a.community_id = ${community} and a.id = ${accountId}
    on conflict (community_id, account_id, kind, topic, number) do update set
      at = excluded.at, read_at = null, in_hub = excluded.in_hub, by_mail = excluded.by_mail`.execute(tx);
}

/** Tells everybody who may read it of a topic that the team announced. Each topic is announced to somebody once. */
export async function tellOfAnnounced(tx: Tx, community: CommunityId, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`
    insert into hub_notices (community_id, account_id, kind, topic, number, count, first, last, actor_id, at, ${places})
    select ${community}, a.id, 'announcement', p.topic, 1, 1, 1, 1, p.member_id, p.sent_at, ${chosenPlaces("announcement")}
    from hub_posts p ${whereItStands}
    join hub_accounts a on a.community_id = p.community_id and a.member_id <> p.member_id
    ${withSettings}
    where p.community_id = ${community} and p.message_id = any(${[...messageIds]}::uuid[]) and p.number = 1
      and p.deleted_at is null and ${unlessMuted} and ${mayReadBoard}
    order by a.id, p.topic on conflict do nothing`.execute(tx);
}
