import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { markedExcerpt } from "./excerpt.ts";
import { findPosts, type PostSearch, similarTopics } from "./find.ts";
import { forgetIndex, forgetPosts, indexPosts, type SearchablePost } from "./index-posts.ts";
import { queryWords } from "./words.ts";

const databases = await testDatabase();
const NOW = Date.UTC(2026, 10, 1);
const OPEN = newId(NOW);
const CLOSED = newId(NOW + 1);
const HERON = newId(NOW + 2);

/** A post with what its topic says of it. */
type StandingPost = SearchablePost & { readonly boardId: string; readonly isSolved: boolean };

function post(topic: number, plain: string, more: Partial<StandingPost> = {}): StandingPost {
  const number = more.number ?? 1;
  return {
    messageId: newId(NOW + topic * 1000 + number),
    topic,
    number,
    boardId: OPEN,
    memberId: HERON,
    title: undefined,
    tags: [],
    isSolved: false,
    sentAt: NOW + topic * 1000 + number,
    plain,
    ...more,
  };
}

async function stand(community: CommunityId, posts: readonly StandingPost[]): Promise<void> {
  const db = databases.owner;
  for (const [n, id] of [OPEN, CLOSED].entries()) {
    await sql`insert into spaces (community_id, id, platform, external_id, name, kind, created_at)
      values (${community}, ${id}, 'hub', ${`board:${n}`}, 'Board', 'board', now())`.execute(db);
    await sql`insert into hub_boards (community_id, id, key, about, access, position)
      values (${community}, ${id}, ${`b${n}`}, '', 'everyone', ${n})`.execute(db);
  }
  for (const { topic, number, boardId, tags, isSolved, title, memberId, messageId, sentAt } of posts) {
    const at = new Date(sentAt);
    await sql`insert into hub_topics (community_id, number, board_id, kind, title, tags, member_id, made_at, last_at,
        last_member_id, last_post, posts, answer)
      values (${community}, ${topic}, ${boardId}, 'question', ${title ?? "Untitled"}, ${[...tags]}, ${memberId}, ${at}, ${at},
        ${memberId}, 1, 1, ${isSolved ? 1 : null}) on conflict do nothing`.execute(db);
    await sql`insert into hub_posts (community_id, topic, number, message_id, member_id, as_team, html, sent_at)
      values (${community}, ${topic}, ${number}, ${messageId}, ${memberId}, false, '', ${at})`.execute(db);
  }
}

async function hub(...posts: StandingPost[]): Promise<CommunityId> {
  const community = await emptyCommunity(databases);
  await stand(community, posts);
  await databases.asOwner((tx) => indexPosts(tx, community, posts));
  return community;
}

const search = (community: CommunityId, typed: string, more: Partial<PostSearch> = {}) =>
  findPosts(databases.planned, community, { typed, boardIds: [OPEN], limit: 10, ...more });

async function topics(community: CommunityId, typed: string, more: Partial<PostSearch> = {}): Promise<number[]> {
  return (await search(community, typed, more)).items.map(({ topic }) => topic.number);
}

test("a question is found by another form of its words, in Russian and in English", async () => {
  const community = await hub(
    post(1, "Как настроить уведомления о новых заказах?"),
    post(2, "The parcels are delivered on Mondays"),
    post(3, "Ещё один ёжик"),
  );
  expect(await topics(community, "настройка уведомлений")).toEqual([]);
  expect(await topics(community, "уведомлениями заказов")).toEqual([1]);
  expect(await topics(community, "delivering PARCEL")).toEqual([2]);
  expect(await topics(community, "ежики")).toEqual([3]);
  expect(await topics(community, "ёжики еще")).toEqual([3]);
});

test("ё is searched as е, look-alikes as what they stand for, and й stays what it is", () => {
  expect(queryWords("Ёжик ﬁn Café йод, ёжик!")).toEqual(["ежик", "fin", "cafe", "йод"]);
});

