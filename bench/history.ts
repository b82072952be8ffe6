import { sql } from "kysely";
import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { ensureMonths, monthOf } from "#src/platforms/store/months.ts";

/** What a made-up history is like. */
export interface HistoryPlan {
  readonly messages: number;
  readonly members: number;
  /** The history ends now and began this many days ago; it grows by half towards the end of each year. */
  readonly days: number;
  readonly spaces: number;
  readonly slug: string;
}

const DAY = 86_400_000;

/** The instant at which the made-up histories end: fixed, so that two runs measure the same. */
export const HISTORY_END = Date.UTC(2026, 10, 22);

async function makePlaces(databases: Databases, plan: HistoryPlan): Promise<CommunityId> {
  const community = newId(HISTORY_END);
  const owner = databases.owner;
  await sql`insert into communities (id, slug, name, language, time_zone, created_at)
    values (${community}, ${plan.slug}, ${plan.slug}, 'en', 'Europe/Moscow', now())`.execute(owner);
  await sql`insert into log_heads (community_id) values (${community})`.execute(owner);
  await sql`insert into spaces (community_id, id, platform, external_id, name, kind, created_at)
    select ${community}, gen_random_uuid(), 'telegram', i::text, 'Space ' || i, 'chat', now()
    from generate_series(1, ${plan.spaces}::int) i`.execute(owner);
  await sql`insert into members (community_id, id, name, is_staff, is_bot, created_at)
    select ${community}, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'Member ' || i, i % 2000 = 7, i % 5000 = 11, now()
    from generate_series(1, ${plan.members}::int) i`.execute(owner);
  await sql`insert into identities (community_id, id, member_id, platform, external_id, name, created_at)
    select community_id, gen_random_uuid(), id, 'telegram', 'user' || right(id::text, 6), name, now()
    from members where community_id = ${community}`.execute(owner);
  return provenCommunity(community);
}

/**
 * Messages number `from` to `to` of the plan, in time order. Activity is skewed (rank = members^u), a third of the
 * members were there from the beginning, the others come evenly; evenings are louder than nights.
 */
async function writeSlice(
  databases: Databases,
  plan: HistoryPlan,
  slice: { community: CommunityId; from: number; to: number },
): Promise<void> {
  const { community, from, to } = slice;
  const start = HISTORY_END - plan.days * DAY;
  await sql`
    with spaces as (select array_agg(id order by external_id::int) as ids from spaces where community_id = ${community}),
    drawn as (
      select i, (${start}::float8 + (i::float8 / ${plan.messages}) * ${plan.days}::float8 * ${DAY}
        + (sin(i) * 4 + 2 * random()) * 3600000)::bigint as at, i::float8 / ${plan.messages} as progress,
        random() as a, random() as b, random() as c, random() as d, random() as e
      from generate_series(${from}::int, ${to}::int) i
    ),
    placed as (
      select *, ('00000000-0000-7000-8000-' || lpad(to_hex(
          1 + (floor(power(${plan.members} * (0.3 + 0.7 * progress), a))::bigint * 7919) % greatest(1, floor(${plan.members} * (0.3 + 0.7 * progress))::bigint)
        ), 12, '0'))::uuid as member,
        (lpad(to_hex(at), 12, '0') || '7' || left(md5(i::text), 3) || '8' || substr(md5(i::text), 5, 15))::uuid as id
      from drawn
    ),
    homed as (select *, case when c < 0.85 then 1 + (('x' || right(member::text, 4))::bit(16)::int % ${plan.spaces}::int) * (b < 0.9)::int
      else 1 + floor(b * b * ${plan.spaces})::int end as space from placed),
    said as (select *, lag(id, 1 + floor(d * 20)::int) over (order by id) as answered,
      lag(member, 1 + floor(d * 20)::int) over (order by id) as answered_member from homed)
    insert into messages (community_id, id, space_id, member_id, external_id, sent_at, kind, text, language, is_question, reply_to_id, reply_to_member_id)
    select ${community}, id, spaces.ids[space], member, i::text, to_timestamp(at / 1000.0), 'text',
      repeat('lorem ipsum dolor ', 1 + floor(e * e * 12)::int), case when c < 0.6 then 'ru' when c < 0.95 then 'en' end, e < 0.15,
      case when c < 0.4 then answered end, case when c < 0.4 then answered_member end
    from said, spaces`.execute(databases.owner);
}

async function writeAround(databases: Databases, community: CommunityId): Promise<void> {
  await sql`insert into message_reactions (community_id, message_id, emoji, count)
    select community_id, id, (array['👍','❤','🔥','😁','🎉'])[1 + floor(power(random(), 2) * 5)::int], 1 + floor(power(random(), 4) * 12)::int
    from messages where community_id = ${community} and random() < 0.12`.execute(databases.owner);
  await sql`insert into message_links (community_id, message_id, position, domain, url)
    select community_id, id, 0, 'site' || floor(power(500, random()))::int || '.example', 'https://example'
    from messages where community_id = ${community} and random() < 0.05`.execute(databases.owner);
  await sql`insert into member_moves (community_id, id, space_id, member_id, name, kind, happened_at)
    select community_id, gen_random_uuid(), (array_agg(space_id))[1], member_id, '', 'joined', min(sent_at) - interval '1 hour'
    from messages where community_id = ${community} group by community_id, member_id`.execute(databases.owner);
}

/** Makes a community with a long history straight in the database, about 100,000 messages a second. */
export async function makeHistory(
  databases: Databases,
  plan: HistoryPlan,
  say: (line: string) => void,
): Promise<CommunityId> {
  const months = new Set<number>();
  for (let day = -2; day <= plan.days + 1; day += 1) months.add(monthOf(HISTORY_END - day * DAY));
  await ensureMonths(databases.owner, [...months]);
  const community = await makePlaces(databases, plan);
  const step = 100_000;
  for (let from = 1; from <= plan.messages; from += step) {
    await writeSlice(databases, plan, { community, from, to: Math.min(plan.messages, from + step - 1) });
    if (from % 1_000_000 === 1) say(`${plan.slug}: ${from - 1} messages written`);
  }
  await writeAround(databases, community);
  await sql`analyze`.execute(databases.owner);
  return community;
}
