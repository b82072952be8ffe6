import type { Page } from "#src/base/paging.ts";
import { type HubCall, livingBoards, seenBoard, seenBoards } from "../call.ts";
import type { TopicRow } from "../model.ts";
import { plainText } from "../markdown/plain-text.ts";
import { isShownTo } from "../queries.ts";
import { topicsByNumber } from "../store/topics.ts";
import { typedText } from "../talk/text.ts";
import { type ExcerptPiece, markedExcerpt, markedWords } from "./excerpt.ts";
import { findPosts, type PostSearch, similarTopics } from "./find.ts";

/** A topic that answers a search, by its best post. */
export interface SearchHit {
  readonly topic: TopicRow;
  /** Of the post, in its topic. */
  readonly number: number;
  /** Of the topic, whole, as the excerpt is. */
  readonly title: readonly ExcerptPiece[];
  /** Around the first word that answers. Plain text in pieces: whoever shows it encodes it. */
  readonly excerpt: readonly ExcerptPiece[];
}

/** What a visitor asks the search: one board, or all they see, archives only where it is said. Times in milliseconds since 1970 UTC. */
export interface HubSearch extends Omit<PostSearch, "boardIds"> {
  readonly boardId?: string | undefined;
  readonly inArchive?: boolean | undefined;
}

/** Topics that answer, best first, of the boards the visitor sees; `isCorrected` when a slip of the finger was forgiven. */
export async function searchHub(call: HubCall, ask: HubSearch): Promise<Page<SearchHit> & { isCorrected: boolean }> {
  const { community } = call;
  const isHidden = ask.memberId !== undefined && !(await isShownTo(call, ask.memberId));
  if (isHidden) return { items: [], next: null, isCorrected: false };
  const every = ask.inArchive === true ? seenBoards(call) : livingBoards(call);
  const boards = ask.boardId === undefined ? every : [seenBoard(call, ask.boardId)];
  const boardIds = boards.map(({ id }) => id);
  const { items, next, stems, isCorrected } = await findPosts(call.databases.planned, community, { ...ask, boardIds });
  const hits = items.map(({ topic, number, text }) => {
    const plain = plainText(typedText(text, number));
    return { topic, number, title: markedWords(topic.title, stems), excerpt: markedExcerpt(plain, stems) };
  });
  return { items: hits, next, isCorrected };
}

/** Topics that may have asked the same already, for whoever types a title; most alike first. */
export async function topicsLike(call: HubCall, title: string): Promise<TopicRow[]> {
  const boardIds = livingBoards(call).map(({ id }) => id);
  const { planned } = call.databases;
  const numbers = await similarTopics(planned, call.community, { title, boardIds, limit: 5 });
  return numbers.length === 0 ? [] : topicsByNumber(planned, call.community, { numbers, boardIds });
}
