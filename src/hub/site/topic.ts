import { m } from "#words";
import { type OwnMarks, postPath, topicPath } from "../model.ts";
import { readTopic, type TopicPage } from "../queries.ts";
import type { GoneOver } from "../talk/around.ts";
import { newForm } from "../talk/write.ts";
import { read } from "../talk/mark.ts";
import { isArchive, seenBoards } from "../call.ts";
import type { WholeTopic } from "../store/topics.ts";
import { describedTopic, topicInShort } from "./described.ts";
import { documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { marksBefore } from "./marks-before.ts";
import { postPart } from "./post.ts";
import { answerPart } from "./topic-parts.ts";
import { nameOf, standing } from "./topic-rows.ts";
import { filesField, textField, withFiles } from "./write-forms.ts";
import type { HubVisit } from "./visit.ts";

function pagesOf(visit: HubVisit, { topic, page, pages }: TopicPage): Html | false {
  if (pages === 1) return false;
  const base = topicPath(visit.slug, topic);
  // The first, the last, and two to either side of the one that is open.
  const shown = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, pages])].filter(
    (n) => n >= 1 && n <= pages,
  );
  const links = shown.map((n) =>
    n === page
      ? markup`<span aria-current="page">${n}</span>`
      : markup`<a href="${base}${n > 1 && `?page=${n}`}">${n}</a>`,
  );
  return markup`<nav class="pages" aria-label="${m.hub_pages()}">${links}</nav>`;
}

function following(visit: HubVisit, number: number, own: OwnMarks | undefined): Html | false {
  if (own === undefined) return false;
  const choice = (value: OwnMarks["following"], label: string): Html =>
    markup`<button name="following" value="${value}"${own.following === value && markup` aria-pressed="true"`}>${label}</button>`;
  const follow = own.following === "follow" ? choice("none", m.hub_unfollow()) : choice("follow", m.hub_follow());
  const mute = own.following === "mute" ? choice("none", m.hub_unmute()) : choice("mute", m.hub_mute());
  return markup`<form class="row" method="post" action="${visit.home}/t/${number}/follow">${follow}${mute}</form>`;
}

const button = (deed: string, label: string): Html => markup`<button name="deed" value="${deed}">${label}</button>`;

function pinning({ isPinned, isPinnedEverywhere }: WholeTopic): Html {
  const here = isPinned && !isPinnedEverywhere ? button("unpin", m.hub_unpin()) : button("pin", m.hub_pin());
  const everywhere = isPinnedEverywhere
    ? button("unpin", m.hub_unpin_everywhere())
    : button("everywhere", m.hub_pin_everywhere());
  return markup`${here}${everywhere}`;
}

/** For how many days a topic can be announced. */
const ANNOUNCED_DAYS = [1, 3, 7, 14, 30] as const;

function announcing({ call }: HubVisit, { announcedUntil }: WholeTopic): Html {
  if (announcedUntil !== null && announcedUntil.getTime() > call.now()) return button("hush", m.hub_announce_end());
  const days = ANNOUNCED_DAYS.map(
    (count) => markup`<option value="${count}">${m.hub_announce_days({ count })}</option>`,
  );
  return markup`<label>${m.hub_announce_for()}<select name="days">${days}</select></label>${button("announce", m.hub_announce())}`;
}

function arranging(visit: HubVisit, { topic }: TopicPage): Html | false {
  const { call, home } = visit;
  if (call.visitor.kind !== "team" || !call.visitor.mayModerate) return false;
  const boards = seenBoards(call).map(
    ({ id, name, isArchived }) =>
      markup`<option value="${id}"${id === topic.boardId && markup` selected`}>${name}${isArchived && ` · ${m.hub_archive()}`}</option>`,
  );
  const closing = button(topic.isClosed ? "open" : "close", topic.isClosed ? m.hub_reopen() : m.hub_close());
  const moving = markup`<label>${m.hub_move_to()}<select name="board">${boards}</select></label>${button("move", m.hub_move())}`;
  const rows = markup`<div class="row">${pinning(topic)}${closing}</div><div class="row low">${announcing(visit, topic)}</div><div class="row low">${moving}</div>`;
  return markup`<details class="arrange"><summary>${m.hub_arrange()}</summary><div><form class="stack" method="post" action="${home}/t/${topic.number}/arrange">${rows}</form><p><a href="${home}/t/${topic.number}/posts">${m.hub_arrange_posts()}</a></p></div></details>`;
}

