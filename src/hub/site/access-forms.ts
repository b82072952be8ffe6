import { m } from "#words";
import { providerNames } from "../model.ts";
import { accessPage } from "./access.ts";
import { pageAnswer } from "./answer.ts";
import { addressDonePage } from "./doors.ts";
import { doneNote, faultNote } from "./frame.ts";
import type { Sending, Sent } from "./kinds.ts";

/** Does something on the page of how one signs in, and shows it again with what came of it. */
export async function onAccess(
  { visit, request }: Pick<Sending, "visit" | "request">,
  work: () => Promise<unknown>,
): Promise<Response> {
  try {
    await work();
    return pageAnswer(request, await accessPage(visit, doneNote(m.hub_saved())));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, await accessPage(visit, faultNote(fault)), fault.status);
  }
}

/** Forms of the page of how one signs in. */
export const accessForms: readonly Sent[] = [
  {
    path: /^\/me\/access\/end$/,
    permission: "hub.member",
    send: (sending) => {
      const { visit, typed } = sending;
      const which = { community: visit.slug, sessionId: typed("session") };
      return onAccess(sending, () => visit.api.people.endSession(which));
    },
  },
  {
    path: /^\/me\/access\/end-others$/,
    permission: "hub.member",
    send: (sending) => onAccess(sending, () => sending.visit.api.people.endOthers({ community: sending.visit.slug })),
  },
  {
    path: /^\/me\/access\/unlink$/,
    permission: "hub.member",
    send: (sending) => {
      const { visit, typed } = sending;
      const platform = providerNames.find((each) => each === typed("platform")) ?? "telegram";
      return onAccess(sending, () => visit.api.people.unlink({ community: visit.slug, platform }));
    },
  },
  {
    path: /^\/me\/access\/email$/,
    permission: "hub.member",
    send: (sending) => {
      const { visit, typed } = sending;
      return onAccess(sending, () => visit.api.people.changeAddress({ community: visit.slug, email: typed("email") }));
    },
  },
  {
    path: /^\/me\/access\/email\/drop$/,
    permission: "hub.member",
    send: (sending) =>
      onAccess(sending, () => sending.visit.api.people.dropAddressWish({ community: sending.visit.slug })),
  },
  {
    path: /^\/email\/([A-Za-z0-9_-]{1,200})$/,
    permission: "hub.public",
    send: async ({ visit, fields, request }) => {
      await visit.api.people.confirmAddress({ community: visit.slug, token: fields[0] ?? "" });
      return pageAnswer(request, addressDonePage(visit));
    },
  },
  {
    path: /^\/me\/access\/password$/,
    permission: "hub.member",
    send: (sending) => {
      const { visit, typed } = sending;
      const current = typed("current");
      const wish = { community: visit.slug, password: typed("password"), ...(current !== "" && { current }) };
      return onAccess(sending, () => visit.api.people.changePassword(wish));
    },
  },
];
