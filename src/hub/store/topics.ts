import { type RawBuilder, sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Db, Tx } from "#src/base/database.ts";
import { askedTogether } from "#src/base/gathering.ts";
import type { TopicFilter, TopicKind, TopicRow } from "../model.ts";

/** A topic as a row of `topicColumns`. */
export type RawTopic = Omit<TopicRow, "madeAt" | "lastAt"> & { readonly madeAt: Date; readonly lastAt: Date };

/** What `topicFrom` wants of `topicTables`. */
export const topicColumns = sql`t.number, t.board_id as "boardId", t.kind, t.title, t.tags,
  json_build_object('memberId', t.member_id, 'name', coalesce(a.name, ''), 'isTeam', coalesce(a.is_staff, false)) as author,
  t.made_at as "madeAt", t.last_at as "lastAt",
  json_build_object('memberId', t.last_member_id, 'name', coalesce(l.name, ''), 'isTeam', coalesce(l.is_staff, false)) as "lastAuthor",
  t.posts, t.last_post as "lastPost", t.answer, t.closed_at is not null as "isClosed", t.pinned_at is not null as "isPinned"`;
/** Topics with who opened them and who wrote last. */
export const topicTables = sql`hub_topics t
  left join members a on a.community_id = t.community_id and a.id = t.member_id
  left join members l on l.community_id = t.community_id and l.id = t.last_member_id`;

/** A topic from a row of the database. */
export function topicFrom(row: RawTopic): TopicRow {
  return { ...row, madeAt: row.madeAt.toISOString(), lastAt: row.lastAt.toISOString() };
}

/** What part of the list of topics is asked for. */
export interface TopicsAsk {
  /** Only these boards: what the visitor may see. */
  readonly boardIds: readonly string[];
  readonly filter: TopicFilter;
  readonly tag: string | undefined;
  readonly authorId?: string | undefined;
  /** Whose followed topics `following` means. */
  readonly accountId: string | undefined;
  /** The key of the last topic of the page before: its last post in milliseconds since 1970 UTC, and its number. */
  readonly after: readonly [number, number] | undefined;
  readonly limit: number;
}

const filters: Record<TopicFilter, RawBuilder<unknown>> = {
  all: sql`true`,
  // Nobody can answer in a closed topic, so it waits for nothing.
  unsolved: sql`t.kind = 'question' and t.answer is null and t.closed_at is null`,
  solved: sql`t.kind = 'question' and t.answer is not null`,
  following: sql`true`,
};

function followedBy(community: CommunityId, { filter, accountId }: TopicsAsk): RawBuilder<unknown> {
  if (filter !== "following") return sql`true`;
  return sql`exists (select from hub_topic_marks k where k.community_id = ${community} and k.topic = t.number
    and k.account_id = ${accountId ?? null} and k.following = 'follow')`;
}

/** Topics, the latest written in first. Keyset: costs the same on every page. */
export async function topicsOf(tx: Db | Tx, community: CommunityId, ask: TopicsAsk): Promise<TopicRow[]> {
  const { boardIds, filter, tag, authorId, after, limit } = ask;
  const [at, number] = after ?? [];
  const behind = at === undefined ? sql`true` : sql`(t.last_at, t.number) < (${new Date(at)}, ${number})`;
  const found = await sql<RawTopic>`
    select ${topicColumns} from ${topicTables} where t.community_id = ${community} and t.deleted_at is null
      and t.board_id = any(${[...boardIds]}::uuid[]) and ${filters[filter]} and ${followedBy(community, ask)} and ${behind}
      and ${tag === undefined ? sql`true` : sql`t.tags @> array[${tag}]`}
      and ${authorId === undefined ? sql`true` : sql`t.member_id = ${authorId}`}
    order by t.last_at desc, t.number desc limit ${limit}`.execute(tx);
  return found.rows.map(topicFrom);
}

/** Topics by their numbers, in the order of the list handed in; deleted ones are left out. */
export async function topicsByNumber(
  tx: Db | Tx,
  community: CommunityId,
  ask: { numbers: readonly number[]; boardIds: readonly string[] },
): Promise<TopicRow[]> {
  const found = await sql<RawTopic>`
    select ${topicColumns} from ${topicTables} where t.community_id = ${community} and t.number = any(${[...ask.numbers]}::int[])
      and t.deleted_at is null and t.board_id = any(${[...ask.boardIds]}::uuid[])
    order by array_position(${[...ask.numbers]}::int[], t.number)`.execute(tx);
  return found.rows.map(topicFrom);
}

/**
 * Topics that stand above lists, the latest pinned first: of a board those pinned in it, and everywhere those pinned
 * everywhere; at most ten.
 */
