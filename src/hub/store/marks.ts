import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { askedTogether } from "#src/base/gathering.ts";
import type { Account, OwnMarks } from "../model.ts";
import { ENOUGH_TO_KNOW_BY } from "./posts.ts";

/** A reader of a topic. */
interface ReaderOfTopic {
  readonly community: CommunityId;
  readonly account: Account;
  readonly topic: number;
}

interface MarksRow {
  readonly readTo: number | null;
  readonly following: OwnMarks["following"] | null;
  readonly bookmarks: number[];
  readonly reactions: string[];
  readonly hasNotices: boolean;
}

/** What belongs to one reader of a topic. */
export const marksOf = askedTogether<ReaderOfTopic, OwnMarks>(async (db, asked) => {
  const found = await sql<MarksRow>`
    select k.read_to as "readTo", k.following,
      exists (select from hub_notices n where n.community_id = a.community_id and n.account_id = a.account_id
        and n.topic = a.topic and n.read_at is null) as "hasNotices",
      array(select b.number from hub_bookmarks b where b.community_id = a.community_id and b.account_id = a.account_id
        and b.topic = a.topic) as bookmarks,
      array(select p.number || ' ' || r.emoji from hub_posts p join message_reactors r
        on r.community_id = p.community_id and r.message_id = p.message_id and r.member_id = a.member_id
        where p.community_id = a.community_id and p.topic = a.topic) as reactions
    from unnest(${asked.map(({ community }) => community)}::uuid[], ${asked.map(({ account }) => account.accountId)}::uuid[],
      ${asked.map(({ account }) => account.memberId)}::uuid[], ${asked.map(({ topic }) => topic)}::int[])
      with ordinality as a (community_id, account_id, member_id, topic, n)
    left join hub_topic_marks k on k.community_id = a.community_id and k.account_id = a.account_id and k.topic = a.topic
    order by a.n`.execute(db);
  return found.rows.map(({ readTo, following, bookmarks, reactions, hasNotices }) => ({
    readTo: readTo ?? 0,
    following: following ?? "none",
    bookmarks,
    reactions: new Set(reactions),
    hasNotices,
  }));
});

/** A reader of a list of topics. */
interface ReaderOfList {
  readonly community: CommunityId;
  readonly accountId: string;
  readonly topics: readonly number[];
}

/** How far an account has read these topics; topics it never opened are left out. */
export const readingOf = askedTogether<ReaderOfList, Map<number, number>>(async (db, asked) => {
  const lines = asked.flatMap(({ community, accountId, topics }, of) =>
    topics.map((topic) => ({ of, community, accountId, topic })),
  );
  const found = await sql<{ of: number; topic: number; readTo: number }>`
    select a.of, k.topic, k.read_to as "readTo" from unnest(${lines.map(({ of }) => of)}::int[],
      ${lines.map(({ community }) => community)}::uuid[], ${lines.map(({ accountId }) => accountId)}::uuid[],
      ${lines.map(({ topic }) => topic)}::int[]) as a (of, community_id, account_id, topic)
    join hub_topic_marks k on k.community_id = a.community_id and k.account_id = a.account_id and k.topic = a.topic`.execute(
    db,
  );
  const reading = asked.map(() => new Map<number, number>());
  for (const { of, topic, readTo } of found.rows) reading[of]?.set(topic, readTo);
  return reading;
});

/** Whoever writes in a topic has read it, and follows it unless they have said something about that themselves. */
export async function markWritten(
  tx: Tx,
  community: CommunityId,
  marks: readonly { accountId: string; topic: number; to: number }[],
): Promise<void> {
  await sql`
    insert into hub_topic_marks as k (community_id, account_id, topic, read_to, following)
    select ${community}, account_id, topic, max(number), 'follow'
    from unnest(${marks.map(({ accountId }) => accountId)}::uuid[], ${marks.map(({ topic }) => topic)}::int[],
      ${marks.map(({ to }) => to)}::int[]) as written (account_id, topic, number)
    group by account_id, topic order by account_id, topic
    on conflict (community_id, account_id, topic) do update set read_to = greatest(k.read_to, excluded.read_to)`.execute(
    tx,
  );
}

