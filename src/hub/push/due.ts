import { type RawBuilder, sql } from "kysely";
import type { CommunityFacts } from "#src/accounts/call.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import type { Locale } from "#src/base/locale.ts";
import type { Notice, NoticeKey } from "../notices/kinds.ts";
import { mayReadBoard } from "../notices/readers.ts";
import { usualSettings } from "../notices/settings.ts";
import type { QuietHours } from "./quiet.ts";

/** What nobody was told within a day, such as because nothing ran here, does not ring any more; it stands in the hub. */
const RINGS_MS = 86_400_000;

/** A notice as it may be told on a device now. */
export interface Ring extends Pick<Notice, "kind" | "topic" | "number" | "title" | "first" | "count" | "actor"> {
  readonly at: Date;
  /** Whether everybody who has the hub's address may read what it is about. */
  readonly isOpen: boolean;
}

/** A community, with the file of its logo as phones show it; null while it has none. */
export interface HubFacts extends CommunityFacts {
  readonly icon: string | null;
}

/** A community whose members may be told. */
export interface PushPlace {
  readonly community: CommunityId;
  readonly facts: HubFacts;
}

/** Somebody who has devices, and how they are told. */
export interface Listener extends QuietHours {
  readonly accountId: string;
  readonly language: Locale;
}

/** The open hubs of real communities in which somebody has a device; one of them where it is named. */
export async function factsOfHubs(db: Db, only?: string): Promise<HubFacts[]> {
  const found = await sql<HubFacts>`
    select c.id, c.slug, c.name, c.language, c.time_zone as "timeZone", h.logo->>'touch' as icon from communities c
    join hubs h on h.community_id = c.id and h.is_open
    where c.deleted_at is null and not c.is_sample and ${only === undefined ? sql`true` : sql`c.id = ${only}`}
      and exists (select from hub_push_devices d where d.community_id = c.id) order by c.id`.execute(db);
  return found.rows;
}

/** How a notice `n` of an account `a` with settings `s` rings: unread, of a chosen kind, of today, and theirs to read. */
const rings = (
  now: number,
): RawBuilder<boolean> => sql<boolean>`(n.read_at is null and n.at > ${new Date(now - RINGS_MS)}
  and not n.kind = any(coalesce(s.push_off, '{}')) and a.left_at is null
  and (n.topic = 0 or (t.deleted_at is null and ${mayReadBoard})))`;

/** Notices, not yet told as they stand, that came after an account's first device. */
const isNews = sql`n.at > coalesce(n.pushed_at, '-infinity') and n.at > (select min(d.made_at) from hub_push_devices d
  where d.community_id = a.community_id and d.account_id = a.id)`;

const tables = sql`hub_notices n
  join hub_accounts a on a.community_id = n.community_id and a.id = n.account_id
  join hubs h on h.community_id = n.community_id
  left join hub_notice_settings s on s.community_id = a.community_id and s.account_id = a.id
  left join hub_topics t on t.community_id = n.community_id and t.number = n.topic
  left join hub_boards b on b.community_id = t.community_id and b.id = t.board_id
  left join members m on m.community_id = n.community_id and m.id = n.actor_id`;

const columns = sql`n.kind, n.topic, n.number, n.first, n.count, n.at, coalesce(t.title, '') as title,
  coalesce(m.name, '') as actor,
  (n.topic = 0 or (h.reading = 'everyone' and b.access = 'everyone' and b.archived_at is null)) as "isOpen"`;

function howTold({ facts }: PushPlace): RawBuilder<unknown> {
  const { quietFrom, quietTo, timeZone, language } = usualSettings(facts);
  return sql`select a.id as "accountId", coalesce(s.quiet_from, ${quietFrom}) as "quietFrom",
      coalesce(s.quiet_to, ${quietTo}) as "quietTo", coalesce(s.time_zone, ${timeZone}) as "timeZone",
      coalesce(s.language, ${language}) as language
    from hub_accounts a left join hub_notice_settings s on s.community_id = a.community_id and s.account_id = a.id`;
}

