import type { Post } from "../model.ts";
import { postsByNumber, postsOfPage } from "../store/posts.ts";
import { topicOf, type WholeTopic } from "../store/topics.ts";
import type { TopicNews } from "./fragments.ts";
import type { LivePlace } from "./seats.ts";

/** How a page looked when its readers were told last: each post, and the answer below the question, by what is shown of it. */
export interface Told {
  readonly version: number;
  readonly posts: ReadonlyMap<number, string>;
  readonly answer: string;
}

/** The posts of a page, and of the first page the accepted answer when it stands below the question once more. */
export interface PageNow {
  readonly posts: readonly Post[];
  readonly answer: Post | undefined;
}

/** What there is to see of a page, in short. */
export function toldOf(topic: WholeTopic, { posts, answer }: PageNow): Told {
  const looks = (post: Post): string => JSON.stringify([post, topic.answer === post.number, topic.isClosed]);
  return {
    version: topic.version,
    posts: new Map(posts.map((post) => [post.number, looks(post)])),
    answer: answer === undefined ? "" : looks(answer),
  };
}

/** What of a page looks otherwise than its readers were told. */
export function newsOf(topic: WholeTopic, now: PageNow, told: Told): TopicNews {
  const next = toldOf(topic, now);
  const posts = now.posts.filter(({ number }) => next.posts.get(number) !== told.posts.get(number));
  return { topic, posts, answer: next.answer === told.answer ? undefined : (now.answer ?? null) };
}

/** A topic with some of its pages as they are now; undefined when it was deleted. */
export function readPages(
  { databases, community }: LivePlace,
  number: number,
  pages: readonly number[],
): Promise<{ topic: WholeTopic; byPage: ReadonlyMap<number, PageNow> } | undefined> {
  return databases.asCommunity(community, async (tx) => {
    const topic = await topicOf(tx, community, number);
    if (topic === undefined || topic.isDeleted) return undefined;
    const { answer } = topic;
    const isFar = answer !== null && answer > 2 && pages.includes(1);
    const [far] = isFar ? await postsByNumber(tx, community, { topic: number, numbers: [answer] }) : [];
    const byPage = new Map<number, PageNow>();
    for (const page of pages) {
      const posts = await postsOfPage(tx, community, { topic: number, page });
      byPage.set(page, { posts, answer: page === 1 ? far : undefined });
    }
    return { topic, byPage };
  });
}