export async function pinnedTopics(
  db: Db,
  community: CommunityId,
  { boardIds, boardId }: { boardIds: readonly string[]; boardId: string | undefined },
): Promise<TopicRow[]> {
  const here = boardId === undefined ? sql`false` : sql`t.board_id = ${boardId}`;
  const found = await sql<RawTopic>`
    select ${topicColumns} from ${topicTables} where t.community_id = ${community} and t.deleted_at is null
      and t.pinned_at is not null and t.board_id = any(${[...boardIds]}::uuid[]) and (t.pinned_everywhere or ${here})
    order by t.pinned_at desc, t.number limit 10`.execute(db);
  return found.rows.map(topicFrom);
}

/** Topics announced at this instant (milliseconds since 1970 UTC), the one that ends first before the others; at most five. */
export async function announcedTopics(
  db: Db,
  community: CommunityId,
  { boardIds, at }: { boardIds: readonly string[]; at: number },
): Promise<TopicRow[]> {
  const found = await sql<RawTopic>`
    select ${topicColumns} from ${topicTables} where t.community_id = ${community} and t.deleted_at is null
      and t.announced_until > ${new Date(at)} and t.board_id = any(${[...boardIds]}::uuid[])
    order by t.announced_until, t.number limit 5`.execute(db);
  return found.rows.map(topicFrom);
}

/**
 * The most talked about topics since `from`: three for each person who wrote in one, and one for each post. So that five
 * people with a post each (20) outweigh two who answer each other ten times (16). `from` in milliseconds since 1970 UTC.
 */
export async function popularSince(
  tx: Tx,
  community: CommunityId,
  ask: { from: number; limit: number },
): Promise<number[]> {
  const found = await sql<{ topic: number }>`
    select topic from hub_posts where community_id = ${community} and sent_at >= ${new Date(ask.from)} and deleted_at is null
    group by topic order by 3 * count(distinct member_id) + count(*) desc, topic desc limit ${ask.limit}`.execute(tx);
  return found.rows.map((row) => row.topic);
}

/** A topic with what only its own page and whoever writes in it need to know. */
export interface WholeTopic extends TopicRow {
  readonly version: number;
  readonly isDeleted: boolean;
  /** The topic that its posts went over to. */
  readonly mergedInto: number | null;
  readonly isPinnedEverywhere: boolean;
  /** Null while it is not announced; may lie in the past. */
  readonly announcedUntil: Date | null;
}

type Standing = Omit<WholeTopic, keyof TopicRow>;

/** A topic is asked for by its community and its number. */
interface TopicAsk {
  readonly community: CommunityId;
  readonly number: number;
}

async function wholeTopics(db: Db | Tx, asked: readonly TopicAsk[]): Promise<(WholeTopic | undefined)[]> {
  const found = await sql<RawTopic & Standing & { n: number }>`
    select asked.n, ${topicColumns}, t.version, t.deleted_at is not null as "isDeleted", t.merged_into as "mergedInto",
      t.pinned_everywhere as "isPinnedEverywhere", t.announced_until as "announcedUntil"
    from unnest(${asked.map(({ community }) => community)}::uuid[], ${asked.map(({ number }) => number)}::int[])
      with ordinality as asked (community_id, number, n)
    join (${topicTables}) on t.community_id = asked.community_id and t.number = asked.number`.execute(db);
  const topics = new Map(
    found.rows.map(({ n, version, isDeleted, mergedInto, isPinnedEverywhere, announcedUntil, ...row }) => [
      n,
      { ...topicFrom(row), version, isDeleted, mergedInto, isPinnedEverywhere, announcedUntil },
    ]),
  );
  return asked.map((_, i) => topics.get(i + 1));
}

/** A topic, deleted or not; undefined when there never was one. */
export async function topicOf(tx: Db | Tx, community: CommunityId, number: number): Promise<WholeTopic | undefined> {
  return (await wholeTopics(tx, [{ community, number }]))[0];
}

/** As `topicOf`, for what pages ask again and again. */
export const topicNow = askedTogether(wholeTopics);

/** A topic as whoever changes it must know it. */
export interface HeldTopic {
  readonly number: number;
  readonly boardId: string;
  readonly kind: TopicKind;
  readonly title: string;
  readonly memberId: string;
  readonly lastPost: number;
  readonly answer: number | null;
  readonly isClosed: boolean;
  readonly isDeleted: boolean;
  readonly mergedInto: number | null;
}

const heldColumns = sql`number, board_id as "boardId", kind, title, member_id as "memberId", last_post as "lastPost", answer,
  closed_at is not null as "isClosed", deleted_at is not null as "isDeleted", merged_into as "mergedInto"`;

