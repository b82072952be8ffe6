import { seenLinks } from "../call.ts";
import type { Link, Post } from "../model.ts";
import { markup, type Html } from "./html.ts";
import type { HubVisit } from "./visit.ts";

/** Where a topic of the hub itself stands: only whoever may read its board is shown the card. */
function placeOf({ boards, facts }: HubVisit["call"], boardId: string | null): string {
  const board = boards.find(({ id }) => id === boardId)?.name;
  return board === undefined ? facts.name : `${facts.name} · ${board}`;
}

function card({ call }: HubVisit, { address, title, about, site, topic, boardId }: Link): Html {
  const isOurs = topic !== null;
  const rel = isOurs ? markup`` : markup` rel="nofollow ugc noopener"`;
  return markup`<a class="link-card" href="${address}"${rel}><b>${title}</b>${about !== "" && markup`<span>${about}</span>`}<small>${isOurs ? placeOf(call, boardId) : site}</small></a>`;
}

/** What the links of a post lead to, in the words of the linked pages; nothing of them is fetched by whoever reads. */
export function linkCards(visit: HubVisit, post: Pick<Post, "links">): Html | false {
  const links = seenLinks(visit.call, post);
  return links.length > 0 && markup`<div class="link-cards">${links.map((each) => card(visit, each))}</div>`;
}
