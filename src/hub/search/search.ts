import type { Page } from "#src/base/paging.ts";
import { type HubCall, seenBoard, seenBoards } from "../call.ts";
import type { TopicRow } from "../model.ts";
import { isShownTo } from "../queries.ts";
import { topicsByNumber } from "../store/topics.ts";
import { type ExcerptPiece, markedExcerpt } from "./excerpt.ts";
import { findPosts, type PostSearch, similarTopics } from "./find.ts";
import { wordsOfPosts } from "./posts.ts";

/** A topic that answers a search, by its best post. */
export interface SearchHit {
  readonly topic: TopicRow;
  /** Of the post, in its topic. */
  readonly number: number;
  /** Around the first word that answers. Plain text in pieces: whoever shows it encodes it. */
  readonly excerpt: readonly ExcerptPiece[];
}

/** What a visitor asks the search: one board, or all they see. Times in milliseconds since 1970 UTC. */
export interface HubSearch extends Omit<PostSearch, "boardIds"> {
  readonly boardId?: string | undefined;
}

/** Topics that answer, best first, of the boards the visitor sees; `isCorrected` when a slip of the finger was forgiven. */
export async function searchHub(call: HubCall, ask: HubSearch): Promise<Page<SearchHit> & { isCorrected: boolean }> {
  const { community } = call;
  const isHidden = ask.memberId !== undefined && !(await isShownTo(call, ask.memberId));
  if (isHidden) return { items: [], next: null, isCorrected: false };
  const boards = ask.boardId === undefined ? seenBoards(call) : [seenBoard(call, ask.boardId)];
  const boardIds = boards.map(({ id }) => id);
  return call.run(async (tx) => {
    const found = await findPosts(tx, community, { ...ask, boardIds });
    const numbers = found.items.map(({ topic }) => topic);
    if (numbers.length === 0) return { items: [], next: null, isCorrected: false };
    const topics = new Map(
      (await topicsByNumber(tx, community, { numbers, boardIds })).map((row) => [row.number, row]),
    );
    const words = await wordsOfPosts(
      tx,
      community,
      found.items.map(({ messageId }) => messageId),
    );
    const items = found.items.flatMap(({ topic: key, number, messageId }) => {
      const topic = topics.get(key);
      if (topic === undefined) return [];
      return [{ topic, number, excerpt: markedExcerpt(words.get(messageId) ?? "", found.stems) }];
    });
    return { items, next: found.next, isCorrected: found.isCorrected };
  });
}

/** Topics that may have asked the same already, for whoever types a title; most alike first. */
export async function topicsLike(call: HubCall, title: string): Promise<TopicRow[]> {
  const boardIds = seenBoards(call).map(({ id }) => id);
  return call.run(async (tx) => {
    const numbers = await similarTopics(tx, { title, boardIds, limit: 5 });
    return numbers.length === 0 ? [] : topicsByNumber(tx, call.community, { numbers, boardIds });
  });
}
