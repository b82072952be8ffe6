import { currentLocale } from "#src/base/locale.ts";
import { m } from "#words";
import { seenBoards } from "../call.ts";
import { accountOf, type Board, maySeeDirectory } from "../model.ts";
import { MOST_COUNTED } from "../notices/kinds.ts";
import { type FieldFault, faultLine } from "./fault-line.ts";
import { cardHead, type PageCard } from "./cards.ts";
import { markup, type Html, type Piece } from "./html.ts";
import type { Clock } from "./moment.ts";
import { filePath } from "../uploads/addresses.ts";
import { scriptName } from "./script.ts";
import { styleName } from "./style.ts";
import { lookName } from "../theme/sheet.ts";
import { themeForm } from "./theme-form.ts";
import type { HubVisit } from "./visit.ts";

/** What a page says of itself, and what stands on it. */
export interface PageParts {
  readonly title: string;
  readonly main: Html;
  /** The page's one address below the site's; search engines are shown no page without one. */
  readonly canonical?: string | undefined;
  /** For search engines, in a sentence. */
  readonly description?: string | undefined;
  /** The board that is open. */
  readonly boardId?: string | undefined;
  /** Without the boards beside it: forms and short notes. */
  readonly isPlain?: boolean | undefined;
  /** What the page tells search engines in words of their own. */
  readonly described?: Html | undefined;
  /** The path of a feed with what is new of this page's kind. */
  readonly feed?: string | undefined;
  /** Its picture where it is shown as a link; without one it is the hub's own. */
  readonly card?: PageCard | undefined;
  /** What the open page is to hear of: a topic, or a list of topics, as of a version. */
  readonly live?: LivePage | undefined;
}

/** A page that hears what happens on it. `version` is the topic's own, or of a list the last number of the log. */
export type LivePage =
  | { readonly topic: number; readonly page: number; readonly version: number; readonly last: number }
  | { readonly board: string; readonly version: number };

function heard(live: LivePage | undefined): Piece {
  if (live === undefined) return false;
  return "topic" in live
    ? markup` data-topic="${live.topic}" data-page="${live.page}" data-version="${live.version}" data-last="${live.last}"`
    : markup` data-board="${live.board}" data-version="${live.version}"`;
}

/** The clock by which this visit's moments are written. */
export function clockOf({ call }: HubVisit): Clock {
  return { locale: currentLocale(), timeZone: call.facts.timeZone };
}

/** The mark: a bell drawn from two strokes. */
const bell = markup`<svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M5 17h14c-2-2-2-4-2-7a5 5 0 0 0-10 0c0 3 0 5-2 7z"/><path d="M10 20a2 2 0 0 0 4 0"/></svg>`;

/** The logo is kept at three times the size at which it stands. */
const LOGO_DENSITY = 3;

/** The community's logo, or without one the bell; its name stands beside. */
function brandMark({ slug, call: { hub } }: HubVisit): Html {
  if (hub.logo === null) return bell;
  const { id, width, height } = hub.logo;
  const [across, down] = [width, height].map((side) => Math.max(1, Math.round(side / LOGO_DENSITY)));
  return markup`<img src="${filePath(slug, id)}" width="${across}" height="${down}" alt="">`;
}

/** What browsers and phones show of the hub beside its title. */
function icons({ slug, call: { hub } }: HubVisit): Html {
  if (hub.logo === null) return markup`<link rel="icon" href="/favicon.svg">`;
  const { icon, touch } = hub.logo;
  return markup`<link rel="icon" type="image/png" sizes="64x64" href="${filePath(slug, icon)}"><link rel="apple-touch-icon" href="${filePath(slug, touch)}">`;
}

function bellLink(home: string, unread: number): Html {
  const count = unread > MOST_COUNTED ? `${MOST_COUNTED}+` : String(unread);
  const mark = unread > 0 && markup`&nbsp;<span class="mark fresh">${count}</span>`;
  return markup`<a href="${home}/notifications">${m.hub_notices()}${mark}</a>`;
}

function doors(visit: HubVisit, hasBoards: boolean): Html {
  const { home, call } = visit;
  const account = accountOf(call.visitor);
  const boards = hasBoards && markup`<a class="to-boards" href="#boards">${m.hub_boards()}</a>`;
  const search = markup`<a href="${home}/search">${m.hub_search()}</a>${boards}`;
  if (call.visitor.kind === "guest") return markup`${search}<a href="${home}/sign-in">${m.hub_nav_sign_in()}</a>`;
  const isTeam = call.visitor.kind === "team";
  const name = account?.name ?? call.visitor.name;
  const told = account !== undefined && bellLink(home, call.visitor.unread);
  return markup`${search}${told}<a href="${home}/me"><span class="cut">${name}</span>${isTeam && markup`&nbsp;<span class="mark">${m.hub_team()}</span>`}</a>`;
}

/** The one thing to do from every page: to join for guests, to open a topic for everybody else who may. */
function mainDoor({ home, call: { visitor, hub } }: HubVisit): Html | false {
  if (visitor.kind === "guest")
    return hub.joining !== "nobody" && markup`<a class="main" href="${home}/join">${m.hub_nav_join()}</a>`;
  const mayWrite = visitor.kind === "member" || visitor.mayWrite;
  return mayWrite && markup`<a class="main" href="${home}/new">${m.hub_nav_new_topic()}</a>`;
}

