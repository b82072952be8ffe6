import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { type GroupPage, groupsKnown, type KnownGroup, type OwnStanding, readGroup } from "../groups/belonging.ts";
import { LONGEST_WISH } from "../groups/model.ts";
import { readingOfTopics } from "../queries.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { documentOf, faultNote } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent, Shown } from "./kinds.ts";
import { topicLines } from "./topic-rows.ts";
import type { HubVisit } from "./visit.ts";

function groupLine(visit: HubVisit, { number, name, about, isIn, takesRequests }: KnownGroup): Html {
  const isTeam = visit.call.visitor.kind === "team";
  const mine = isIn && !isTeam && markup` <span class="mark good">${m.hub_group_in_mark()}</span>`;
  const open = !isIn && takesRequests && markup` <span class="mark">${m.hub_group_open_mark()}</span>`;
  return markup`<li><div><a class="title" href="${visit.home}/g/${number}">${name}</a>${mine}${open}${about !== "" && markup`<p class="meta">${about}</p>`}</div></li>`;
}

/** Shows a guest the door, whatever group they ask for: whether it is there is not told. */
function refuseGuest({ call }: HubVisit): void {
  if (call.visitor.kind === "guest") refuse("unauthenticated", "hub.sign-in-first");
}

/** Groups that the reader may know of. */
async function groupsPage(visit: HubVisit): Promise<string> {
  refuseGuest(visit);
  const groups = await groupsKnown(visit.call);
  const title = m.hub_groups();
  const list =
    groups.length === 0
      ? markup`<div class="note"><p>${m.hub_groups_none()}</p></div>`
      : markup`<ul class="list">${groups.map((group) => groupLine(visit, group))}</ul>`;
  return documentOf(visit, { title, main: markup`<h1>${title}</h1><p class="lead">${m.hub_groups_lead()}</p>${list}` });
}

function askForm(action: string, typed: string): Html {
  return markup`<form class="stack" method="post" action="${action}"><label>${m.hub_group_wish()}<textarea name="text" maxlength="${LONGEST_WISH}" rows="3">
${typed}</textarea><small>${m.hub_group_wish_hint()}</small></label><div><button class="main" name="deed" value="ask">${m.hub_group_ask()}</button></div></form>`;
}

function standingPart(visit: HubVisit, page: GroupPage, typed: string): Html | false {
  const action = `${visit.home}/g/${page.group.number}`;
  const { takesRequests } = page.group;
  const reason = page.reason !== "" && markup`<p>${m.hub_group_reason({ reason: page.reason })}</p>`;
  const leave = markup`<details><summary>${m.hub_group_leave_open()}</summary><p>${takesRequests ? m.hub_group_leave_text() : m.hub_group_leave_closed_text()}</p><form method="post" action="${action}"><button class="danger" name="deed" value="leave">${m.hub_group_leave()}</button></form></details>`;
  const parts: Record<OwnStanding, () => Html | false> = {
    team: () => false,
    in: () => markup`<section class="part"><p>${m.hub_group_you_are_in()}</p>${leave}</section>`,
    "in-by-rule": () => markup`<section class="part"><p>${m.hub_group_you_are_in_by_rule()}</p></section>`,
    waiting: () =>
      markup`<div class="note" role="status"><p>${m.hub_group_waiting()}</p></div><form method="post" action="${action}"><button name="deed" value="withdraw">${m.hub_group_withdraw()}</button></form>`,
    declined: () =>
      markup`<div class="note"><p>${m.hub_group_declined()}</p>${reason}</div>${takesRequests && askForm(action, typed)}`,
    "may-ask": () =>
      markup`<section class="part"><p>${m.hub_group_closed_to_you()}</p>${askForm(action, typed)}</section>`,
  };
  return parts[page.standing]();
}

/** By what the group is called in posts, for whoever may call it. */
function callPart({ group: { handle, mayCall } }: GroupPage): Html | false {
  return mayCall && markup`<p class="meta">${m.hub_group_call_hint({ handle: `@${handle}` })}</p>`;
}