function byNumber(rows: readonly HeldTopic[]): Map<number, HeldTopic> {
  return new Map(rows.map((topic) => [topic.number, topic]));
}

/** Topics as they stand, by their numbers; those that never were are missing. */
export async function topicHeads(
  db: Db,
  community: CommunityId,
  numbers: readonly number[],
): Promise<Map<number, HeldTopic>> {
  const found = await sql<HeldTopic>`
    select ${heldColumns} from hub_topics where community_id = ${community} and number = any(${[...numbers]}::int[])`.execute(
    db,
  );
  return byNumber(found.rows);
}

/** As `topicHeads`, and holds them until the transaction ends; in the order of their numbers, so that two who do so never wait for each other. */
export async function holdTopics(
  tx: Tx,
  community: CommunityId,
  numbers: readonly number[],
): Promise<Map<number, HeldTopic>> {
  const found = await sql<HeldTopic>`
    select ${heldColumns} from hub_topics where community_id = ${community} and number = any(${[...numbers]}::int[])
    order by hub_topics.number for update`.execute(tx);
  return byNumber(found.rows);
}

/** Holds a topic until the transaction ends; undefined when there is none. */
export async function holdTopic(tx: Tx, community: CommunityId, number: number): Promise<HeldTopic | undefined> {
  return (await holdTopics(tx, community, [number])).get(number);
}

/** The number of a topic about to be made. */
export async function nextTopic(tx: Tx, community: CommunityId): Promise<number> {
  const found = await sql<{ topics: number }>`
    update hubs set topics = topics + 1 where community_id = ${community} returning topics`.execute(tx);
  return found.rows[0]?.topics ?? 1;
}

/** A topic to be, with its first post. `at` in milliseconds since 1970 UTC. */
export interface NewTopic {
  readonly number: number;
  readonly boardId: string;
  readonly kind: TopicKind;
  readonly title: string;
  readonly tags: readonly string[];
  readonly memberId: string;
  readonly at: number;
}

/** Adds a topic in which no post stands yet. */
export async function addTopic(tx: Tx, community: CommunityId, topic: NewTopic): Promise<void> {
  const at = new Date(topic.at);
  await sql`
    insert into hub_topics (community_id, number, board_id, kind, title, tags, member_id, made_at, last_at, last_member_id,
      last_post, posts)
    values (${community}, ${topic.number}, ${topic.boardId}, ${topic.kind}, ${topic.title}, ${[...topic.tags]},
      ${topic.memberId}, ${at}, ${at}, ${topic.memberId}, 0, 0)`.execute(tx);
}

/** What changes of a topic itself; what is missing stays. Times in milliseconds since 1970 UTC, null takes them away. */
export interface TopicChange {
  readonly title?: string;
  readonly answer?: number | null;
  readonly closedAt?: number | null;
  readonly pinnedAt?: number | null;
  readonly deletedAt?: number | null;
  readonly boardId?: string;
  readonly mergedInto?: number | null;
  readonly pinnedEverywhere?: boolean;
  readonly announcedUntil?: number | null;
}

function moment(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

/** Changes a topic and makes kept pages of it old; without a change it only does the latter. */
export async function changeTopic(
  tx: Tx,
  community: CommunityId,
  { number, change }: { number: number; change: TopicChange },
): Promise<void> {
  const { title, answer, closedAt, pinnedAt, deletedAt, boardId, mergedInto, pinnedEverywhere, announcedUntil } =
    change;
  const set = [
    sql`version = version + 1`,
    ...(title === undefined ? [] : [sql`title = ${title}`]),
    ...(answer === undefined ? [] : [sql`answer = ${answer}, lost_answer = null`]),
    ...(closedAt === undefined ? [] : [sql`closed_at = ${moment(closedAt)}`]),
    ...(pinnedAt === undefined ? [] : [sql`pinned_at = ${moment(pinnedAt)}`]),
    ...(deletedAt === undefined ? [] : [sql`deleted_at = ${moment(deletedAt)}`]),
    ...(boardId === undefined ? [] : [sql`board_id = ${boardId}`]),
    ...(mergedInto === undefined ? [] : [sql`merged_into = ${mergedInto}`]),
    ...(pinnedEverywhere === undefined ? [] : [sql`pinned_everywhere = ${pinnedEverywhere}`]),
    ...(announcedUntil === undefined ? [] : [sql`announced_until = ${moment(announcedUntil)}`]),
  ];
  await sql`
    update hub_topics set ${sql.join(set)} where community_id = ${community} and number = ${number}`.execute(tx);
}
