import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { accountOf, hubPath, postPath } from "../model.ts";
import { type Notice, noticeKinds } from "../notices/kinds.ts";
import { listNotices } from "../notices/own.ts";
import { noticeText } from "../notices/sentence.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { clockOf, documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent, Showing, Shown } from "./kinds.ts";
import { moment } from "./moment.ts";
import { noticeSettingsForms, noticeSettingsPages } from "./notice-settings.ts";
import type { HubVisit } from "./visit.ts";

/** Where a notice leads. */
function noticePath(slug: string, { kind, number, topic, title, first }: Notice): string {
  if (kind === "group") return `${hubPath(slug)}/g/${number}`;
  if (topic === 0) return `${hubPath(slug)}/messages`;
  return postPath(slug, { number: topic, title }, Math.max(1, first));
}

function line(visit: HubVisit, notice: Notice): Html {
  const { kind, topic, number, title, at, isRead } = notice;
  const form =
    !isRead &&
    markup`<form method="post" action="${visit.home}/notifications"><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="topic" value="${topic}"><input type="hidden" name="number" value="${number}"><button class="link" aria-label="${m.hub_notice_read_one({ title })}">${m.hub_notice_read()}</button></form>`;
  const fresh = !isRead && markup`<span class="mark fresh">${m.hub_notice_new()}</span> `;
  return markup`<li${!isRead && markup` class="new"`}><div>${fresh}<a class="title" href="${noticePath(visit.slug, notice)}">${noticeText(notice)}</a><p class="meta">${title}</p></div><div class="count">${moment(at, clockOf(visit))}${form}</div></li>`;
}

/** What concerns whoever reads it: all of it, or what is unread. */
async function noticesPage({ visit, request }: Showing): Promise<Response> {
  const { call, home, url } = visit;
  if (call.visitor.kind === "guest") return refuse("unauthenticated", "hub.sign-in-first");
  const unreadOnly = url.searchParams.get("view") === "unread";
  const after = url.searchParams.get("after") ?? undefined;
  const none = { items: [], next: null };
  const { items, next } = accountOf(call.visitor) === undefined ? none : await listNotices(call, { unreadOnly, after });
  const tab = (query: string, label: string, isOpen: boolean): Html =>
    markup`<a href="${home}/notifications${query}"${isOpen && markup` aria-current="page"`}>${label}</a>`;
  const tabs = markup`<nav class="tabs" aria-label="${m.hub_filters()}">${tab("", m.hub_filter_all(), !unreadOnly)}${tab("?view=unread", m.hub_notices_unread(), unreadOnly)}</nav>`;
  const all =
    items.some(({ isRead }) => !isRead) &&
    markup`<form class="row" method="post" action="${home}/notifications"><button>${m.hub_notices_read_all()}</button></form>`;
  const view = unreadOnly ? "view=unread&" : "";
  const older =
    next !== null &&
    markup`<p class="pages"><a rel="next" href="?${view}after=${encodeURIComponent(next)}">${m.hub_older()}</a></p>`;
  const list =
    items.length === 0
      ? markup`<p class="lead">${unreadOnly ? m.hub_notices_none_unread() : m.hub_notices_none()}</p>`
      : markup`<ul class="list">${items.map((each) => line(visit, each))}</ul>`;
  const title = m.hub_notices();
  return pageAnswer(
    request,
    documentOf(visit, {
      title,
      main: markup`<h1>${title}</h1><p><a href="${home}/notifications/settings">${m.hub_notice_settings()}</a></p>${tabs}${all}${list}${older}`,
    }),
  );
}

async function readSome({ visit, typed }: Sending): Promise<Response> {
  const kind = noticeKinds.find((each) => each === typed("kind"));
  const one = kind === undefined ? undefined : { kind, topic: Number(typed("topic")), number: Number(typed("number")) };
  await visit.api.notices.read({ community: visit.slug, ...(one === undefined ? {} : { one }) });
  return onTo(`${visit.home}/notifications`);
}

async function followBoard({ visit, typed, fields }: Sending): Promise<Response> {
  const board = visit.call.boards.find(({ key }) => key === fields[0]);
  if (board === undefined) return refuse("not-found", "hub.no-such-board");
  const isOn = typed("on") === "yes";
  await visit.api.notices.followBoard({ community: visit.slug, boardId: board.id, isOn });
  return onTo(`${visit.home}/b/${board.key}`);
}

/** Pages of what members are told. */
export const noticePages: readonly Shown[] = [
  { path: /^\/notifications$/, permission: "hub.reader", show: noticesPage },
  ...noticeSettingsPages,
];

/** Their forms. */
export const noticeForms: readonly Sent[] = [
  { path: /^\/notifications$/, permission: "hub.member", send: readSome },
  { path: /^\/b\/([a-z0-9-]+)\/follow$/, permission: "hub.member", send: followBoard },
  ...noticeSettingsForms,
];
