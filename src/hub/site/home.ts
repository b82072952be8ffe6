import { m } from "#words";
import { seenBoards } from "../call.ts";
import { isFollowing } from "../notices/own.ts";
import { listTopics, popularTopics, readingOfTopics } from "../queries.ts";
import { standingOut } from "../talk/around.ts";
import { topicFilters, type TopicFilter, topicPath, type TopicRow } from "../model.ts";
import { documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { searchField } from "./search.ts";
import { nameOf, topicLines } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

const ON_HOME = 8;
const UNANSWERED = 5;
const POPULAR = 5;

/** The first page: what is new, what waits for an answer, what is talked about this week. */
export async function homePage(visit: HubVisit): Promise<string> {
  const { call, home } = visit;
  const [standing, latest, waiting, popular] = await Promise.all([
    standingOut(call, undefined),
    listTopics(call, { limit: ON_HOME }),
    listTopics(call, { filter: "unsolved", limit: UNANSWERED }),
    popularTopics(call, POPULAR),
  ]);
  const reading = await readingOfTopics(call, [...standing.pinned, ...latest.items, ...waiting.items, ...popular]);
  const part = (title: string, topics: readonly TopicRow[], more: Html | false): Html | false =>
    topics.length > 0 &&
    markup`<section class="part"><h2>${title}</h2>${topicLines(visit, { topics, reading, withBoards: true })}${more}</section>`;
  const { name } = call.facts;
  const { about } = call.hub;
  const isEmpty = latest.items.length === 0;
  const main = markup`<h1>${name}</h1>${about !== "" && markup`<p class="lead">${about}</p>`}${standing.announced.map((topic) => announcement(visit, topic))}${isEmpty ? emptyNote(visit) : searchField(visit, "")}${part(m.hub_pinned_part(), standing.pinned, false)}${part(m.hub_latest(), latest.items, markup`<p><a href="${home}/topics">${m.hub_all_topics()}</a></p>`)}${part(m.hub_waiting(), waiting.items, markup`<p><a href="${home}/topics?filter=unsolved">${m.hub_all_waiting()}</a></p>`)}${part(m.hub_popular(), popular, markup`<p class="hint">${m.hub_popular_how()}</p>`)}`;
  return documentOf(visit, {
    title: name,
    main,
    canonical: home,
    description: about === "" ? undefined : about.slice(0, 160),
    feed: `${home}/feed.xml`,
    live: { board: "", version: call.seq },
  });
}

function announcement(visit: HubVisit, topic: TopicRow): Html {
  return markup`<aside class="note announced"><p><b>${m.hub_announcement()}</b> <a href="${topicPath(visit.slug, topic)}">${topic.title}</a> <span class="meta">${nameOf(visit, topic.author, "plain")}</span></p></aside>`;
}

function emptyNote({ home, call }: HubVisit): Html {
  const door =
    call.visitor.kind === "guest"
      ? markup`<a class="button main" href="${home}/join">${m.hub_nav_join()}</a>`
      : markup`<a class="button main" href="${home}/new">${m.hub_nav_new_topic()}</a>`;
  return markup`<div class="note"><p>${m.hub_empty()}</p></div><p>${door}</p>`;
}

const filterNames: Record<TopicFilter, () => string> = {
  all: m.hub_filter_all,
  unsolved: m.hub_filter_unsolved,
  solved: m.hub_filter_solved,
  following: m.hub_filter_following,
};

function filterOf({ url }: HubVisit): TopicFilter {
  return topicFilters.find((each) => each === url.searchParams.get("filter")) ?? "all";
}

function tabs(visit: HubVisit, base: string): Html {
  const chosen = filterOf(visit);
  const shown = topicFilters.filter((each) => each !== "following" || visit.call.visitor.kind !== "guest");
  const links = shown.map(
    (each) =>
      markup`<a href="${base}${each !== "all" && `?filter=${each}`}"${each === chosen && markup` aria-current="page"`}>${filterNames[each]()}</a>`,
  );
  return markup`<nav class="tabs" aria-label="${m.hub_filters()}">${links}</nav>`;
}

function boardBell(home: string, key: string, follows: boolean): Html {
  const label = follows ? m.hub_board_unfollow() : m.hub_board_follow();
  return markup`<form method="post" action="${home}/b/${key}/follow"><button name="on" value="${follows ? "no" : "yes"}"${follows && markup` aria-pressed="true"`}>${label}</button></form>`;
}

/** A list of topics: of one board, or of all that the visitor sees. */
export async function listPage(visit: HubVisit, boardKey: string | undefined): Promise<string | undefined> {
  const { call, home, url } = visit;
  const board = boardKey === undefined ? undefined : seenBoards(call).find(({ key }) => key === boardKey);
  if (boardKey !== undefined && board === undefined) return undefined;
  const base = board === undefined ? `${home}/topics` : `${home}/b/${board.key}`;
  const feed = `${board === undefined ? home : base}/feed.xml`;
  const [tag, after, filter] = [
    url.searchParams.get("tag") ?? undefined,
    url.searchParams.get("after") ?? undefined,
    filterOf(visit),
  ];
  const narrowed = { boardId: board?.id, filter, tag };
  const { items, next } = await listTopics(call, { ...narrowed, after });
  const isFirst = after === undefined && filter === "all" && tag === undefined;
  const { pinned } = isFirst ? await standingOut(call, board?.id) : { pinned: [] };
  const above = new Set(pinned.map(({ number }) => number));
  const topics = [...pinned, ...items.filter(({ number }) => !above.has(number))];
  const [reading, follows] = await Promise.all([
    readingOfTopics(call, topics),
    board === undefined ? undefined : isFollowing(call, board.id),
  ]);
  const title = board?.name ?? m.hub_all_topics();
  const rest = new URLSearchParams({ ...(filter === "all" ? {} : { filter }), ...(tag === undefined ? {} : { tag }) });
  if (next !== null) rest.set("after", next);
  const main = markup`<h1>${title}${tag !== undefined && markup` <span class="mark">#${tag}</span>`}</h1>${board !== undefined && board.about !== "" && markup`<p class="lead">${board.about}</p>`}${board?.isArchived === true && markup`<div class="note"><p>${m.hub_board_archived()}</p></div>`}<div class="row">${call.visitor.kind !== "guest" && board?.isArchived !== true && markup`<a class="button" href="${home}/new${board !== undefined && `?board=${board.key}`}">${m.hub_nav_new_topic()}</a>`}${board !== undefined && follows !== undefined && (follows || !board.isArchived) && boardBell(home, board.key, follows)}</div>${tabs(visit, base)}${topics.length === 0 ? markup`<p class="lead">${m.hub_nothing_here()}</p>` : topicLines(visit, { topics, reading, withBoards: board === undefined })}${next !== null && markup`<p class="pages"><a rel="next" href="${base}?${rest.toString()}">${m.hub_older()}</a></p>`}<p><a class="feed" href="${feed}">${m.hub_feed()}</a></p>`;
  const canonical = isFirst ? base : undefined;
  const live = isFirst ? { board: board?.key ?? "", version: call.seq } : undefined;
  const card = board === undefined ? undefined : { path: `b/${board.key}`, above: "", title: board.name };
  return documentOf(visit, { title, main, canonical, description: board?.about, boardId: board?.id, feed, live, card });
}