test("a slip of the finger is forgiven when nothing holds the word as it was typed", async () => {
  const community = await hub(post(1, "Купил велосипед вчера"), post(2, "delivery of a parcel"));
  for (const typed of ["велсипед", "велоссипед", "вилосипеды", "вечра велосипед", "велоиспедом"]) {
    const found = await search(community, typed);
    expect([typed, found.isCorrected, found.items.map(({ topic }) => topic.number)]).toEqual([typed, true, [1]]);
  }
  expect(await topics(community, "parcle")).toEqual([2]);
  expect((await search(community, "велосипед")).isCorrected).toBe(false);
  expect(await topics(community, "самокат")).toEqual([]);
});

test("a word in the title weighs more than one in the text, and one topic is found once", async () => {
  const community = await hub(
    post(1, "storm storm storm in the text"),
    post(2, "calm", { title: "The storm" }),
    post(2, "a storm again", { number: 2 }),
    post(3, "windy", { tags: ["storm"] }),
  );
  const found = await search(community, "storm");
  expect(found.items.map(({ topic, number }) => [topic.number, number])).toEqual([
    [2, 1],
    [3, 1],
    [1, 1],
  ]);
});

test("nothing of a board that one may not read is found, and nothing of another community", async () => {
  const community = await hub(post(1, "open secret"), post(2, "closed secret", { boardId: CLOSED }));
  const other = await hub(post(7, "foreign secret"));
  expect(await topics(community, "secret")).toEqual([1]);
  expect(await topics(community, "secret", { boardIds: [CLOSED, OPEN] })).toHaveLength(2);
  expect(await topics(community, "secret", { boardIds: [] })).toEqual([]);
  expect(await topics(other, "secret", { boardIds: [OPEN, CLOSED] })).toEqual([7]);
  const asked = sql`select from hub_search_best(${community}, 'secret'::tsquery, array[${OPEN}::uuid], 9, null, null, null, null,
    null, null, null, 9)`;
  const within = (place: CommunityId) => databases.asCommunity(place, (tx) => asked.execute(tx));
  expect((await within(community)).rows).toHaveLength(1);
  expect((await within(other)).rows).toEqual([]);
});

test("a search can be narrowed by author, tag, time and whether it was solved", async () => {
  const otter = newId(NOW + 9);
  const community = await hub(
    post(1, "tent", { memberId: otter }),
    post(2, "tent", { tags: ["gear"] }),
    post(3, "tent", { isSolved: true }),
  );
  expect(await topics(community, "tents", { memberId: otter })).toEqual([1]);
  expect(await topics(community, "tents", { tag: "gear" })).toEqual([2]);
  expect(await topics(community, "tents", { solved: true })).toEqual([3]);
  expect(await topics(community, "tents", { from: NOW + 2000, to: NOW + 3000 })).toEqual([2]);
});

test("of a word that too many posts hold, those are found that one may read, asks for, and as long ago as one asks", async () => {
  const hidden = [4, 5, 6].map((topic) => post(topic, "fire", { boardId: CLOSED }));
  const community = await hub(post(1, "fire", { tags: ["gear"] }), post(2, "fire", { isSolved: true }), ...hidden);
  const found = async (more: {
    tag?: string;
    solved?: boolean;
    until?: Date;
    boards?: string[];
  }): Promise<number[]> => {
    const { tag = null, solved = null, until = null, boards = [OPEN] } = more;
    // Three are too many here.
    const { rows } = await sql<{ topic: number }>`
      select topic from hub_search_best(${community}, 'fire'::tsquery, ${boards}::uuid[], 3, null, null, ${until}, ${tag},
        ${solved}, null, null, 9)`.execute(databases.planned);
    return rows.map(({ topic }) => topic);
  };
  expect(await found({})).toEqual([2, 1]);
  expect(await found({ boards: [OPEN, CLOSED] })).toEqual([6, 5, 4]);
  expect(await found({ boards: [OPEN, CLOSED], tag: "gear" })).toEqual([1]);
  expect(await found({ boards: [OPEN, CLOSED], solved: true })).toEqual([2]);
  expect(await found({ until: new Date(NOW + 2000) })).toEqual([1]);
});

test("pages of a search follow each other without a gap or a repetition", async () => {
  const community = await hub(...Array.from({ length: 23 }, (_, n) => post(n + 1, `camp number ${n}`)));
  for (const typed of ["camp", "camps numbre"]) {
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const page = await search(community, typed, { limit: 5, after });
      seen.push(...page.items.map(({ topic }) => topic.number));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toHaveLength(23);
    expect(new Set(seen).size).toBe(23);
  }
});

