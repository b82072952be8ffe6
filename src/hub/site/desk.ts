import { m } from "#words";
import type { TeamMessage } from "../desk/message.ts";
import { LONGEST_TEAM_MESSAGE, type TeamMessageState } from "../model.ts";
import { newForm } from "../talk/write.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { clockOf, documentOf, faultNote } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent, Shown } from "./kinds.ts";
import { moment } from "./moment.ts";
import type { HubVisit } from "./visit.ts";

const stateNames: Record<TeamMessageState, () => string> = {
  new: m.hub_desk_state_new,
  answered: m.hub_desk_state_answered,
  closed: m.hub_desk_state_closed,
};

function messagePart(visit: HubVisit, { text, madeAt, state, answers }: TeamMessage): Html {
  const clock = clockOf(visit);
  const replies = answers.map(
    (answer) =>
      markup`<div class="note"><p class="meta"><span class="mark">${m.hub_team()}</span> ${moment(answer.madeAt, clock)}</p><pre class="source">${answer.text}</pre></div>`,
  );
  return markup`<article class="post"><header><span class="mark${state === "answered" && " good"}">${stateNames[state]()}</span><span class="meta">${moment(madeAt, clock)}</span></header><pre class="source">${text}</pre>${replies}</article>`;
}

/** What one wrote to the team with its answers, below the form for more; `typed` stands in the form again after a refusal. */
async function deskPage(visit: HubVisit, again?: { typed: string; form: string; note: Html }): Promise<string> {
  const { api, home, slug, call } = visit;
  const title = m.hub_desk_title();
  if (call.visitor.kind === "team") {
    const main = markup`<h1>${title}</h1><div class="note"><p>${m.hub_desk_for_team()}</p></div><p><a href="/console/${slug}/hub/messages">${m.hub_desk_to_console()}</a></p>`;
    return documentOf(visit, { title, main, isPlain: true });
  }
  const { items } = await api.desk.own({ community: slug });
  const form = again?.form ?? newForm(call.now());
  const sent =
    visit.url.searchParams.has("sent") && markup`<div class="note" role="status"><p>${m.hub_desk_sent()}</p></div>`;
  const field = markup`<form class="stack" method="post" action="${home}/messages"><input type="hidden" name="form" value="${form}"><label>${m.hub_desk_field()}<textarea name="text" required maxlength="${LONGEST_TEAM_MESSAGE}" rows="6">
${again?.typed ?? ""}</textarea></label><div><button class="main">${m.hub_desk_send()}</button></div></form>`;
  const earlier =
    items.length > 0 &&
    markup`<section class="part"><h2>${m.hub_desk_earlier()}</h2>${items.map((each) => messagePart(visit, each))}</section>`;
  const main = markup`<h1>${title}</h1><p class="lead">${m.hub_desk_lead()}</p>${sent}${again?.note}<section class="part">${field}</section>${earlier}`;
  return documentOf(visit, { title, main, isPlain: true });
}

async function send({ visit, typed, request }: Sending): Promise<Response> {
  const [text, form] = [typed("text"), typed("form")];
  try {
    await visit.api.desk.write({ community: visit.slug, text, ...(form === "" ? {} : { form }) });
    return onTo(`${visit.home}/messages?sent`);
  } catch (error) {
    const fault = visit.explain(error);
    const page = await deskPage(visit, { typed: text, form, note: faultNote(fault) });
    return pageAnswer(request, page, fault.status);
  }
}

const PATH = /^\/messages$/;

/** Writing to the team. */
export const deskPages: readonly Shown[] = [
  {
    path: PATH,
    permission: "hub.member",
    show: async ({ visit, request }) => pageAnswer(request, await deskPage(visit)),
  },
];

/** Its form. */
export const deskForms: readonly Sent[] = [{ path: PATH, permission: "hub.member", send }];
