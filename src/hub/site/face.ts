import { m } from "#words";
import { filePath } from "../uploads/addresses.ts";
import { markup, type Html } from "./html.ts";
import type { HubVisit } from "./visit.ts";

/** Somebody with what they are shown by: the file of their picture, or null. */
export interface Faced {
  readonly memberId: string;
  readonly name: string;
  readonly face: string | null;
}

/** Grounds for letters, `.t0` and so on in the style; everybody keeps theirs. */
const GROUNDS = 6;

function initialOf(name: string): string {
  return /^\P{M}\p{M}*/u.exec(name.trim())?.[0].toUpperCase() ?? "?";
}

/** The end of an id is chance. */
function groundOf(memberId: string): number {
  return (Number.parseInt(memberId.slice(-4), 16) || 0) % GROUNDS;
}

/** Somebody's picture, or their letter, beside their name: in a line, or `large` on a page about them. */
export function facePart({ slug }: Pick<HubVisit, "slug">, who: Faced, size: "line" | "large" = "line"): Html {
  const large = size === "large" && " large";
  if (who.face === null)
    return markup`<span class="initial t${groundOf(who.memberId)}${large}" aria-hidden="true">${initialOf(who.name)}</span>`;
  const src = filePath(slug, who.face);
  if (size === "large") return markup`<img class="face large" src="${src}" width="96" height="96" alt="">`;
  return markup`<img class="face" src="${src}" width="32" height="32" alt="" loading="lazy" decoding="async">`;
}

/** On one's own page: the picture one is known by, another one, none. Works without script. */
export function ownFacePart(visit: HubVisit, who: Faced): Html {
  const { home } = visit;
  const away =
    who.face !== null &&
    markup`<form method="post" action="${home}/me/face/remove"><button>${m.hub_face_remove()}</button></form>`;
  return markup`<section class="part" id="face"><h2>${m.hub_face_title()}</h2><div class="who">${facePart(visit, who, "large")}<p class="hint">${who.face === null ? m.hub_face_none() : m.hub_face_where()}</p></div><form class="stack" method="post" enctype="multipart/form-data" action="${home}/me/face"><label>${m.hub_face_choose()}<input type="file" name="face" required accept=".jpg,.jpeg,.png,.gif"><small>${m.hub_face_hint()}</small></label><div><button class="main">${m.hub_face_set()}</button></div></form>${away}</section>`;
}

/** On a member's page, for moderators: taking their picture away, in two steps. */
export function moderatedFacePart({ call, home }: HubVisit, who: Faced): Html | false {
  const mayModerate = call.visitor.kind === "team" && call.visitor.mayModerate;
  if (!mayModerate || who.face === null) return false;
  return markup`<details class="part"><summary>${m.hub_face_remove()}</summary><p>${m.hub_face_remove_theirs({ name: who.name })}</p><form method="post" action="${home}/people/${who.memberId}/face/remove"><button class="danger">${m.hub_face_remove()}</button></form></details>`;
}
