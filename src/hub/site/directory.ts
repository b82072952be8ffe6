import { m } from "#words";
import { type Activity, activities, maySeeDirectory } from "../model.ts";
import { listPeople } from "../queries.ts";
import type { ListedPerson } from "../store/people.ts";
import { facePart } from "./face.ts";
import { clockOf, documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { dayOf } from "./moment.ts";
import type { HubVisit } from "./visit.ts";

const PEOPLE_A_PAGE = 50;
const PEOPLE_FOUND = 5;

function personLine(visit: HubVisit, person: ListedPerson): Html {
  const badge = person.isTeam && markup` <span class="mark">${m.hub_team()}</span>`;
  const about = person.about !== "" && markup`<div class="meta">${person.about.slice(0, 160)}</div>`;
  return markup`<li><div class="who">${facePart(visit, person)}<div><a class="title" href="${visit.home}/people/${person.memberId}">${person.name}</a>${badge}${about}</div></div><div class="count">${m.hub_member_since()} ${dayOf(person.joinedAt, clockOf(visit))}</div></li>`;
}

/** The list of members, where the community has one: by name, searched by its beginning. */
export async function peoplePage(visit: HubVisit): Promise<string> {
  const { url, home } = visit;
  const typed = (url.searchParams.get("q") ?? "").slice(0, 60);
  const after = url.searchParams.get("after") ?? undefined;
  const { items, next } = await listPeople(visit.call, { typed, after, limit: PEOPLE_A_PAGE });
  const more = new URLSearchParams({
    ...(typed === "" ? {} : { q: typed }),
    ...(next === null ? {} : { after: next }),
  });
  const list =
    items.length === 0
      ? markup`<p class="lead">${typed === "" ? m.hub_people_none() : m.hub_people_not_found()}</p>`
      : markup`<ul class="list">${items.map((person) => personLine(visit, person))}</ul>`;
  const find = markup`<form class="find" method="get" action="${home}/people" role="search"><div><input type="search" name="q" value="${typed}" maxlength="60" aria-label="${m.hub_people_find()}" placeholder="${m.hub_people_find()}"><button>${m.hub_search_find()}</button></div></form>`;
  const main = markup`<h1>${m.hub_people()}</h1>${find}${list}${next !== null && markup`<p class="pages"><a rel="next" href="${home}/people?${more.toString()}">${m.hub_search_more()}</a></p>`}`;
  return documentOf(visit, { title: m.hub_people(), main });
}

/** Above what a search has found in topics: people whose name begins so, where there is a list of members. */
export async function peopleFound(visit: HubVisit, typed: string): Promise<Html | false> {
  const { call, home } = visit;
  const name = typed.trim().replace(/^@/, "");
  if (name === "" || !maySeeDirectory(call.visitor, call.hub.directory)) return false;
  const { items, next } = await listPeople(call, { typed: name, after: undefined, limit: PEOPLE_FOUND });
  if (items.length === 0) return false;
  const more = new URLSearchParams({ q: name });
  return markup`<section class="part"><h2>${m.hub_people()}</h2><ul class="list">${items.map((person) => personLine(visit, person))}</ul>${next !== null && markup`<p><a href="${home}/people?${more.toString()}">${m.hub_search_more()}</a></p>`}</section>`;
}

const activityNames: Record<Activity, () => string> = {
  everyone: m.hub_activity_everyone,
  members: m.hub_activity_members,
  nobody: m.hub_activity_nobody,
};

/** What a member shows to whom. */
export async function privacyPage(visit: HubVisit, note: Html | false = false): Promise<string> {
  const { api, slug, home, call } = visit;
  const { activity, isListed } = await api.people.me({ community: slug });
  const choices = activities.map(
    (each) =>
      markup`<label><input type="radio" name="activity" value="${each}"${each === activity && markup` checked`}><span>${activityNames[each]()}</span></label>`,
  );
  const hasList = call.hub.directory !== "nobody";
  const listing = markup`<label class="check"><input type="checkbox" name="isListed" value="yes"${isListed && markup` checked`}><span>${m.hub_listed()}</span></label>${!hasList && markup`<p class="hint">${m.hub_listed_off()}</p>`}`;
  const main = markup`<p><a href="${home}/me">${m.hub_me()}</a></p><h1>${m.hub_privacy_title()}</h1>${note}<form class="stack" method="post" action="${home}/me/privacy"><fieldset><legend>${m.hub_activity_title()}</legend>${choices}</fieldset><p class="hint">${m.hub_activity_hint()}</p>${listing}<div><button class="main">${m.hub_save()}</button></div></form>`;
  return documentOf(visit, { title: m.hub_privacy_title(), main, isPlain: true });
}
