import { m } from "#words";
import { onTo, pageAnswer } from "./answer.ts";
import { joinPage, signInPage, wayOn } from "./doors.ts";
import { faultNote } from "./frame.ts";
import { markup } from "./html.ts";
import type { Sending, Sent } from "./kinds.ts";
import { ownPage } from "./people.ts";

async function join(sending: Sending): Promise<Response> {
  const { visit, typed, request } = sending;
  const [name, email, invitation] = [typed("name"), typed("email"), typed("invitation")];
  try {
    const acceptsRules = (typed("acceptsRules") === "yes") as true;
    const asked = invitation === "" ? {} : { invitation };
    await visit.api.people.join({
      community: visit.slug,
      name,
      email,
      password: typed("password"),
      acceptsRules,
      ...asked,
    });
    return onTo(wayOn(visit, typed("to")));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, joinPage(visit, { name, email, invitation }, faultNote(fault)), fault.status);
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
    const note = markup`<div class="note" role="status"><p>${m.hub_link_sent()}</p></div>`;
    return pageAnswer(request, signInPage(visit, "", note));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, signInPage(visit, typed("email"), faultNote(fault)), fault.status);
  }
}

async function tellAbout({ visit, typed, request }: Sending): Promise<Response> {
  await visit.api.people.tellAbout({ community: visit.slug, about: typed("about") });
  const note = markup`<div class="note" role="status"><p>${m.hub_saved()}</p></div>`;
  return pageAnswer(request, await ownPage(visit, note));
}

/** Forms of coming in, of one's own page and of leaving. */
export const doorForms: readonly Sent[] = [
  { path: /^\/me$/, permission: "hub.member", send: tellAbout },
  { path: /^\/join$/, permission: "hub.public", send: join },
  { path: /^\/sign-in$/, permission: "hub.public", send: signIn },
  { path: /^\/sign-in-link$/, permission: "hub.public", send: sendLink },
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
  {
    path: /^\/leave$/,
    permission: "hub.member",
    send: async ({ visit }) => {
      await visit.api.people.leave({ community: visit.slug });
      return onTo(visit.home);
    },
  },
];