function besides(visit: HubVisit, boardId: string | undefined): Html {
  const { home, call } = visit;
  const boards = seenBoards(call);
  const people =
    maySeeDirectory(call.visitor, call.hub.directory) &&
    markup`<li><a href="${home}/people">${m.hub_people()}</a></li>`;
  const knowsGroups =
    call.visitor.kind === "team" ||
    (call.visitor.kind === "member" &&
      (call.groups.some(({ takesRequests }) => takesRequests) || call.visitor.groupIds.length > 0));
  const groups = knowsGroups && markup`<li><a href="${home}/g">${m.hub_groups()}</a></li>`;
  const link = ({ id, key, name }: Board): Html =>
    markup`<li><a href="${home}/b/${key}"${id === boardId && markup` aria-current="page"`}>${name}</a></li>`;
  const living = boards.filter(({ isArchived }) => !isArchived).map(link);
  const archived = boards.filter(({ isArchived }) => isArchived);
  const isInside = archived.some(({ id }) => id === boardId);
  const archive =
    archived.length > 0 &&
    markup`<details${isInside && markup` open`}><summary>${m.hub_archive()}</summary><ul>${archived.map(link)}</ul></details>`;
  return markup`<aside><section><h2 id="boards">${m.hub_boards()}</h2><nav class="boards" aria-labelledby="boards"><ul><li><a href="${home}/topics">${m.hub_all_topics()}</a></li>${living}${groups}${people}</ul>${archive}</nav></section></aside>`;
}

const viewingNames = { guest: m.hub_viewing_guest, member: m.hub_viewing_member, group: m.hub_viewing_group } as const;

/** Above everything while one of the team looks with somebody else's eyes. */
function viewingBar({ call, home }: HubVisit): Html | false {
  if (call.viewingAs === undefined) return false;
  return markup`<form class="viewing" method="post" action="${home}/view-as"><span>${viewingNames[call.viewingAs.kind]()}</span><button>${m.hub_viewing_stop()}</button></form>`;
}

/** How the page looks as a link elsewhere (ogp.me), where everybody may open it. */
function asLink(visit: HubVisit, { title, canonical, description, card }: PageParts): Html {
  const { call } = visit;
  const about = description !== undefined && markup`<meta property="og:description" content="${description}">`;
  return markup`<link rel="canonical" href="${call.publicUrl}${canonical}"><meta property="og:title" content="${title}"><meta property="og:type" content="website"><meta property="og:site_name" content="${call.facts.name}"><meta property="og:url" content="${call.publicUrl}${canonical}">${about}${cardHead(visit, card ?? { path: "home", above: "", title: call.facts.name })}`;
}

function headOf(visit: HubVisit, page: PageParts): Piece {
  const { call } = visit;
  const { canonical, description, feed, described, card } = page;
  const isOpen = call.hub.reading === "everyone" && canonical !== undefined;
  return [
    isOpen ? asLink(visit, page) : markup`<meta name="robots" content="noindex">`,
    !isOpen && call.hub.reading === "everyone" && card !== undefined && cardHead(visit, card),
    description !== undefined && markup`<meta name="description" content="${description}">`,
    feed !== undefined && markup`<link rel="alternate" type="application/rss+xml" href="${feed}">`,
    isOpen && described,
  ];
}

/** The whole document around a page's own part. */
export function documentOf(visit: HubVisit, page: PageParts): string {
  const { home, call, theme } = visit;
  const { name } = call.facts;
  const { isPlain = false } = page;
  const head = headOf(visit, page);
  const title = page.title === name ? name : `${page.title} · ${name}`;
  const marks: Piece = theme !== "auto" && markup` data-theme="${theme}"`;
  const { brand, second } = call.hub;
  const look = brand !== null && markup`<link rel="stylesheet" href="/c/-/${lookName({ brand, second })}">`;
  const scriptFile = scriptName(currentLocale());
  const script = scriptFile !== undefined && markup`<script type="module" src="/c/-/${scriptFile}"></script>`;
  const besideMain = isPlain ? undefined : besides(visit, page.boardId);
  return markup`<!doctype html><html lang="${currentLocale()}"${marks}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>${head}<link rel="stylesheet" href="/c/-/${styleName}">${look}${icons(visit)}${script}</head><body data-home="${home}" data-reader="${accountOf(call.visitor)?.accountId}"><a class="skip" href="#main">${m.hub_skip()}</a>${viewingBar(visit)}<header class="top"><div><a class="brand" href="${home}">${brandMark(visit)}<span>${name}</span></a><nav aria-label="${m.hub_nav()}">${doors(visit, !isPlain)}</nav>${mainDoor(visit)}</div></header><div class="frame${isPlain && " plain"}"><main id="main"${heard(page.live)}>${page.main}</main>${besideMain}</div><footer class="foot"><a href="${home}/rules">${m.hub_rules()}</a>${call.visitor.kind === "member" && markup`<a href="${home}/messages">${m.hub_desk_title()}</a>`}${call.visitor.kind === "team" && markup`<a href="${home}/view-as">${m.hub_view_as()}</a>`}<span>${m.hub_made_with()}</span>${themeForm(visit)}</footer></body></html>`
    .markup;
}

/** Something that went well, above whatever comes next. */
export function doneNote(text: string): Html {
  return markup`<div class="note" role="status"><p>${text}</p></div>`;
}

/** Something that went wrong, above a form or alone on a page; where fields are at fault, what each of them takes. */
export function faultNote(fault: { detail: string; faults?: readonly FieldFault[] }): Html {
  const { detail, faults = [] } = fault;
  if (faults.length === 0) return markup`<div class="note bad" role="alert"><p>${detail}</p></div>`;
  const lines = [...new Set(faults.map(faultLine))].map((line) => markup`<li>${line}</li>`);
  return markup`<div class="note bad" role="alert"><p>${m.hub_faults()}</p><ul>${lines}</ul></div>`;
}
