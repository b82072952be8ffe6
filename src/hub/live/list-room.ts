import { type Board, maySee } from "../model.ts";
import { topicsByNumber } from "../store/topics.ts";
import { messageOf } from "./lines.ts";
import { type LivePlace, type Seat, stillThere } from "./seats.ts";
import { oneAtATime } from "./turns.ts";

/** Somebody before a list of topics. */
export interface ListSeat extends Seat {
  /** The board that is listed; undefined for all. */
  readonly boardId: string | undefined;
}

/** Everybody who has a list of topics of one hub open. */
export interface ListRoom {
  /** Seats somebody; tells them how far the log had grown when they came. */
  enter(seat: ListSeat): void;
  /** Forgets somebody whose line has ended. */
  leave(seat: ListSeat): void;
  isEmpty(): boolean;
  /** A topic was opened, or something was written in it; without a topic, something about who may read has changed. */
  changed(topic: { number: number; isNew: boolean } | undefined): void;
}

/** Opens a room for the lists of one hub. */
export function openListRoom(place: LivePlace): ListRoom {
  const { databases, community } = place;
  const seats = new Set<ListSeat>();
  /** Topics that are to be told, and whether each is new. */
  const waiting = new Map<number, boolean>();

  const tell = async (): Promise<void> => {
    const told = new Map(waiting);
    waiting.clear();
    const there = await stillThere(place, [...seats]);
    const boardIds = there[0]?.visit.call.boards.map(({ id }) => id) ?? [];
    const numbers = [...told.keys()];
    const topics = await databases.asCommunity(community, (tx) => topicsByNumber(tx, community, { numbers, boardIds }));
    for (const { visit, line, boardId } of there) {
      const { boards, visitor } = visit.call;
      const inList = ({ id, isArchived }: Board): boolean => (boardId === undefined ? !isArchived : id === boardId);
      const listed = boards.filter((board) => inList(board) && maySee(board, visitor));
      const seen = new Set(listed.map(({ id }) => id));
      const shown = topics.filter((topic) => seen.has(topic.boardId));
      if (shown.length === 0) continue;
      line.send(
        messageOf("list", { topics: shown.map(({ number }) => ({ number, isNew: told.get(number) === true })) }),
      );
    }
  };

  const turns = oneAtATime(() => seats.forEach(({ line }) => line.end()));
  return {
    enter: (seat) => {
      seats.add(seat);
      seat.line.send(messageOf("hello", { version: seat.visit.call.seq }));
    },
    leave: (seat) => void seats.delete(seat),
    isEmpty: () => seats.size === 0,
    changed: (topic) => {
      if (topic !== undefined) waiting.set(topic.number, topic.isNew || waiting.get(topic.number) === true);
      if (seats.size > 0) turns.soon(tell);
      else waiting.clear();
    },
  };
}
