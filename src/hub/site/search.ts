import { m } from "#words";
import { postPath } from "../model.ts";
import { searchHub, type SearchHit } from "../search/search.ts";
import { documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { standing } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

const HITS_A_PAGE = 20;
const LONGEST_TYPED = 200;

function hitLine({ slug }: HubVisit, { topic, number, excerpt }: SearchHit): Html {
  const pieces = excerpt.map(({ text, isMatch }) => (isMatch ? markup`<mark>${text}</mark>` : text));
  return markup`<li><div><a class="title" href="${postPath(slug, topic, number)}">${topic.title}</a> ${standing(topic)}<div class="meta">${pieces}</div></div></li>`;
}

/** The field in which one searches, as it stands on the page of findings and above lists. */
export function searchField({ home }: HubVisit, typed: string): Html {
  return markup`<form class="row" method="get" action="${home}/search" role="search"><input type="search" name="q" value="${typed}" maxlength="${LONGEST_TYPED}" aria-label="${m.hub_search()}" placeholder="${m.hub_search_hint()}"><button>${m.hub_search_find()}</button></form>`;
}

/** What a search has found, best first, or how to search otherwise. */
export async function searchPage(visit: HubVisit): Promise<string> {
  const { call, home, url } = visit;
  const typed = (url.searchParams.get("q") ?? "").slice(0, LONGEST_TYPED);
  const after = url.searchParams.get("after") ?? undefined;
  const { items, next, isCorrected } = await searchHub(call, { typed, after, limit: HITS_A_PAGE });
  const rest = new URLSearchParams({ q: typed, ...(next === null ? {} : { after: next }) });
  const isEmpty = typed.trim() !== "" && items.length === 0;
  const main = markup`<h1>${m.hub_search()}</h1>${searchField(visit, typed)}${isCorrected && markup`<p class="lead">${m.hub_search_corrected()}</p>`}${isEmpty && markup`<p class="lead">${m.hub_search_nothing()}</p>`}${items.length > 0 && markup`<ul class="list">${items.map((hit) => hitLine(visit, hit))}</ul>`}${next !== null && markup`<p class="pages"><a rel="next" href="${home}/search?${rest.toString()}">${m.hub_search_more()}</a></p>`}`;
  return documentOf(visit, { title: m.hub_search(), main });
}