function peoplePart(visit: HubVisit, { people }: GroupPage): Html | false {
  if (people === undefined) return false;
  const lines = people.items.map(
    ({ memberId, name }) =>
      markup`<li><div><a class="title" href="${visit.home}/people/${memberId}">${name}</a></div></li>`,
  );
  const list = lines.length === 0 ? markup`<p>${m.hub_group_nobody()}</p>` : markup`<ul class="list">${lines}</ul>`;
  const more =
    people.next !== null &&
    markup`<p class="pages"><a rel="next" href="?after=${encodeURIComponent(people.next)}">${m.hub_search_more()}</a></p>`;
  return markup`<section class="part"><h2>${m.hub_group_people()}</h2>${list}${more}</section>`;
}

/** A group as far as the reader may look into it; `typed` stands in the form again after a refusal. */
async function groupPage(visit: HubVisit, number: number, again?: { typed: string; note: Html }): Promise<string> {
  refuseGuest(visit);
  const { call, home, url, slug } = visit;
  const page = await readGroup(call, { number, after: url.searchParams.get("after") ?? undefined });
  const { group, boards, topics } = page;
  const reading = await readingOfTopics(call, topics);
  const boardPart =
    boards.length > 0 &&
    markup`<section class="part"><h2>${m.hub_boards()}</h2><ul class="list">${boards.map(({ key, name, about }) => markup`<li><div><a class="title" href="${home}/b/${key}">${name}</a>${about !== "" && markup`<p class="meta">${about}</p>`}</div></li>`)}</ul></section>`;
  const topicPart =
    topics.length > 0 &&
    markup`<section class="part"><h2>${m.hub_latest()}</h2>${topicLines(visit, { topics, reading, withBoards: true })}</section>`;
  const console =
    call.visitor.kind === "team" &&
    call.visitor.mayModerate &&
    markup`<p><a href="/console/${slug}/hub/groups">${m.hub_group_arrange()}</a></p>`;
  const about = group.about !== "" && markup`<p class="lead">${group.about}</p>`;
  const main = markup`<p><a href="${home}/g">${m.hub_groups()}</a></p><h1>${group.name}</h1>${about}${again?.note}${callPart(page)}${console}${standingPart(visit, page, again?.typed ?? "")}${boardPart}${topicPart}${peoplePart(visit, page)}`;
  return documentOf(visit, { title: group.name, main });
}

async function send({ visit, typed, fields, request }: Sending): Promise<Response> {
  const number = Number(fields[0]);
  const place = { community: visit.slug, number };
  const { ownGroups } = visit.api;
  try {
    if (typed("deed") === "leave") {
      await ownGroups.leave(place);
      return onTo(`${visit.home}/g`);
    }
    await (typed("deed") === "withdraw" ? ownGroups.withdraw(place) : ownGroups.ask({ ...place, text: typed("text") }));
    return onTo(`${visit.home}/g/${number}`);
  } catch (error) {
    const fault = visit.explain(error);
    if (fault.status === 404) throw error;
    const page = await groupPage(visit, number, { typed: typed("text"), note: faultNote(fault) });
    return pageAnswer(request, page, fault.status);
  }
}

const ONE = /^\/g\/(\d{1,6})$/;

/** Pages of groups. */
export const groupPages: readonly Shown[] = [
  {
    path: /^\/g$/,
    permission: "hub.reader",
    show: async ({ visit, request }) => pageAnswer(request, await groupsPage(visit)),
  },
  {
    path: ONE,
    permission: "hub.reader",
    show: async ({ visit, request, fields }) => pageAnswer(request, await groupPage(visit, Number(fields[0]))),
  },
];

/** Their form: asking to belong, taking that back, leaving. */
export const groupForms: readonly Sent[] = [{ path: ONE, permission: "hub.member", send }];