/** Notes whether an account wants to hear of a topic. */
export async function markFollowing(
  tx: Tx,
  community: CommunityId,
  mark: { accountId: string; topic: number; following: OwnMarks["following"] },
): Promise<void> {
  await sql`
    insert into hub_topic_marks as k (community_id, account_id, topic, following)
    values (${community}, ${mark.accountId}, ${mark.topic}, ${mark.following})
    on conflict (community_id, account_id, topic) do update set following = excluded.following`.execute(tx);
}

/** A bookmark of somebody's. */
export interface Bookmark {
  readonly accountId: string;
  readonly topic: number;
  readonly number: number;
}

/** Sets or takes away a bookmark. `at` in milliseconds since 1970 UTC; undefined takes it away. */
export async function setBookmark(
  tx: Tx,
  community: CommunityId,
  { accountId, topic, number, at }: Bookmark & { at: number | undefined },
): Promise<void> {
  if (at === undefined) {
    await sql`delete from hub_bookmarks where community_id = ${community} and account_id = ${accountId}
      and topic = ${topic} and number = ${number}`.execute(tx);
    return;
  }
  await sql`
    insert into hub_bookmarks (community_id, account_id, topic, number, made_at)
    values (${community}, ${accountId}, ${topic}, ${number}, ${new Date(at)}) on conflict do nothing`.execute(tx);
}

/** Somebody's bookmarks, the newest first, with the titles of their topics and how the stored texts begin; at most 200. */
export async function bookmarksOf(
  tx: Tx,
  community: CommunityId,
  { accountId, boardIds }: { accountId: string; boardIds: readonly string[] },
): Promise<{ topic: number; title: string; number: number; text: string; madeAt: Date }[]> {
  const found = await sql<{ topic: number; title: string; number: number; text: string; madeAt: Date }>`
    select b.topic, t.title, b.number, left(coalesce(w.text, ''), ${ENOUGH_TO_KNOW_BY}) as text, b.made_at as "madeAt"
    from hub_bookmarks b
    left join hub_posts p on p.community_id = b.community_id and p.topic = b.topic and p.number = b.number
      and p.deleted_at is null
    left join messages w on w.community_id = p.community_id and w.id = p.message_id
    join hub_topics t on t.community_id = b.community_id and t.number = b.topic and t.deleted_at is null
    where b.community_id = ${community} and b.account_id = ${accountId} and t.board_id = any(${[...boardIds]}::uuid[])
    order by b.made_at desc, b.topic, b.number limit 200`.execute(tx);
  return found.rows;
}

/** What these readers have marked of these posts, by account; whoever has marked nothing is missing. */
export async function marksOfMany(
  tx: Tx,
  community: CommunityId,
  asked: { topic: number; numbers: readonly number[]; accounts: readonly Account[] },
): Promise<Map<string, OwnMarks>> {
  const { topic, accounts } = asked;
  if (accounts.length === 0 || asked.numbers.length === 0) return new Map();
  const numbers = [...asked.numbers];
  const found = await sql<{ accountId: string; bookmarks: number[]; reactions: string[] }>`
    select reader.account_id as "accountId",
      array_agg(marked.number order by marked.number) filter (where marked.emoji is null) as bookmarks,
      array_agg(marked.number || ' ' || marked.emoji) filter (where marked.emoji is not null) as reactions
    from unnest(${accounts.map(({ accountId }) => accountId)}::uuid[], ${accounts.map(({ memberId }) => memberId)}::uuid[])
      as reader (account_id, member_id)
    join (
      select b.account_id, null::uuid as member_id, b.number, null as emoji from hub_bookmarks b
      where b.community_id = ${community} and b.topic = ${topic} and b.number = any(${numbers}::int[])
      union all
      select null, r.member_id, p.number, r.emoji from hub_posts p
      join message_reactors r on r.community_id = p.community_id and r.message_id = p.message_id
      where p.community_id = ${community} and p.topic = ${topic} and p.number = any(${numbers}::int[])
    ) marked on marked.account_id = reader.account_id or marked.member_id = reader.member_id
    group by reader.account_id`.execute(tx);
  return new Map(
    found.rows.map(({ accountId, bookmarks, reactions }) => [
      accountId,
      { readTo: 0, following: "none", bookmarks: bookmarks ?? [], reactions: new Set(reactions), hasNotices: false },
    ]),
  );
}
