import { sql, type RawBuilder } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { COUNTED_MEMBERS, type MemberSort, type MemberTotal } from "../model.ts";
import {
  cardCondition,
  countSources,
  entryCondition,
  estimateSources,
  isToldByEntries,
  sourcesOf,
  type CountedSource,
  type Narrowing,
} from "./narrowing.ts";
import { FEW, HANDFUL, isFetchCheaper, LONGEST_READ, sourcesToFetch, sourcesToSift } from "./reading-way.ts";

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
  /** 0 to 12, and the number of the stage. */
  readonly step: number;
  readonly stage: number;
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

/** Cards looked at in the order of the list before another way is tried: 40 ms where none of them is in memory. */
const PATIENCE = 10_000;
/** Entries looked at where only members on certain lists are looked up: some 20 ms. */
const PATIENCE_SIFTING = 200_000;
/** A limit beyond any list: with one, the planner goes through the order as told and does not sort what fits instead. */
const EVERYBODY = 2_147_483_647;
/** Holds the ids of half a million members; for this transaction alone. */
const ROOM_TO_SIFT = "64MB";
/** What does not fit into that room would be gone through again for each entry. */
const MOST_SIFTED = 500_000;

const COLUMNS = sql`c.member_id as id, c.name, c.name_key as "nameKey", c.is_staff as "isStaff", c.is_bot as "isBot",
  c.messages, c.active_days as "activeDays", (extract(epoch from c.first_at) * 1000)::float8 as "firstAt",
  (extract(epoch from c.last_at) * 1000)::float8 as "lastAt", c.level as step, c.stage`;

interface Order {
  readonly column: "last_at" | "first_at" | "messages" | "name_key";
  readonly isRising: boolean;
  readonly by: RawBuilder<unknown>;
  after(place: Place): RawBuilder<unknown>;
}

