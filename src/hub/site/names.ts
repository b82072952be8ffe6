import { m } from "#words";
import type { CallableGroup } from "../groups/model.ts";
import { type Offered, offerNames } from "../talk/callable.ts";
import { pageAnswer } from "./answer.ts";
import { facePart } from "./face.ts";
import { markup, type Html } from "./html.ts";
import type { Showing, Shown } from "./kinds.ts";
import type { HubVisit } from "./visit.ts";

/** What a line says under a name: what will be typed for it, where that is another word. */
function typedFor({ name, handle }: Offered): Html | false {
  return name !== handle && markup` <small>@${handle}</small>`;
}

function personLine(visit: HubVisit, person: Offered, at: number): Html {
  const badge = person.isTeam && markup` <span class="mark">${m.hub_team()}</span>`;
  return markup`<li role="option" id="name-${at}" data-name="${person.handle}">${facePart(visit, person)}<span><b>${person.name}</b>${badge}${typedFor(person)}</span></li>`;
}

function groupLine({ handle }: CallableGroup, at: number): Html {
  return markup`<li role="option" id="name-${at}" data-name="${handle}"><span class="initial t5" aria-hidden="true">@</span><span><b>${handle}</b> <small>${m.hub_names_group()}</small></span></li>`;
}

/** A piece of a page, for the script that asks while a name is typed behind an @: one line for each whom it may mean. */
async function names({ visit, request }: Showing): Promise<Response> {
  const { searchParams } = visit.url;
  const typed = (searchParams.get("typed") ?? "").slice(0, 60);
  const topic = Number(searchParams.get("topic") ?? "0");
  const boardId = visit.call.boards.find(({ id }) => id === searchParams.get("board"))?.id;
  const place = {
    topic: Number.isSafeInteger(topic) && topic > 0 ? Math.min(topic, 2_000_000_000) : undefined,
    boardId,
  };
  const { people, groups } = await offerNames(visit.call, { place, typed });
  const lines = [
    ...people.map((person, at) => personLine(visit, person, at)),
    ...groups.map((group, at) => groupLine(group, people.length + at)),
  ];
  return pageAnswer(request, markup`${lines}`.markup);
}

/** What the script asks for while a post is typed. */
export const namePages: readonly Shown[] = [{ path: /^\/names$/, permission: "hub.member", show: names }];
