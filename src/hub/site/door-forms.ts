import { m } from "#words";
import { activities } from "../model.ts";
import { readSignUp } from "../people/sign-up.ts";
import { accessForms } from "./access-forms.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { platformForms } from "./by-platform.ts";
import { confirmPage, forgotPage, joinPage, letterSentPage, passwordPage, signInPage, wayOn } from "./doors.ts";
import { privacyPage } from "./directory.ts";
import { doneNote, faultNote } from "./frame.ts";
import type { Sending, Sent } from "./kinds.ts";
import { leavingForms } from "./leaving.ts";
import { passkeyForms } from "./passkey-forms.ts";
import { ownPage } from "./people.ts";

async function join(sending: Sending): Promise<Response> {
  const { visit, typed, request } = sending;
  const [name, email, invitation] = [typed("name"), typed("email"), typed("invitation")];
  const [question, answer] = [typed("question"), typed("answer")];
  try {
    const acceptsRules = (typed("acceptsRules") === "yes") as true;
    const wish = { community: visit.slug, name, email, password: typed("password"), acceptsRules };
    const { you } = await visit.api.people.join({
      ...wish,
      ...(invitation === "" ? {} : { invitation }),
      ...(question === "" ? {} : { question, answer }),
    });
    if (you === null) return pageAnswer(request, letterSentPage(visit, email));
    return onTo(wayOn(visit, typed("to")));
  } catch (error) {
    const fault = visit.explain(error);
    const isAsked = fault.code === "hub.question-first" || question !== "";
    return pageAnswer(request, joinPage(visit, { name, email, invitation, isAsked }, faultNote(fault)), fault.status);
  }
}

async function confirm({ visit, typed, request, fields: [token = ""] }: Sending): Promise<Response> {
  const chosen = typed("name");
  const { name } = await readSignUp(visit.call, token);
  try {
    await visit.api.people.confirm({ community: visit.slug, token, ...(chosen === "" ? {} : { name: chosen }) });
    return onTo(visit.home);
  } catch (error) {
    const fault = visit.explain(error);
    const asked = { token, name: chosen === "" ? name : chosen, isTaken: true, note: faultNote(fault) };
    return pageAnswer(request, confirmPage(visit, asked), fault.status);
  }
}

async function forgot({ visit, typed, request }: Sending): Promise<Response> {
  try {
    await visit.api.people.askPasswordLink({ community: visit.slug, email: typed("email") });
    return pageAnswer(request, forgotPage(visit, doneNote(m.hub_link_sent())));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, forgotPage(visit, faultNote(fault)), fault.status);
  }
}

async function setPassword({ visit, typed, request, fields }: Sending): Promise<Response> {
  const token = fields[0] ?? "";
  try {
    await visit.api.people.setPassword({ community: visit.slug, token, password: typed("password") });
    return onTo(visit.home);
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, passwordPage(visit, token, faultNote(fault)), fault.status);
  }
}

async function signIn(sending: Sending): Promise<Response> {
  const { visit, typed, request } = sending;
  try {
    await visit.api.people.signIn({ community: visit.slug, email: typed("email"), password: typed("password") });
    return onTo(wayOn(visit, typed("to")));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, signInPage(visit, typed("email"), faultNote(fault)), fault.status);
  }
}

async function sendLink({ visit, typed, request }: Sending): Promise<Response> {
  try {
    await visit.api.people.askSignLink({ community: visit.slug, email: typed("email") });
    return pageAnswer(request, signInPage(visit, "", doneNote(m.hub_link_sent())));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, signInPage(visit, typed("email"), faultNote(fault)), fault.status);
  }
}

async function tellAbout({ visit, typed, request }: Sending): Promise<Response> {
  await visit.api.people.tellAbout({ community: visit.slug, about: typed("about") });
  return pageAnswer(request, await ownPage(visit, doneNote(m.hub_saved())));
}

async function keepPrivacy({ visit, typed, request }: Sending): Promise<Response> {
  const activity = activities.find((each) => each === typed("activity")) ?? "everyone";
  await visit.api.people.tellAbout({ community: visit.slug, activity, isListed: typed("isListed") === "yes" });
  return pageAnswer(request, await privacyPage(visit, doneNote(m.hub_saved())));
}

/** Forms of coming in, of one's own page and of leaving. */
export const doorForms: readonly Sent[] = [
  ...platformForms,
  ...accessForms,
  ...passkeyForms,
  ...leavingForms,
  { path: /^\/me$/, permission: "hub.member", send: tellAbout },
  { path: /^\/me\/privacy$/, permission: "hub.member", send: keepPrivacy },
  { path: /^\/join$/, permission: "hub.public", send: join },
  { path: /^\/sign-in$/, permission: "hub.public", send: signIn },
  { path: /^\/sign-in-link$/, permission: "hub.public", send: sendLink },
  { path: /^\/confirm\/([A-Za-z0-9_-]{1,200})$/, permission: "hub.public", send: confirm },
  { path: /^\/forgot$/, permission: "hub.public", send: forgot },
  { path: /^\/password\/([A-Za-z0-9_-]{1,200})$/, permission: "hub.public", send: setPassword },
  {
    path: /^\/enter\/([A-Za-z0-9_-]{1,200})$/,
    permission: "hub.public",
    send: async ({ visit, fields }) => {
      await visit.api.people.openSignLink({ community: visit.slug, token: fields[0] ?? "" });
      return onTo(visit.home);
    },
  },
  {
    path: /^\/sign-out$/,
    permission: "hub.public",
    send: async ({ visit }) => {
      await visit.api.people.signOut({ community: visit.slug });
      return onTo(visit.home);
    },
  },
];
