import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { COUNTED_MEMBERS, type MemberSort, type MemberTotal } from "../model.ts";
import { conditionOf, countSources, sourcesOf, type CountedSource, type Narrowing } from "./narrowing.ts";

/** One line of the list as stored; instants in milliseconds since 1970 UTC. */
export interface Card {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly isStaff: boolean;
  readonly isBot: boolean;
  readonly messages: number;
  readonly activeDays: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Where a page begins: after the card with this value of the sorted column and this id. */
export interface Place {
  readonly value: string | number;
  readonly id: string;
}

/** Which part of the list is wanted. */
export interface Wanted {
  readonly narrowing: Narrowing;
  readonly sort: MemberSort;
  readonly after?: Place | undefined;
  readonly limit: number;
}

/** So few are fetched and sorted whatever else is true: it takes 5 ms at most. */
const FEW = 4000;
/** Cards looked at in the order of the list before another way is tried; 20,000 take 15 to 25 ms. */
const PATIENCE = 20_000;

const COLUMNS = sql`c.member_id as id, c.name, c.name_key as "nameKey", c.is_staff as "isStaff", c.is_bot as "isBot",
  c.messages, c.active_days as "activeDays", (extract(epoch from c.first_at) * 1000)::float8 as "firstAt",
  (extract(epoch from c.last_at) * 1000)::float8 as "lastAt"`;

interface Order {
  readonly column: "last_at" | "first_at" | "messages" | "name_key";
  readonly by: RawBuilder<unknown>;
  after(place: Place): RawBuilder<unknown>;
}

const orders: Readonly<Record<MemberSort, Order>> = {
  "last-active": {
    column: "last_at",
    by: sql`c.last_at desc, c.member_id desc`,
    after: ({ value, id }) => sql`(c.last_at, c.member_id) < (to_timestamp(${Number(value) / 1000}), ${id}::uuid)`,
  },
  messages: {
    column: "messages",
    by: sql`c.messages desc, c.member_id desc`,
    after: ({ value, id }) => sql`(c.messages, c.member_id) < (${value}::int, ${id}::uuid)`,
  },
  newest: {
    column: "first_at",
    by: sql`c.first_at desc, c.member_id desc`,
    after: ({ value, id }) => sql`(c.first_at, c.member_id) < (to_timestamp(${Number(value) / 1000}), ${id}::uuid)`,
  },
  name: {
    column: "name_key",
    by: sql`c.name_key, c.member_id`,
    after: ({ value, id }) => sql`(c.name_key, c.member_id) > (${value}, ${id}::uuid)`,
  },
};

/** The place of a card in the list's order. */
export function placeOf(card: Card, sort: MemberSort): Place {
  const values = { "last-active": card.lastAt, messages: card.messages, newest: card.firstAt, name: card.nameKey };
  return { value: values[sort], id: card.id };
}

interface Reading {
  readonly tx: Tx;
  readonly community: CommunityId;
  readonly wanted: Wanted;
  readonly order: Order;
  readonly condition: RawBuilder<unknown>;
}

function beyond({ order, wanted }: Reading): RawBuilder<unknown> {
  return wanted.after === undefined ? sql`true` : order.after(wanted.after);
}

/**
 * Fetches everybody a source lists and sorts them. The inner `offset 0` keeps the planner at looking each of them up by
 * key, where it would else read all cards.
 */
async function fetchSet(reading: Reading, source: CountedSource): Promise<Card[]> {
  const { tx, community, wanted, order, condition } = reading;
  const found = await sql<Card>`
    select ${COLUMNS} from (select distinct w.member_id ${source.rows}) chosen
    cross join lateral (
      select * from member_cards k where k.community_id = ${community} and k.member_id = chosen.member_id offset 0
    ) c
    where ${condition} and ${beyond(reading)} order by ${order.by} limit ${wanted.limit}`.execute(tx);
  return found.rows;
}

async function countSet({ tx, community, condition }: Reading, source: CountedSource): Promise<MemberTotal> {
  const found = await sql<{ count: number }>`
    select count(*) as count from (select distinct w.member_id ${source.rows}) chosen
    cross join lateral (
      select * from member_cards k where k.community_id = ${community} and k.member_id = chosen.member_id offset 0
    ) c where ${condition}`.execute(tx);
  return { count: found.rows[0]?.count ?? 0, precision: "exact" };
}

/** Goes through the cards in the list's order and picks. Undefined when too many had to be looked at for too few. */
async function walk(reading: Reading, sources: readonly CountedSource[]): Promise<Card[] | undefined> {
  const { tx, community, wanted, order, condition } = reading;
  const patience = sources.length === 0 ? sql`` : sql`limit ${PATIENCE}`;
  const found = await sql<Card>`
    select ${COLUMNS} from (
      select c.* from member_cards c where c.community_id = ${community} and ${beyond(reading)}
      order by ${order.by} ${patience}
    ) c where ${condition} order by ${order.by} limit ${wanted.limit}`.execute(tx);
  if (found.rows.length === wanted.limit || sources.length === 0) return found.rows;
  // Those that begin with the wanted members end with the last of them; nothing else is to be looked at.
  if (sources.length === 1 && sources[0]?.column === order.column) return found.rows;
  const more = await sql`
    select from member_cards c where c.community_id = ${community} and ${beyond(reading)}
    order by ${order.by} offset ${PATIENCE} limit 1`.execute(tx);
  return more.rows.length === 0 ? found.rows : undefined;
}

/** Whether it is less work to fetch and sort everybody of the smallest source than to go through the list. */
function isSetCheaper(sources: readonly CountedSource[], members: number, wanted: number): boolean {
  const smallest = sources[0];
  if (smallest === undefined || smallest.size > COUNTED_MEMBERS) return false;
  if (smallest.size <= FEW) return true;
  const share = sources.reduce((product, { size }) => product * Math.min(1, size / Math.max(1, members)), 1);
  return smallest.size < wanted / share;
}

/** How many the list holds altogether and when it was renewed; undefined before anybody was counted. */
export async function listState(
  tx: Tx,
  community: CommunityId,
): Promise<{ members: number; renewedAt: number } | undefined> {
  const found = await sql<{ members: number; renewedAt: number }>`
    select members, (extract(epoch from renewed_at) * 1000)::float8 as "renewedAt" from member_lists
    where community_id = ${community}`.execute(tx);
  return found.rows[0];
}

/** How many are on the list without those whom a filter leaves out. */
async function countOthers({ tx, community, wanted }: Reading, members: number): Promise<MemberTotal> {
  const { staff, bots } = wanted.narrowing;
  const left = [
    ...(staff === false
      ? [sql`select member_id from member_cards where community_id = ${community} and is_staff`]
      : []),
    ...(bots === false ? [sql`select member_id from member_cards where community_id = ${community} and is_bot`] : []),
  ];
  if (left.length === 0) return { count: members, precision: "exact" };
  const found = await sql<{ count: number }>`
    select count(*) as count from (${sql.join(left, sql` union `)}) x`.execute(tx);
  return { count: members - (found.rows[0]?.count ?? 0), precision: "exact" };
}

async function countWalked(reading: Reading, sources: readonly CountedSource[]): Promise<MemberTotal | undefined> {
  const { tx, community, wanted } = reading;
  const [smallest, ...others] = sources;
  if (smallest === undefined) return countOthers(reading, (await listState(tx, community))?.members ?? 0);
  const { staff, bots } = wanted.narrowing;
  if (others.length > 0 || staff === false || bots === false) return undefined;
  if (smallest.size > COUNTED_MEMBERS) return { count: COUNTED_MEMBERS, precision: "at-least" };
  const found = await sql<{ count: number }>`
    select count(distinct w.member_id) as count ${smallest.rows}`.execute(tx);
  return { count: found.rows[0]?.count ?? 0, precision: "exact" };
}

/**
 * The cards wanted, in order, and on the first page how many there are; undefined where nobody knows without reading
 * everything. Both ways of reading give the same list; which is taken is a matter of cost alone.
 */
export async function readCards(
  tx: Tx,
  community: CommunityId,
  wanted: Wanted,
): Promise<{ cards: Card[]; total: MemberTotal | undefined }> {
  const condition = conditionOf(community, wanted.narrowing);
  const reading: Reading = { tx, community, wanted, order: orders[wanted.sort], condition };
  const sources = await countSources(tx, sourcesOf(community, wanted.narrowing));
  const smallest = sources[0];
  const members = smallest === undefined ? 0 : ((await listState(tx, community))?.members ?? 0);
  const isFirst = wanted.after === undefined;
  if (smallest !== undefined && isSetCheaper(sources, members, wanted.limit)) {
    const cards = await fetchSet(reading, smallest);
    return { cards, total: isFirst ? await countSet(reading, smallest) : undefined };
  }
  const walked = await walk(reading, sources);
  const cards = walked ?? (smallest === undefined ? [] : await fetchSet(reading, smallest));
  return { cards, total: isFirst ? await countWalked(reading, sources) : undefined };
}
