import { m } from "#words";
import { currentLocale } from "#src/base/locale.ts";
import { leavingUntil } from "../people/leaving.ts";
import { LEAVING_DAYS, type LeavingChoice, leavingChoices, leavingOf } from "../store/leavings.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { documentOf } from "./frame.ts";
import { markup } from "./html.ts";
import type { Sent, Shown } from "./kinds.ts";
import { dayText } from "./moment.ts";
import type { HubVisit } from "./visit.ts";

const dayOn = ({ call }: HubVisit, at: Date): string =>
  dayText(at, { locale: currentLocale(), timeZone: call.facts.timeZone });

interface ChoiceWords {
  readonly title: () => string;
  readonly text: () => string;
  /** What is said to whoever has chosen it and is leaving. */
  readonly chosen: () => string;
}

const choiceWords: Record<LeavingChoice, ChoiceWords> = {
  named: { title: m.hub_leave_named, text: m.hub_leave_named_text, chosen: m.hub_leaving_named },
  unnamed: { title: m.hub_leave_unnamed, text: m.hub_leave_unnamed_text, chosen: m.hub_leaving_unnamed },
  deleted: { title: m.hub_leave_deleted, text: m.hub_leave_deleted_text, chosen: m.hub_leaving_deleted },
};

/** Before leaving: what will happen and when, what becomes of what was written, and one's data to take along. */
function leavePage(visit: HubVisit): string {
  const { home, slug, call } = visit;
  const date = dayOn(visit, new Date(leavingUntil(call.now())));
  const archive = `/api/v1/communities/${slug}/hub/me/archive`;
  const choices = leavingChoices.map((choice) => {
    const { title, text } = choiceWords[choice];
    return markup`<label><input type="radio" name="wrote" value="${choice}"${choice === "named" && markup` checked`}><span><b>${title()}</b><br><small>${text()}</small></span></label>`;
  });
  const take = markup`<section class="part"><h2>${m.hub_take_title()}</h2><p>${m.hub_leave_take()}</p><p class="row"><a class="button" href="${archive}.html" download>${m.hub_take_read()}</a><a class="button" href="${archive}.json" download>${m.hub_take_json()}</a></p></section>`;
  const main = markup`<p><a href="${home}/me">${m.hub_me()}</a></p><h1>${m.hub_leave_page({ name: call.facts.name })}</h1><p>${m.hub_leave_now()}</p><p>${m.hub_leave_grace({ date, count: LEAVING_DAYS })}</p>${take}<form class="stack" method="post" action="${home}/leave"><fieldset class="choices"><legend>${m.hub_leave_wrote()}</legend>${choices}</fieldset><p class="hint">${m.hub_leave_stays()}</p><div class="row"><button class="danger">${m.hub_leave()}</button><a class="button" href="${home}/me">${m.hub_cancel()}</a></div></form>`;
  return documentOf(visit, { title: m.hub_leave_title(), main, isPlain: true });
}

/** After leaving. */
function leftPage(visit: HubVisit): string {
  const { home, call } = visit;
  const main = markup`<h1>${m.hub_left_title()}</h1><p class="lead">${m.hub_left_text({ name: call.facts.name, count: LEAVING_DAYS })}</p><p class="row"><a class="button" href="${home}/sign-in">${m.hub_nav_sign_in()}</a><a class="button" href="${home}">${m.hub_back_home()}</a></p>`;
  return documentOf(visit, { title: m.hub_left_title(), main, isPlain: true });
}

/** For whoever signed in while they are leaving: stay, or go on. */
async function leavingPage(visit: HubVisit): Promise<string | undefined> {
  const { home, call } = visit;
  const { leaving } = call;
  const choice = leaving && (await call.run((tx) => leavingOf(tx, call.community, leaving.accountId)));
  if (leaving === undefined || choice === undefined) return undefined;
  const date = dayOn(visit, leaving.until);
  const main = markup`<h1>${m.hub_leaving_title({ date })}</h1><p class="lead">${m.hub_leaving_text({ name: leaving.name, community: call.facts.name })}</p><p>${choiceWords[choice].chosen()}</p><div class="row"><form method="post" action="${home}/leaving"><button class="main">${m.hub_leaving_stay()}</button></form><form method="post" action="${home}/sign-out"><button>${m.hub_leaving_go_on()}</button></form></div>`;
  return documentOf(visit, { title: m.hub_leave_title(), main, isPlain: true });
}

/** Pages of leaving and of coming back. */
export const leavingPages: readonly Shown[] = [
  {
    path: /^\/me\/leave$/,
    permission: "hub.member",
    show: ({ visit, request }) =>
      visit.call.visitor.kind === "member" ? pageAnswer(request, leavePage(visit)) : onTo(`${visit.home}/me`),
  },
  { path: /^\/left$/, permission: "hub.public", show: ({ visit, request }) => pageAnswer(request, leftPage(visit)) },
  {
    path: /^\/leaving$/,
    permission: "hub.public",
    show: async ({ visit, request }) => {
      const body = await leavingPage(visit);
      return body === undefined ? onTo(visit.home) : pageAnswer(request, body);
    },
  },
];

/** Forms of leaving and of coming back. */
export const leavingForms: readonly Sent[] = [
  {
    path: /^\/leave$/,
    permission: "hub.member",
    send: async ({ visit, typed }) => {
      const wrote = leavingChoices.find((each) => each === typed("wrote")) ?? "named";
      await visit.api.people.leave({ community: visit.slug, wrote });
      return onTo(`${visit.home}/left`);
    },
  },
  {
    path: /^\/leaving$/,
    permission: "hub.public",
    send: async ({ visit }) => {
      if (visit.call.leaving !== undefined) await visit.api.people.stay({ community: visit.slug });
      return onTo(visit.home);
    },
  },
];