test("an edited post is found by its new words alone, a deleted one by none, and nothing of either is kept", async () => {
  const first = post(1, "original wording");
  const community = await hub(first, post(2, "original idea"));
  await databases.asOwner((tx) => indexPosts(tx, community, [{ ...first, plain: "changed text" }]));
  expect(await topics(community, "wording")).toEqual([]);
  expect(await topics(community, "changed")).toEqual([1]);
  await databases.asOwner((tx) => forgetPosts(tx, community, [first.messageId]));
  expect(await topics(community, "changed")).toEqual([]);
  const words = await sql<{ word: string }>`
    select word from hub_vocabulary where community_id = ${community} order by 1`.execute(databases.owner);
  expect(words.rows.map(({ word }) => word)).toEqual(["idea", "origin"]);
  await databases.asOwner((tx) => forgetIndex(tx, community));
  expect(await topics(community, "original")).toEqual([]);
});

test("whoever types a title is shown topics with titles alike", async () => {
  const community = await hub(
    post(1, "…", { title: "Не приходит письмо для входа" }),
    post(2, "письмо не пришло", { title: "О погоде" }),
    post(3, "…", { title: "Письма и посылки" }),
  );
  const similar = (title: string) => similarTopics(databases.planned, community, { title, boardIds: [OPEN], limit: 5 });
  expect(await similar("Письмо для входа не пришло")).toEqual([1, 3]);
  expect(await similar("и в на")).toEqual([]);
});

test("whatever is typed into the search is a search and never an error", async () => {
  const community = await hub(post(1, "words"));
  for (const typed of [
    "",
    "'",
    "a & | !",
    "<->",
    "((",
    ":*",
    "\\",
    "%",
    "\0",
    "\ud800",
    "и",
    "x".repeat(5000),
    "! ".repeat(3000),
    "a' b\"c :A",
  ]) {
    expect((await search(community, typed)).items).toEqual([]);
  }
});

test("an excerpt shows where the word stands and marks its forms, whatever signs are around it", () => {
  const long = `${"слово ".repeat(40)}<b>Уведомления</b> приходят поздно ${"слово ".repeat(40)}`;
  const pieces = markedExcerpt(long, ["уведомлен"]);
  expect(pieces.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(["Уведомления"]);
  const text = pieces.map((piece) => piece.text).join("");
  expect(text).toContain("<b>Уведомления</b> приходят");
  expect(text.startsWith("… ") && text.endsWith(" …")).toBe(true);
  expect(text.length).toBeLessThan(200);
  expect(markedExcerpt("Happy days", ["happi"])[0]).toEqual({ text: "Happy", isMatch: true });
  expect(markedExcerpt("который кот", ["кот"]).filter(({ isMatch }) => isMatch)).toEqual([
    { text: "кот", isMatch: true },
  ]);
  expect(markedExcerpt("nothing here", ["x"])).toEqual([{ text: "nothing here", isMatch: false }]);
});

test("whatever form of a word the search finds, it marks", async () => {
  const pairs = [
    ["чайник", "чайники"],
    ["чайники", "чайником"],
    ["покупка", "покупками"],
    ["покупающий", "покупающимися"],
    ["зёрна", "зернами"],
    ["учиться", "учившиеся"],
    ["run", "running"],
    ["make", "making"],
    ["stopping", "stop"],
    ["hope", "hoped"],
    ["story", "stories"],
    ["replies", "replying"],
    ["grinder", "grinders"],
  ] as const;
  const community = await hub(...pairs.map(([, word], n) => post(n + 1, `aa ${word} zz`)));
  const marked: unknown[] = [];
  for (const [typed] of pairs) {
    const { items, stems } = await search(community, typed);
    const shown = items.map(({ topic }) => markedExcerpt(`aa ${pairs[topic.number - 1]?.[1]} zz`, stems));
    marked.push([typed, items.length > 0, shown.every((pieces) => pieces.some(({ isMatch }) => isMatch))]);
  }
  expect(marked).toEqual(pairs.map(([typed]) => [typed, true, true]));
});