/** Everybody of a community with a device and something that may be news; `now` in milliseconds since 1970 UTC. */
export async function listeners(db: Db, place: PushPlace, now: number): Promise<Listener[]> {
  const found = await sql<Listener>`
    ${howTold(place)} where a.community_id = ${place.community}
      and exists (select from hub_push_devices d where d.community_id = a.community_id and d.account_id = a.id)
      and exists (select from hub_notices n where n.community_id = a.community_id and n.account_id = a.id
        and n.read_at is null and n.at > ${new Date(now - RINGS_MS)} and n.at > coalesce(n.pushed_at, '-infinity'))
    order by a.id`.execute(db);
  return found.rows;
}

/** How one account is told, whatever there is to tell; undefined when its owner has left. */
export async function listenerOf(db: Db, place: PushPlace, accountId: string): Promise<Listener | undefined> {
  const found = await sql<Listener>`
    ${howTold(place)} where a.community_id = ${place.community} and a.id = ${accountId} and a.left_at is null`.execute(
    db,
  );
  return found.rows[0];
}

/** Takes what an account is to be told now, so that nobody else tells it: the oldest first, at most a hundred. */
export async function takeNews(
  tx: Tx,
  community: CommunityId,
  ask: { accountId: string; now: number },
): Promise<Ring[]> {
  const found = await sql<Ring>`
    with news as (
      select n.kind, n.topic, n.number from ${tables} where n.community_id = ${community} and n.account_id = ${ask.accountId}
        and ${isNews} and ${rings(ask.now)} order by n.at limit 100 for update of n),
    taken as (
      update hub_notices n set pushed_at = n.at from news where n.community_id = ${community}
        and n.account_id = ${ask.accountId} and n.kind = news.kind and n.topic = news.topic and n.number = news.number
      returning n.kind, n.topic, n.number)
    select ${columns} from ${tables} join taken on taken.kind = n.kind and taken.topic = n.topic
      and taken.number = n.number
    where n.community_id = ${community} and n.account_id = ${ask.accountId} order by n.at`.execute(tx);
  return found.rows;
}

function amongKeys(keys: readonly NoticeKey[]): RawBuilder<boolean> {
  const list = keys.map(({ kind, topic, number }) => sql`(${kind}, ${topic}::int, ${number}::int)`);
  return sql<boolean>`(n.kind, n.topic, n.number) in (${sql.join(list)})`;
}

/** What of these notices still rings: not read meanwhile, and still theirs to read. */
export async function standingNews(
  db: Db,
  community: CommunityId,
  ask: { accountId: string; keys: readonly NoticeKey[]; now: number },
): Promise<Ring[]> {
  const found = await sql<Ring>`
    select ${columns} from ${tables} where n.community_id = ${community} and n.account_id = ${ask.accountId}
      and ${amongKeys(ask.keys)} and ${rings(ask.now)} order by n.at`.execute(db);
  return found.rows;
}

/** Puts these notices back: they are told when the quiet hours end. */
export async function putBack(
  db: Db,
  community: CommunityId,
  { accountId, keys }: { accountId: string; keys: readonly NoticeKey[] },
): Promise<void> {
  await sql`
    update hub_notices n set pushed_at = null where n.community_id = ${community} and n.account_id = ${accountId}
      and ${amongKeys(keys)}`.execute(db);
}

/** Communities in which something waited to be told while the install was a backup; another one may have told it. */
export async function overdueNews(db: Db, now: number): Promise<{ id: string; content: { community: string } }[]> {
  const found = await sql<{ id: string }>`
    select distinct n.community_id as id from hub_notices n join hub_push_devices d on d.community_id = n.community_id
      and d.account_id = n.account_id
    where n.read_at is null and n.at > ${new Date(now - RINGS_MS)} and n.at > coalesce(n.pushed_at, '-infinity')`.execute(
    db,
  );
  return found.rows.map(({ id }) => ({ id, content: { community: id } }));
}

/** Passes over what waits in a community. */
export async function skipNews(tx: Tx, id: string): Promise<void> {
  await sql`update hub_notices set pushed_at = at where community_id = ${id} and read_at is null`.execute(tx);
}
