import type { PageVisit } from "#src/accounts/page-door.ts";
import type { ChangeFeed } from "#src/log/changes.ts";
import { seenBoards } from "../call.ts";
import { sessionHash } from "../people/sessions.ts";
import { seenTopic } from "../queries.ts";
import { domainNow, outward, type OwnDomain } from "../site/outward.ts";
import type { HubVisit } from "../site/visit.ts";
import { type House, openHouse } from "./house.ts";
import { type Line, type Lines, type Message, openLines } from "./lines.ts";
import type { Seat } from "./seats.ts";
import { pageAsked } from "./topic-room.ts";

const [toBytes, toText] = [new TextEncoder(), new TextDecoder()];

interface Books {
  readonly lines: Lines;
  readonly houses: Map<string, House>;
}

/** One for each process that serves pages; such a process has one feed. */
const booksOf = new WeakMap<ChangeFeed, Books>();

function booksFor(feed: ChangeFeed): Books {
  const books = booksOf.get(feed) ?? { lines: openLines(() => performance.now()), houses: new Map<string, House>() };
  booksOf.set(feed, books);
  return books;
}

function houseOf({ houses }: Books, visit: HubVisit, feed: ChangeFeed): House {
  const { databases, community, now } = visit.call;
  const house = houses.get(community) ?? openHouse({ databases, community, slug: visit.slug, now }, feed);
  houses.set(community, house);
  return house;
}

/** A page that wants to hear what happens on it. */
export interface Listening {
  readonly visit: HubVisit;
  readonly request: Request;
  readonly live: PageVisit["live"];
  readonly again: PageVisit["again"];
}

interface Room {
  readonly enter: (line: Line) => Promise<void> | void;
  readonly leave: () => void;
}

function topicRoom(house: House, seat: Omit<Seat, "line">, number: number): Room {
  const { url } = seat.visit;
  const room = house.topic(number);
  let seated: Parameters<typeof room.enter>[0] | undefined;
  return {
    enter: (line) => {
      seated = { ...seat, line, page: pageAsked(url.searchParams.get("page")) };
      return room.enter(seated);
    },
    leave: () => {
      if (seated !== undefined && room.leave(seated)) house.closeTopic(number);
    },
  };
}

function listRoom({ lists }: House, seat: Omit<Seat, "line">): Room {
  const { call, url } = seat.visit;
  const key = url.searchParams.get("board");
  let seated: Parameters<typeof lists.enter>[0] | undefined;
  return {
    enter: (line) => {
      seated = { ...seat, line, boardId: seenBoards(call).find((board) => board.key === key)?.id };
      return lists.enter(seated);
    },
    leave: () => {
      if (seated !== undefined) lists.leave(seated);
    },
  };
}

/** A line whose messages are read at a domain of the hub's own. */
function lineOutward(line: Line, domain: OwnDomain | undefined): Line {
  if (domain === undefined) return line;
  const translated = (message: Message): Message => toBytes.encode(outward(toText.decode(message), domain));
  return { send: (message) => line.send(translated(message)), end: () => line.end() };
}

/**
 * Keeps a line open over which a page of a topic (`?topic=5&page=2`) or a list (`?board=general`, or nothing) hears of what
 * happens on it. Whoever hears is asked anew before each telling. Refuses topics that are not there for the visitor; answers
 * 503 when there are too many lines, and the page works without.
 */
export async function listen({ visit, request, live, again }: Listening): Promise<Response> {
  const { call } = visit;
  const number = Number(visit.url.searchParams.get("topic") ?? "0");
  if (number > 0) await seenTopic(call, number);
  const { feed, stopping } = live;
  const books = booksFor(feed);
  const session = call.visitor.kind === "member" ? sessionHash(call, visit.slug) : undefined;
  const house = houseOf(books, visit, feed);
  const seat = { visit, session, again };
  const room = number > 0 ? topicRoom(house, seat, number) : listRoom(house, seat);
  const onEnd = (): void => {
    room.leave();
    if (house.closeIfEmpty()) books.houses.delete(call.community);
  };
  const opened = books.lines.open({ address: call.address, gone: [request.signal, stopping], onEnd });
  if (opened === undefined) {
    onEnd();
    return new Response(null, { status: 503, headers: { "retry-after": "60", "cache-control": "no-store" } });
  }
  await room.enter(lineOutward(opened.line, domainNow()));
  return opened.answer;
}
