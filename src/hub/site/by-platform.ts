import { m } from "#words";
import { refuse } from "#src/base/refusal.ts";
import { providerNames } from "../model.ts";
import { beginBy, cameBack, type CameBack } from "../people/by-platform.ts";
import { openLaunch } from "../people/mini-app.ts";
import { providers } from "../providers/all.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { wayOn } from "./doors.ts";
import { documentOf, faultNote } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import type { Sending, Sent, Showing, Shown } from "./kinds.ts";
import { launchScriptName } from "./launch-script.ts";
import type { HubVisit } from "./visit.ts";

/** Whoever is new chooses a name and accepts the rules. */
function namePage(visit: HubVisit, asked: { proof: string; name: string; note?: Html | false }): string {
  const { proof, name, note = false } = asked;
  const { rules } = visit.call.hub;
  const main = markup`<h1>${m.hub_join_title({ name: visit.call.facts.name })}</h1>${note}<p class="lead">${m.hub_by_new()}</p><form class="stack" method="post" action="${visit.home}/by/join"><input type="hidden" name="proof" value="${proof}"><input type="hidden" name="to" value="${wayOn(visit)}"><label>${m.hub_field_name()}<input name="name" required minlength="2" maxlength="30" autocomplete="nickname" value="${name}"><small>${m.hub_name_hint()}</small></label>${rules !== "" && markup`<section><h2>${m.hub_rules()}</h2><pre class="source">${rules}</pre></section>`}<label class="check"><input type="checkbox" name="acceptsRules" value="yes" required><span>${rules === "" ? m.hub_accept_plain() : m.hub_accept_rules()}</span></label><div><button class="main">${m.hub_join()}</button></div></form>`;
  return documentOf(visit, { title: m.hub_nav_join(), main, isPlain: true });
}

function providerOf([name]: readonly string[]) {
  const known = providerNames.find((each) => each === name);
  return known === undefined ? refuse("not-found", "hub.no-such-way") : providers[known];
}

function answerTo({ visit, request }: Pick<Showing, "visit" | "request">, back: CameBack): Response {
  if (back.kind === "newcomer") return pageAnswer(request, namePage(visit, back));
  return onTo(back.kind === "linked" ? `${visit.home}/me/access` : wayOn(visit, back.to));
}

async function begin({ visit, fields }: Showing): Promise<Response> {
  const asked = visit.url.searchParams;
  const isLinking = asked.get("link") === "yes";
  const wish = { to: wayOn(visit), invitation: asked.get("invitation") ?? "", isLinking };
  return onTo(await beginBy(visit.call, providerOf(fields), wish));
}

async function joinByPlatform({ visit, request, typed }: Sending): Promise<Response> {
  const [proof, name] = [typed("proof"), typed("name")];
  try {
    if (typed("acceptsRules") !== "yes") refuse("invalid", "hub.rules-first");
    await visit.api.people.joinByPlatform({ community: visit.slug, proof, name, acceptsRules: true });
    return onTo(wayOn(visit, typed("to")));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, namePage(visit, { proof, name, note: faultNote(fault) }), fault.status);
  }
}

/** Where Telegram opens the hub: a small script hands over what Telegram said of the person, and goes on from there. */
function launchPage(visit: HubVisit): string {
  if (!visit.call.hub.ways.includes("telegram-app")) return refuse("not-found", "hub.no-such-way");
  const main = markup`<h1>${visit.call.facts.name}</h1><form id="launch" method="post" action="${visit.home}/app"><input type="hidden" name="initData"></form><p class="lead">${m.hub_app_open()}</p><p><a href="${visit.home}">${m.hub_back_home()}</a></p><script src="/c/-/${launchScriptName}"></script>`;
  return documentOf(visit, { title: visit.call.facts.name, main, isPlain: true });
}

/** Pages of signing in by a platform. */
export const platformPages: readonly Shown[] = [
  { path: /^\/by\/([a-z]{2,10})$/, permission: "hub.public", show: begin },
  {
    path: /^\/by\/([a-z]{2,10})\/back$/,
    permission: "hub.public",
    show: async (showing) => {
      const { visit, fields } = showing;
      return answerTo(showing, await cameBack(visit.call, providerOf(fields), visit.url.searchParams));
    },
  },
  {
    path: /^\/app$/,
    permission: "hub.public",
    show: ({ visit, request }) => pageAnswer(request, launchPage(visit)),
  },
];

/** Forms of signing in by a platform. */
export const platformForms: readonly Sent[] = [
  { path: /^\/by\/join$/, permission: "hub.public", send: joinByPlatform },
  {
    path: /^\/app$/,
    permission: "hub.public",
    send: async (sending) => answerTo(sending, await openLaunch(sending.visit.call, sending.typed("initData"))),
  },
];
