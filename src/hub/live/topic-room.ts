import { accountOf, maySee, pageOfPost, POSTS_A_PAGE } from "../model.ts";
import { marksOfMany } from "../store/marks.ts";
import type { WholeTopic } from "../store/topics.ts";
import { type MarksByAccount, tellNews, type TopicNews } from "./fragments.ts";
import { newsOf, type PageNow, readPages, type Told, toldOf } from "./page-now.ts";
import { type LivePlace, type Seat, stillThere } from "./seats.ts";
import { messageOf } from "./lines.ts";
import { oneAtATime } from "./turns.ts";

/** Somebody before a page of a topic. */
export interface TopicSeat extends Seat {
  /** Counted from 1. */
  readonly page: number;
}

/** Everybody who has a page of one topic open. */
export interface TopicRoom {
  /** Seats somebody; from now on they hear of every change. Resolves when they have been told what version they start from. */
  enter(seat: TopicSeat): Promise<void>;
  /** Forgets somebody whose line has ended; whether the room is empty now. */
  leave(seat: TopicSeat): boolean;
  /** Something of the topic, or of who may read it, has changed. */
  changed(): void;
}

/** What these readers have marked of the posts that changed. */
function marksOn(
  { databases, community }: LivePlace,
  readers: readonly Seat[],
  news: TopicNews,
): Promise<MarksByAccount> {
  const accounts = readers.flatMap(({ visit }) => accountOf(visit.call.visitor) ?? []);
  const numbers = news.posts.map((post) => post.number);
  return databases.asCommunity(community, (tx) =>
    marksOfMany(tx, community, { topic: news.topic.number, numbers, accounts }),
  );
}

const gone = messageOf("gone", {});
const again = messageOf("again", {});

/** Opens a room for one topic. */
export function openTopicRoom(place: LivePlace, number: number): TopicRoom {
  const seats = new Set<TopicSeat>();
  const told = new Map<number, Told>();

  const tellPage = async (topic: WholeTopic, page: number, now: PageNow): Promise<void> => {
    const readers = [...seats].filter((seat) => seat.page === page);
    if (readers.length === 0) return void told.delete(page);
    const before = told.get(page) ?? toldOf(topic, now);
    const news = newsOf(topic, now, before);
    told.set(page, toldOf(topic, now));
    // Posts that went over to another topic leave marks behind that only the page itself draws.
    if ([...before.posts.keys()].some((each) => !now.posts.some((post) => post.number === each)))
      return readers.forEach(({ line }) => line.send(again));
    if (before.version === topic.version && news.posts.length === 0) return;
    tellNews(readers, news, await marksOn(place, readers, news));
  };

  const tell = async (): Promise<void> => {
    const [, now] = await Promise.all([stillThere(place, [...seats]), readPages(place, number, [...told.keys()])]);
    for (const seat of seats) {
      const { boards, visitor } = seat.visit.call;
      const board = boards.find(({ id }) => id === now?.topic.boardId);
      if (board !== undefined && maySee(board, visitor)) continue;
      seat.line.send(gone);
      seat.line.end();
    }
    if (now === undefined) return;
    for (const [page, shown] of now.byPage) await tellPage(now.topic, page, shown);
  };

  const turns = oneAtATime(() => seats.forEach(({ line }) => line.end()));
  return {
    enter: (seat) => {
      seats.add(seat);
      return turns.take(async () => {
        const now = await readPages(place, number, [seat.page]);
        const shown = now?.byPage.get(seat.page);
        if (now === undefined || shown === undefined) return seat.line.end();
        if (!told.has(seat.page)) told.set(seat.page, toldOf(now.topic, shown));
        seat.line.send(messageOf("hello", { version: now.topic.version, last: now.topic.lastPost }));
      });
    },
    leave: (seat) => {
      seats.delete(seat);
      if (![...seats].some(({ page }) => page === seat.page)) told.delete(seat.page);
      return seats.size === 0;
    },
    changed: () => turns.soon(tell),
  };
}

/** The page of a topic that somebody asks to hear of, within what can be one. */
export function pageAsked(asked: string | null): number {
  const page = Number(asked ?? "1");
  return Number.isSafeInteger(page) && page > 0 && page <= pageOfPost(2_000_000_000 / POSTS_A_PAGE) ? page : 1;
}
