import type { CommunityId } from "#src/base/community-id.ts";
import type { Db } from "#src/base/database.ts";
import { type Post, POSTS_A_PAGE, type TopicRow } from "../model.ts";
import { openShelf } from "./kept.ts";
import { pageNow } from "./page-posts.ts";
import { pinnedTopics, topicsByNumber, topicsOf, type TopicsAsk, type WholeTopic } from "./topics.ts";

/** About what a topic takes as a line, and a post beside its HTML, in bytes. */
const ROW_BYTES = 700;
const lists = openShelf<readonly TopicRow[]>(8 * 1024 * 1024);
const pages = openShelf<PagePosts>(24 * 1024 * 1024);

async function listed(
  { key, version }: { key: string; version: string },
  read: () => Promise<readonly TopicRow[]>,
): Promise<readonly TopicRow[]> {
  const known = lists.find(key, version);
  if (known !== undefined) return known;
  const value = await read();
  lists.keep(key, { version, value, bytes: key.length + value.length * ROW_BYTES });
  return value;
}

/** As `topicsOf`, read once for all who ask the same at one version of the lists. What somebody follows is their own. */
export function topicsAt(
  db: Db,
  community: CommunityId,
  { asked, version }: { asked: TopicsAsk; version: string },
): Promise<readonly TopicRow[]> {
  if (asked.filter === "following") return topicsOf(db, community, asked);
  const key = `${community} ${JSON.stringify({ ...asked, accountId: undefined })}`;
  return listed({ key, version }, () => topicsOf(db, community, asked));
}

/** As `pinnedTopics`, read once for all who ask the same at one version of the lists. */
export function pinnedAt(
  db: Db,
  community: CommunityId,
  { asked, version }: { asked: { boardIds: readonly string[]; boardId: string | undefined }; version: string },
): Promise<readonly TopicRow[]> {
  const key = `${community} pinned ${JSON.stringify(asked)}`;
  return listed({ key, version }, () => pinnedTopics(db, community, asked));
}

/** As `topicsByNumber`, read once for all who ask the same at one version of the lists. */
export function numberedTopicsAt(
  db: Db,
  community: CommunityId,
  { asked, version }: { asked: { numbers: readonly number[]; boardIds: readonly string[] }; version: string },
): Promise<readonly TopicRow[]> {
  return listed({ key: `${community} ${JSON.stringify(asked)}`, version }, () => topicsByNumber(db, community, asked));
}

/** The posts of a page, and the accepted answer where it stands on another one. */
export interface PagePosts {
  readonly posts: readonly Post[];
  readonly far: Post | undefined;
}

/** The posts of a page as the topic's version has them, read once for all who come until the topic or `hubVersion` changes. */
export async function postsAt(
  db: Db,
  community: CommunityId,
  { topic, page, hubVersion }: { topic: WholeTopic; page: number; hubVersion: number },
): Promise<PagePosts> {
  const [key, version] = [`${community} ${topic.number} ${page}`, `${hubVersion} ${topic.version}`];
  const known = pages.find(key, version);
  if (known !== undefined) return known;
  const also = page === 1 ? topic.answer : null;
  const found = await pageNow(db, { community, topic: topic.number, page, also });
  const posts = found.filter(({ number }) => number <= page * POSTS_A_PAGE);
  const far = found.find(({ number }) => number > page * POSTS_A_PAGE);
  const value = { posts, far };
  const bytes = [...posts, ...(far === undefined ? [] : [far])].reduce(
    (sum, post) => sum + post.html.length + ROW_BYTES,
    0,
  );
  pages.keep(key, { version, value, bytes });
  return value;
}
