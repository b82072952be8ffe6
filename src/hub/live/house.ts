import type { Change, ChangeFeed } from "#src/log/changes.ts";
import { type ListRoom, openListRoom } from "./list-room.ts";
import type { LivePlace } from "./seats.ts";
import { openTopicRoom, type TopicRoom } from "./topic-room.ts";

/** The rooms of one hub in this process: who has which of its pages open. */
export interface House {
  topic(number: number): TopicRoom;
  readonly lists: ListRoom;
  /** Takes away the room of a topic in which nobody is any more. */
  closeTopic(number: number): void;
  /** Stops hearing of changes, when nobody is left. Whether that was so. */
  closeIfEmpty(): boolean;
}

/** What the database tells of a topic: that it was opened, that a post was written in it, or that it looks otherwise now. */
const CHANGE = /^hub:(new|post|topic):(\d+)$/;

/** Opens the house of a hub. */
export function openHouse(place: LivePlace, feed: ChangeFeed): House {
  const topics = new Map<number, TopicRoom>();
  const lists = openListRoom(place);
  const heard = ({ topic: told }: Change): void => {
    // A hub that was changed may be read by others now; after a broken connection anything may have changed.
    if (told === "hub:all" || told === "again") {
      for (const room of topics.values()) room.changed();
      lists.changed(undefined);
      return;
    }
    const [, kind, digits] = CHANGE.exec(told) ?? [];
    if (kind === undefined) return;
    const number = Number(digits);
    topics.get(number)?.changed();
    if (kind !== "topic") lists.changed({ number, isNew: kind === "new" });
  };
  const unwatch = feed.watch(place.community, heard);
  return {
    topic: (number) => {
      const room = topics.get(number) ?? openTopicRoom(place, number);
      topics.set(number, room);
      return room;
    },
    lists,
    closeTopic: (number) => void topics.delete(number),
    closeIfEmpty: () => {
      const isEmpty = topics.size === 0 && lists.isEmpty();
      if (isEmpty) unwatch();
      return isEmpty;
    },
  };
}
