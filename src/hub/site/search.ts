import { dateToDay, startOfLocalDay } from "#src/base/clock.ts";
import { m } from "#words";
import { livingBoards, seenBoards } from "../call.ts";
import { type Board, postPath } from "../model.ts";
import type { ExcerptPiece } from "../search/excerpt.ts";
import { searchHub, type SearchHit } from "../search/search.ts";
import { peopleFound } from "./directory.ts";
import { documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { standing } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

const HITS_A_PAGE = 20;
const LONGEST_TYPED = 200;

function marked(pieces: readonly ExcerptPiece[]): Html {
  return markup`${pieces.map(({ text, isMatch }) => (isMatch ? markup`<mark>${text}</mark>` : text))}`;
}

function hitLine({ slug }: HubVisit, { topic, number, title, excerpt }: SearchHit): Html {
  return markup`<li><div><a class="title" href="${postPath(slug, topic, number)}">${marked(title)}</a> ${standing(topic)}<div class="meta">${marked(excerpt)}</div></div></li>`;
}

interface Filters {
  readonly board: string;
  /** "yes": in archived boards too. */
  readonly archive: string;
  readonly solved: string;
  /** Days as a date field sends them: `2026-11-22`. */
  readonly from: string;
  readonly to: string;
}

function filtersOf({ url }: HubVisit): Filters {
  const asked = (name: string): string => url.searchParams.get(name) ?? "";
  return {
    board: asked("board"),
    archive: asked("archive"),
    solved: asked("solved"),
    from: asked("from"),
    to: asked("to"),
  };
}

/** When a day of the community begins, some days later or earlier; undefined when it is none. */
function startOf({ call }: HubVisit, date: string, later = 0): number | undefined {
  const day = dateToDay(date);
  return day === undefined ? undefined : startOfLocalDay(day + later, call.facts.timeZone);
}

function choice(value: string, label: string, chosen: string): Html {
  return markup`<option value="${value}"${value === chosen && markup` selected`}>${label}</option>`;
}

function narrowing(visit: HubVisit, filters: Filters): Html {
  const { board, archive, solved, from, to } = filters;
  const isNarrow = Object.values(filters).some((value) => value !== "");
  const seen = seenBoards(visit.call);
  const choices = (some: readonly Board[]): Html[] => some.map(({ key, name }) => choice(key, name, board));
  const archived = seen.filter(({ isArchived }) => isArchived);
  const old = archived.length > 0 && markup`<optgroup label="${m.hub_archive()}">${choices(archived)}</optgroup>`;
  const boards = markup`${choices(livingBoards(visit.call))}${old}`;
  const too =
    archived.length > 0 &&
    markup`<label class="check"><input type="checkbox" name="archive" value="yes"${archive === "yes" && markup` checked`}><span>${m.hub_search_archive()}</span></label>`;
  return markup`<details${isNarrow && markup` open`}><summary>${m.hub_search_narrow()}</summary><div class="narrow"><label>${m.hub_field_board()}<select name="board">${choice("", m.hub_search_all_boards(), board)}${boards}</select></label><label>${m.hub_search_which()}<select name="solved">${choice("", m.hub_search_any(), solved)}${choice("yes", m.hub_filter_solved(), solved)}${choice("no", m.hub_filter_unsolved(), solved)}</select></label><label>${m.hub_search_from()}<input type="date" name="from" value="${from}"></label><label>${m.hub_search_to()}<input type="date" name="to" value="${to}"></label></div>${too}</details>`;
}

/** The field in which one searches, as it stands on the page of findings and above lists. */
export function searchField({ home }: HubVisit, typed: string, below: Html | false = false): Html {
  return markup`<form class="find" method="get" action="${home}/search" role="search"><div><input type="search" name="q" value="${typed}" maxlength="${LONGEST_TYPED}" aria-label="${m.hub_search()}" placeholder="${m.hub_search_hint()}"><button>${m.hub_search_find()}</button></div>${below}</form>`;
}

/** What a search has found, best first, or how to search otherwise. */
export async function searchPage(visit: HubVisit): Promise<string> {
  const { call, home, url } = visit;
  const typed = (url.searchParams.get("q") ?? "").slice(0, LONGEST_TYPED);
  const filters = filtersOf(visit);
  const { items, next, isCorrected } = await searchHub(call, {
    typed,
    boardId: seenBoards(call).find(({ key }) => key === filters.board)?.id,
    inArchive: filters.archive === "yes",
    solved: filters.solved === "yes" || filters.solved === "no" ? filters.solved === "yes" : undefined,
    from: startOf(visit, filters.from),
    to: startOf(visit, filters.to, 1),
    after: url.searchParams.get("after") ?? undefined,
    limit: HITS_A_PAGE,
  });
  const set = Object.entries(filters).filter(([, value]) => value !== "");
  const rest = new URLSearchParams([["q", typed], ...set, ...(next === null ? [] : [["after", next]])]);
  const people = url.searchParams.has("after") ? false : await peopleFound(visit, typed);
  const isEmpty = people === false && typed.trim() !== "" && items.length === 0;
  const main = markup`<h1>${m.hub_search()}</h1>${searchField(visit, typed, narrowing(visit, filters))}${isCorrected && markup`<p class="lead">${m.hub_search_corrected()}</p>`}${isEmpty && markup`<p class="lead">${m.hub_search_nothing()}</p>`}${people}${items.length > 0 && people !== false && markup`<h2>${m.hub_topics()}</h2>`}${items.length > 0 && markup`<ul class="list">${items.map((hit) => hitLine(visit, hit))}</ul>`}${next !== null && markup`<p class="pages"><a rel="next" href="${home}/search?${rest.toString()}">${m.hub_search_more()}</a></p>`}`;
  return documentOf(visit, { title: m.hub_search(), main });
}
