import { Refusal, refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { livingBoards } from "../call.ts";
import { excerptOf } from "../markdown/plain-text.ts";
import { accountOf, LONGEST_TITLE, POSTS_A_PAGE, postPath } from "../model.ts";
import { readHistory, readSource, seenTopic } from "../queries.ts";
import { topicsLike } from "../search/search.ts";
import { standsNow } from "../talk/around.ts";
import { refuseArchived } from "../talk/change.ts";
import { typedText } from "../talk/text.ts";
import { newForm } from "../talk/write.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { arrangingPage } from "./arranging.ts";
import { cardPages } from "./cards.ts";
import { deskPages } from "./desk.ts";
import { doorPages } from "./door-pages.ts";
import { feedPages } from "./feeds.ts";
import { clockOf, documentOf } from "./frame.ts";
import { fileAnswer } from "./files.ts";
import { groupPages } from "./groups.ts";
import { homePage, listPage } from "./home.ts";
import { markup, type Html } from "./html.ts";
import type { Showing, Shown } from "./kinds.ts";
import { moment } from "./moment.ts";
import { namePages } from "./names.ts";
import { noticePages } from "./notices.ts";
import { searchPage } from "./search.ts";
import { topicPage } from "./topic.ts";
import { editForm, likeIt, newTopicForm, replyForm } from "./write-forms.ts";
import { viewingPages } from "./viewing.ts";

function plain({ visit, request }: Showing, title: string, main: Html): Response {
  return pageAnswer(request, documentOf(visit, { title, main: markup`<h1>${title}</h1>${main}`, isPlain: true }));
}

const place = ([topic, number]: readonly string[]) => ({ topic: Number(topic), number: Number(number) });

async function list(showing: Showing, key: string | undefined): Promise<Response> {
  const body = await listPage(showing.visit, key);
  if (body !== undefined) return pageAnswer(showing.request, body);
  return refuse("not-found", "hub.no-such-board");
}

const LEFT_ITS_PLACE: readonly string[] = ["hub.topic-merged", "hub.no-such-post"];

/** The page, or the way to where its post stands now. */
async function orWhereItStands(
  { visit }: Showing,
  place: { topic: number; number: number },
  page: () => Promise<Response>,
): Promise<Response> {
  try {
    return await page();
  } catch (error) {
    if (!(error instanceof Refusal) || !LEFT_ITS_PLACE.includes(error.code)) throw error;
    const now = await standsNow(visit.call, place);
    if (now === undefined) throw error;
    return onTo(postPath(visit.slug, now.topic, now.number), 301);
  }
}

/** The place of the first post that a page of a topic shows. */
function pageStart({ visit, fields }: Showing): { topic: number; number: number } {
  const page = Number(visit.url.searchParams.get("page") ?? "1");
  const before = Number.isSafeInteger(page) && page > 1 ? (page - 1) * POSTS_A_PAGE : 0;
  return { topic: Number(fields[0]), number: Math.min(before + 1, 2_000_000_000) };
}

async function topic({ visit, request, fields }: Showing): Promise<Response> {
  const { body, canonical } = await topicPage(visit, Number(fields[0]));
  const asked = `${decodeURIComponent(visit.url.pathname)}${visit.url.search}`;
  return asked === canonical ? pageAnswer(request, body) : onTo(canonical, 301);
}

async function arrangePosts({ visit, request, fields }: Showing): Promise<Response> {
  const typed = { numbers: [], title: "", board: "", into: "" };
  return pageAnswer(request, await arrangingPage(visit, Number(fields[0]), { typed, note: false }));
}

function newTopic(showing: Showing): Response {
  const { visit } = showing;
  const boards = livingBoards(visit.call);
  const wanted = boards.find(({ key }) => key === visit.url.searchParams.get("board")) ?? boards[0];
  const typed = { form: newForm(visit.call.now()), boardId: wanted?.id ?? "", title: "", tags: "", text: "" };
  return plain(showing, m.hub_nav_new_topic(), newTopicForm(visit, { ...typed, kind: "question" }));
}

async function answer(showing: Showing): Promise<Response> {
  const { visit, fields } = showing;
  const quoted = Number(visit.url.searchParams.get("quote") ?? "");
  const number = Number(fields[0]);
  const source = quoted > 0 ? await readSource(visit.call, { topic: number, number: quoted }) : undefined;
  const topic = source?.topic ?? (await seenTopic(visit.call, number));
  refuseArchived(visit.call, topic);
  const { title } = topic;
  const text = source === undefined ? "" : `${source.text.replaceAll(/^/gm, "> ")}\n\n`;
  const typed = { form: newForm(visit.call.now()), topic: number, to: quoted > 0 ? String(quoted) : "", text };
  return plain(showing, m.hub_reply_to({ title }), replyForm(visit, typed));
}

async function edit(showing: Showing): Promise<Response> {
  const { visit, fields } = showing;
  const source = await readSource(visit.call, place(fields));
  refuseArchived(visit.call, source.topic);
  const title = source.number === 1 ? source.topic.title : undefined;
  const typed = { ...place(fields), version: String(source.version), title, text: source.text };
  return plain(showing, m.hub_edit_title(), editForm(visit, typed));
}

async function history(showing: Showing): Promise<Response> {
  const { visit, fields } = showing;
  const { topic, number } = place(fields);
  const { versions } = await readHistory(visit.call, { topic, number });
  const back = markup`<p><a href="${visit.home}/t/${topic}#post-${number}">${m.hub_arrange_back()}</a></p>`;
  const parts = versions.map(
    ({ text, writtenAt }) =>
      markup`<section class="post"><p class="meta">${moment(writtenAt, clockOf(visit))}</p><pre class="source">${typedText(text, number)}</pre></section>`,
  );
  return plain(showing, m.hub_history_title(), markup`<p class="lead">${m.hub_history_lead()}</p>${back}${parts}`);
}

/** Enough of a post to see that it is the one that was meant. In letters. */
const LONGEST_QUOTE = 200;

async function ask(showing: Showing, deed: "delete" | "report"): Promise<Response> {
  const { visit, fields } = showing;
  const { topic: about, number, memberId, text: said } = await readSource(visit.call, place(fields));
  const action = markup`${visit.home}/t/${about.number}/p/${number}/${deed}`;
  const cancel = markup`<a class="button" href="${postPath(visit.slug, about, number)}">${m.hub_cancel()}</a>`;
  const quote = markup`<div class="text"><blockquote>${number === 1 ? about.title : excerptOf(said, LONGEST_QUOTE)}</blockquote></div>`;
  if (deed === "delete") {
    const text = number === 1 ? m.hub_delete_topic_text() : m.hub_delete_text();
    const why =
      accountOf(visit.call.visitor)?.memberId !== memberId &&
      markup`<label>${m.hub_delete_reason()}<input name="reason" maxlength="300"><small>${m.hub_delete_reason_hint()}</small></label>`;
    return plain(
      showing,
      number === 1 ? m.hub_delete_topic_title() : m.hub_delete_title(),
      markup`${quote}<p>${text}</p><form class="stack" method="post" action="${action}">${why}<div class="row"><button class="danger">${m.hub_delete()}</button>${cancel}</div></form>`,
    );
  }
  const form = markup`<form class="stack" method="post" action="${action}"><label>${m.hub_field_reason()}<textarea name="reason" required maxlength="1000" rows="4"></textarea></label><div class="row"><button class="main">${m.hub_report()}</button>${cancel}</div></form>`;
  return plain(showing, m.hub_report_title(), markup`${quote}<p class="lead">${m.hub_report_lead()}</p>${form}`);
}

/** A piece of a page, for the script that asks while a title is typed. */
async function similar({ visit, request }: Showing): Promise<Response> {
  const title = (visit.url.searchParams.get("title") ?? "").slice(0, LONGEST_TITLE);
  const found = likeIt(visit, await topicsLike(visit.call, title));
  return pageAnswer(request, found === false ? "" : found.markup);
}

/** Every page there is. */
export const pages: readonly Shown[] = [
  {
    path: /^$/,
    permission: "hub.reader",
    show: async ({ visit, request }) => pageAnswer(request, await homePage(visit)),
  },
  {
    path: /^\/search$/,
    permission: "hub.reader",
    show: async ({ visit, request }) => pageAnswer(request, await searchPage(visit)),
  },
  {
    path: /^\/similar$/,
    permission: "hub.reader",
    show: similar,
  },
  { path: /^\/topics$/, permission: "hub.reader", show: (showing) => list(showing, undefined) },
  { path: /^\/b\/([a-z0-9-]+)$/, permission: "hub.reader", show: (showing) => list(showing, showing.fields[0]) },
  { path: /^\/files\/([0-9a-f-]{36})$/, permission: "hub.public", show: fileAnswer },
  {
    path: /^\/t\/(\d{1,9})(?:-[^/]*)?$/,
    permission: "hub.reader",
    show: (showing) => orWhereItStands(showing, pageStart(showing), () => topic(showing)),
  },
  {
    path: /^\/t\/(\d{1,9})\/posts$/,
    permission: "hub.member",
    show: (showing) => orWhereItStands(showing, pageStart(showing), () => arrangePosts(showing)),
  },
  { path: /^\/new$/, permission: "hub.member", show: newTopic },
  {
    path: /^\/t\/(\d{1,9})\/reply$/,
    permission: "hub.member",
    show: (showing) => orWhereItStands(showing, pageStart(showing), () => answer(showing)),
  },
  {
    path: /^\/t\/(\d{1,9})\/p\/(\d{1,9})\/edit$/,
    permission: "hub.member",
    show: (showing) => orWhereItStands(showing, place(showing.fields), () => edit(showing)),
  },
  {
    path: /^\/t\/(\d{1,9})\/p\/(\d{1,9})\/history$/,
    permission: "hub.reader",
    show: (showing) => orWhereItStands(showing, place(showing.fields), () => history(showing)),
  },
  {
    path: /^\/t\/(\d{1,9})\/p\/(\d{1,9})\/delete$/,
    permission: "hub.member",
    show: (showing) => ask(showing, "delete"),
  },
  {
    path: /^\/t\/(\d{1,9})\/p\/(\d{1,9})\/report$/,
    permission: "hub.member",
    show: (showing) => ask(showing, "report"),
  },
  ...namePages,
  ...viewingPages,
  ...doorPages,
  ...noticePages,
  ...deskPages,
  ...groupPages,
  ...feedPages,
  ...cardPages,
];
