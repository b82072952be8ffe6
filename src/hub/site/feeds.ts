import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { type HubCall, livingBoards, seenBoards } from "../call.ts";
import { excerptOf } from "../markdown/plain-text.ts";
import { maySee, topicPath } from "../model.ts";
import { type FeedTopic, lastTopicNumber, newestTopics, topicsBetween } from "../store/feeds.ts";
import { typedText } from "../talk/text.ts";
import { markup, type Html } from "./html.ts";
import { outward } from "./outward.ts";
import type { Showing, Shown } from "./kinds.ts";
import { calledName } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

/** How many topics a feed tells of. */
const IN_FEED = 30;
/** Letters of each topic's first post. */
const EXCERPT = 500;
/** Topics in one file for search engines, by number; they take 50,000 addresses at most (sitemaps.org, protocol 0.9). */
const IN_SITEMAP = 20_000;

function xml(body: Html, type: string): Response {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "private, no-cache",
    "x-content-type-options": "nosniff",
  };
  // XML knows no control characters but these three, however they are written.
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  const text = body.markup.replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, "\uFFFD").toWellFormed();
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${outward(text)}`, { headers });
}

function item({ call, slug }: HubVisit, topic: FeedTopic): Html {
  const address = `${call.publicUrl}${topicPath(slug, topic)}`;
  const board = call.boards.find(({ id }) => id === topic.boardId)?.name;
  const labels = [...(board === undefined ? [] : [board]), ...topic.tags];
  const about = excerptOf(typedText(topic.stored, 1), EXCERPT);
  return markup`<item><title>${topic.title}</title><link>${address}</link><guid isPermaLink="false">${call.installUrl ?? call.publicUrl}/c/${slug}/t/${topic.number}</guid><pubDate>${topic.madeAt.toUTCString()}</pubDate><dc:creator>${calledName(topic.author)}</dc:creator>${labels.map((label) => markup`<category>${label}</category>`)}<description>${about}</description></item>`;
}

/** New topics of one board, or of all that whoever asks may see, for readers of feeds (RSS 2.0). */
async function feed({ visit, fields: [key] }: Showing): Promise<Response> {
  const { call, home } = visit;
  const boards = key === undefined ? livingBoards(call) : seenBoards(call).filter((board) => board.key === key);
  const [board] = boards;
  if (key !== undefined && board === undefined) refuse("not-found", "hub.no-such-board");
  const boardIds = boards.map(({ id }) => id);
  const topics = await call.run((tx) => newestTopics(tx, call.community, { boardIds, limit: IN_FEED }));
  const base = key === undefined ? home : `${home}/b/${key}`;
  const title =
    key === undefined || board === undefined
      ? call.facts.name
      : m.hub_feed_of({ board: board.name, name: call.facts.name });
  const about = (key === undefined ? call.hub.about : board?.about) || title;
  const body = markup`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>${title}</title><link>${call.publicUrl}${base}</link><description>${about}</description><language>${call.facts.language}</language><atom:link href="${call.publicUrl}${base}/feed.xml" rel="self" type="application/rss+xml"/>${topics.map((topic) => item(visit, topic))}</channel></rss>`;
  return xml(body, "application/rss+xml");
}

const SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9";

/** Search engines are told only what every guest may read, whoever asks. */
function openBoards({ boards, hub }: HubCall): string[] {
  if (hub.reading !== "everyone") refuse("not-found", "hub.no-such-page");
  return boards.filter((board) => maySee(board, { kind: "guest" })).map(({ id }) => id);
}

async function sitemaps({ visit: { call, home } }: Showing): Promise<Response> {
  openBoards(call);
  const last = await call.run((tx) => lastTopicNumber(tx, call.community));
  const parts = Array.from({ length: Math.max(1, Math.ceil(last / IN_SITEMAP)) }, (_, part) => part + 1);
  const lines = parts.map((part) => markup`<sitemap><loc>${call.publicUrl}${home}/sitemap-${part}.xml</loc></sitemap>`);
  return xml(markup`<sitemapindex xmlns="${SITEMAPS}">${lines}</sitemapindex>`, "application/xml");
}

async function sitemap({ visit, fields: [part] }: Showing): Promise<Response> {
  const { call, home, slug } = visit;
  const boardIds = openBoards(call);
  const upTo = Number(part) * IN_SITEMAP;
  const topics = await call.run((tx) =>
    topicsBetween(tx, call.community, { boardIds, above: upTo - IN_SITEMAP, upTo }),
  );
  const boards = call.boards.filter(({ id }) => boardIds.includes(id)).map(({ key }) => `${home}/b/${key}`);
  const places =
    part === "1" ? [home, ...boards].map((path) => markup`<url><loc>${call.publicUrl}${path}</loc></url>`) : [];
  const lines = topics.map(
    (topic) =>
      markup`<url><loc>${call.publicUrl}${topicPath(slug, topic)}</loc><lastmod>${topic.lastAt.toISOString()}</lastmod></url>`,
  );
  return xml(markup`<urlset xmlns="${SITEMAPS}">${places}${lines}</urlset>`, "application/xml");
}

/** What programs read of a hub: feeds for people's readers, lists of addresses for search engines. */
export const feedPages: readonly Shown[] = [
  { path: /^\/feed\.xml$/, permission: "hub.reader", show: feed },
  { path: /^\/b\/([a-z0-9-]+)\/feed\.xml$/, permission: "hub.reader", show: feed },
  { path: /^\/sitemap\.xml$/, permission: "hub.reader", show: sitemaps },
  { path: /^\/sitemap-([1-9]\d{0,4})\.xml$/, permission: "hub.reader", show: sitemap },
];