function answering(visit: HubVisit, { topic }: TopicPage): Html {
  const { home, call } = visit;
  if (isArchive(call, topic.boardId)) return markup``;
  if (topic.isClosed) return markup`<div class="note"><p>${m.hub_closed_note()}</p></div>`;
  if (call.visitor.kind === "guest") {
    const back = encodeURIComponent(topicPath(visit.slug, topic));
    return markup`<div class="note"><p>${m.hub_sign_in_to_reply()} <a href="${home}/sign-in?to=${back}">${m.hub_nav_sign_in()}</a></p></div>`;
  }
  if (call.visitor.kind === "team" && !call.visitor.mayWrite) return markup``;
  return markup`<section id="reply"><h2>${m.hub_reply_title()}</h2><form class="stack" method="post" action="${home}/t/${topic.number}/reply"${withFiles}><input type="hidden" name="form" value="${newForm(call.now())}">${textField("", m.hub_field_reply())}${filesField()}<div class="row"><button class="main">${m.hub_reply()}</button><button name="deed" value="preview">${m.hub_preview()}</button></div></form></section>`;
}

/** Notes that this page was read; the same visit with as many notices less as told of it. */
async function seen(visit: HubVisit, page: TopicPage): Promise<HubVisit> {
  const { own, posts, topic } = page;
  const { visitor } = visit.call;
  const last = posts.at(-1)?.number ?? 0;
  const isLooking = visit.call.viewingAs !== undefined;
  if (isLooking || own === undefined || visitor.kind === "guest" || (own.readTo >= last && !own.hasNotices))
    return visit;
  const done = await read(visit.call, { topic: topic.number, to: last });
  return { ...visit, call: { ...visit.call, visitor: { ...visitor, unread: Math.max(0, visitor.unread - done) } } };
}

/** What once stood here and went over to another topic: the places stay, so that old links find the way. */
function goneOverPart({ slug }: HubVisit, { numbers, to }: GoneOver): Html {
  const [first = 0, ...others] = numbers;
  const anchors = others.map((number) => markup`<span id="post-${number}"></span>`);
  const count = numbers.length;
  const where =
    to === undefined
      ? m.hub_gone_away({ count })
      : markup`${m.hub_gone_over({ count })} <a href="${postPath(slug, { number: to.topic, title: to.title }, to.number)}">${to.title}</a>`;
  return markup`<article class="post gone" id="post-${first}">${anchors}${where}</article>`;
}

/** The parts of a page in the order of their numbers: posts, and what went over to other topics. */
function inOrder(visit: HubVisit, page: TopicPage, own: OwnMarks | undefined): Html[] {
  const { topic } = page;
  const posts = page.posts.map((post) => {
    const reason = page.reasons.get(post.number);
    return { at: post.number, part: postPart(visit, { topic, post, own, reason }) };
  });
  const gone = page.goneOver.map((run) => ({ at: run.numbers[0] ?? 0, part: goneOverPart(visit, run) }));
  return [...posts, ...gone].toSorted((a, b) => a.at - b.at).map(({ part }) => part);
}

/** A page of a topic. */
export async function topicPage(come: HubVisit, number: number): Promise<{ body: string; canonical: string }> {
  const asked = Number(come.url.searchParams.get("page") ?? "1");
  const whole = await readTopic(come.call, { number, page: Number.isSafeInteger(asked) && asked > 0 ? asked : 1 });
  const { topic, page, answer, own } = whole;
  const visit = await seen(come, whole);
  const canonical = `${topicPath(visit.slug, topic)}${page > 1 ? `?page=${page}` : ""}`;
  const marks = own ?? marksBefore(visit);
  const [first, ...rest] = inOrder(visit, whole, marks);
  const tags = topic.tags.map(
    (tag) => markup` <a href="${visit.home}/topics?tag=${encodeURIComponent(tag)}">#${tag}</a>`,
  );
  const board = visit.call.boards.find(({ id }) => id === topic.boardId);
  const crumb = board !== undefined && markup`<a href="${visit.home}/b/${board.key}">${board.name}</a> · `;
  const main = markup`<h1>${topic.title}</h1><p class="meta">${crumb}<span id="standing">${standing(topic)}</span>${nameOf(visit, topic.author)}${tags}</p>${board?.isArchived === true && markup`<div class="note"><p>${m.hub_topic_archived()}</p></div>`}${arranging(visit, whole)}${pagesOf(visit, whole)}${first}${page === 1 && markup`<div id="answer">${answerPart(visit, { topic, answer, own: marks })}</div>`}${rest}${pagesOf(visit, whole)}${following(visit, number, marks)}${answering(visit, whole)}`;
  const live = { topic: number, page, version: topic.version, last: topic.lastPost };
  // Search engines come as guests do; members get a shorter page.
  const isGuest = visit.call.visitor.kind === "guest";
  const told = isGuest && page === 1 && { described: describedTopic(visit, whole), description: topicInShort(whole) };
  const card = { path: `t/${number}`, above: board?.name ?? "", title: topic.title };
  const body = documentOf(visit, { title: topic.title, main, canonical, boardId: topic.boardId, live, card, ...told });
  return { body, canonical };
}