const orders: Readonly<Record<MemberSort, Order>> = {
  "last-active": {
    column: "last_at",
    isRising: false,
    by: sql`c.last_at desc, c.member_id desc`,
    after: ({ value, id }) => sql`(c.last_at, c.member_id) < (to_timestamp(${Number(value) / 1000}), ${id}::uuid)`,
  },
  messages: {
    column: "messages",
    isRising: false,
    by: sql`c.messages desc, c.member_id desc`,
    after: ({ value, id }) => sql`(c.messages, c.member_id) < (${value}::int, ${id}::uuid)`,
  },
  newest: {
    column: "first_at",
    isRising: false,
    by: sql`c.first_at desc, c.member_id desc`,
    after: ({ value, id }) => sql`(c.first_at, c.member_id) < (to_timestamp(${Number(value) / 1000}), ${id}::uuid)`,
  },
  name: {
    column: "name_key",
    isRising: true,
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
}

interface Found {
  readonly cards: Card[];
  readonly total: MemberTotal;
}

function beyond({ order, wanted }: Reading): RawBuilder<unknown> {
  return wanted.after === undefined ? sql`true` : order.after(wanted.after);
}

/**
 * Fetches everybody whom all these sources list, and sorts them. The inner `offset 0` keeps the planner at looking each
 * of them up by key, where it would else read all cards.
 */
async function fetchSet(reading: Reading, sources: readonly CountedSource[]): Promise<Found> {
  const { tx, community, wanted, order } = reading;
  const lists = sources.map(({ rows }) => sql`select w.member_id ${rows}`);
  const chosen =
    lists.length === 1 ? sql`select distinct member_id from (${lists[0]}) l` : sql.join(lists, sql` intersect `);
  const found = await sql<Card & { total: number }>`
    select ${COLUMNS}, count(*) over () as total from (${chosen}) chosen
    cross join lateral (
      select * from member_cards k where k.community_id = ${community} and k.member_id = chosen.member_id offset 0
    ) c
    where ${entryCondition(wanted.narrowing, "c")} and ${cardCondition(community, wanted.narrowing)}
      and ${beyond(reading)}
    order by ${order.by} limit ${wanted.limit}`.execute(tx);
  return { cards: found.rows, total: { count: found.rows[0]?.total ?? 0, precision: "exact" } };
}

interface WalkPlan {
  /** Only members on all of these lists are looked up. */
  readonly sift: readonly CountedSource[];
  /** Entries to look at before giving up; undefined: all of them. */
  readonly patience: number | undefined;
  /** So few entries fit that they may be picked first, by another index, and sorted then. */
  readonly isShort?: boolean;
}

/**
 * Goes through an order's index, passes over entries that do not fit, and reads the cards of those that may. Undefined
 * when as many entries as its patience allows held too few.
 */
async function walk(reading: Reading, { sift, patience, isShort = false }: WalkPlan): Promise<Card[] | undefined> {
  const { tx, community, wanted, order } = reading;
  const { narrowing, limit } = wanted;
  const entries = sql`
    select c.member_id, ${sql.ref(`c.${order.column}`)} as place, c.last_at, c.first_at, c.messages, c.is_staff, c.is_bot,
      c.level, c.stage
    from member_cards c where c.community_id = ${community} and ${beyond(reading)}
    order by ${order.by}`;
  const direction = order.isRising ? sql`asc` : sql`desc`;
  // Inside `coalesce` the lists stay tables to look into; as joins they would undo the order that ends the walk early.
  const sifted = sift.map(({ rows }) => sql`and coalesce(k.member_id in (select w.member_id ${rows}), false)`);
  const found = await sql<Card>`
    select ${COLUMNS} from (${entries} ${isShort ? sql`` : sql`limit ${patience ?? EVERYBODY}`}) k
    cross join lateral (
      select * from member_cards whole where whole.community_id = ${community} and whole.member_id = k.member_id offset 0
    ) c
    where ${entryCondition(narrowing, "k")} ${sql.join(sifted, sql` `)} and ${cardCondition(community, narrowing)}
    order by k.place ${direction}, k.member_id ${direction} limit ${limit}`.execute(tx);
  if (found.rows.length === limit || patience === undefined) return found.rows;
  const more = await sql`
    select from member_cards c where c.community_id = ${community} and ${beyond(reading)}
    order by ${order.by} offset ${patience} limit 1`.execute(tx);
  return more.rows.length === 0 ? found.rows : undefined;
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

/** Reads a page of a list that entries of indexes tell wholly. */
async function readByEntries(reading: Reading, counted: readonly CountedSource[]): Promise<Card[]> {
  const [smallest] = await estimateSources(reading.tx, counted);
  const isShort = smallest !== undefined && smallest.size <= LONGEST_READ;
  return (await walk(reading, { sift: [], patience: undefined, isShort })) ?? [];
}

/** Reads a page that no entry of an index can tell: by names, platforms and spaces, beside other filters. */
async function readNarrowed(reading: Reading, counted: readonly CountedSource[]): Promise<Partial<Found>> {
  const { tx, community, wanted } = reading;
  const isHandful = (counted[0]?.size ?? 0) <= HANDFUL;
  const sources = isHandful ? counted : await estimateSources(tx, counted);
  const members = (await listState(tx, community))?.members ?? 0;
  if (isFetchCheaper(sources, { members, limit: wanted.limit })) return fetchSet(reading, sourcesToFetch(sources));
  const sift = sourcesToSift(sources);
  const cards = await walk(reading, { sift, patience: sift.length > 0 ? PATIENCE_SIFTING : PATIENCE });
  if (cards !== undefined) return { cards };
  // Whoever is wanted stands far down this order. Long lists can be looked into as well, where memory allows.
  await sql`select set_config('work_mem', ${ROOM_TO_SIFT}, true)`.execute(tx);
  const listed = sources.filter(({ told, size }) => told === "by-index" && size <= MOST_SIFTED);
  return { cards: (await walk(reading, { sift: listed, patience: undefined })) ?? [] };
}

/**
 * The cards wanted, in order, and on the first page how many there are; undefined where nobody knows without reading
 * everything. All ways of reading give the same list; which is taken is a matter of cost alone.
 */
export async function readCards(
  tx: Tx,
  community: CommunityId,
  wanted: Wanted,
): Promise<{ cards: Card[]; total: MemberTotal | undefined }> {
  const { narrowing, after } = wanted;
  const reading: Reading = { tx, community, wanted, order: orders[wanted.sort] };
  const sources = await countSources(tx, sourcesOf(community, narrowing));
  const isFew = (sources[0]?.size ?? Infinity) <= FEW;
  const byEntries = isToldByEntries(narrowing) && !isFew;
  const found: Partial<Found> = byEntries
    ? { cards: await readByEntries(reading, sources) }
    : await readNarrowed(reading, sources);
  const total = after === undefined ? (found.total ?? (await countWalked(reading, sources))) : undefined;
  return { cards: found.cards ?? [], total };
}
