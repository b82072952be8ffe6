import type { CommunityId } from "#src/base/community-id.ts";
import type { Db } from "#src/base/database.ts";
import type { Post, TopicRow } from "../model.ts";
import { openShelf } from "./kept.ts";
import { postsByNumber, postsOfPage } from "./posts.ts";
import { topicsByNumber, topicsOf, type TopicsAsk, type WholeTopic } from "./topics.ts";

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
  const posts = await postsOfPage(db, community, { topic: topic.number, page });
  const { answer } = topic;
  const isElsewhere = answer !== null && page === 1 && !posts.some(({ number }) => number === answer);
  const [far] = isElsewhere ? await postsByNumber(db, community, { topic: topic.number, numbers: [answer] }) : [];
  const value = { posts, far };
  const bytes = [...posts, ...(far === undefined ? [] : [far])].reduce(
    (sum, post) => sum + post.html.length + ROW_BYTES,
    0,
  );
  pages.keep(key, { version, value, bytes });
  return value;
}
