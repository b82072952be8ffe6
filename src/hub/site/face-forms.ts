import { m } from "#words";
import { pageAnswer } from "./answer.ts";
import { faultNote } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent } from "./kinds.ts";
import { ownPage, profilePage } from "./people.ts";

function doneNote(text: string): Html {
  return markup`<div class="note" role="status"><p>${text}</p></div>`;
}

/** The picture was taken in with the form; here is told what came of it. */
async function toldFace({ visit, request, files, leftOut: [refused] }: Sending): Promise<Response> {
  if (refused !== undefined)
    return pageAnswer(request, await ownPage(visit, faultNote(refused.fault)), refused.fault.status);
  if (files.length === 0)
    return pageAnswer(request, await ownPage(visit, faultNote({ detail: m.hub_face_missing() })), 400);
  return pageAnswer(request, await ownPage(visit, doneNote(m.hub_face_saved())));
}

async function takeOwnAway({ visit, request }: Sending): Promise<Response> {
  await visit.api.people.dropFace({ community: visit.slug });
  return pageAnswer(request, await ownPage(visit, doneNote(m.hub_face_removed())));
}

async function takeTheirsAway({ visit, request, fields: [memberId = ""] }: Sending): Promise<Response> {
  await visit.api.moderation.dropFace({ community: visit.slug, memberId });
  return pageAnswer(request, await profilePage(visit, memberId, doneNote(m.hub_face_removed())));
}

/** Forms of the pictures by which members are known. */
export const faceForms: readonly Sent[] = [
  { path: /^\/me\/face$/, permission: "hub.member", files: "face", send: toldFace },
  { path: /^\/me\/face\/remove$/, permission: "hub.member", send: takeOwnAway },
  { path: /^\/people\/([0-9a-f-]{36})\/face\/remove$/, permission: "hub.member", send: takeTheirsAway },
];
