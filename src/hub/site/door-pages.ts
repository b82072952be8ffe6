import { refuse } from "#src/base/refusal.ts";
import { pageAnswer } from "./answer.ts";
import { enterPage, joinPage, rulesPage, signInPage } from "./doors.ts";
import type { Shown } from "./kinds.ts";
import { ownPage, profilePage } from "./people.ts";
import type { HubVisit } from "./visit.ts";

const typedNothing = ({ url }: HubVisit) => ({
  name: "",
  email: "",
  invitation: url.searchParams.get("invitation") ?? "",
});

/** Pages of coming in, of people and of one's own affairs. */
export const doorPages: readonly Shown[] = [
  {
    path: /^\/people\/([0-9a-f-]{36})$/,
    permission: "hub.reader",
    show: async ({ visit, request, fields }) => pageAnswer(request, await profilePage(visit, fields[0] ?? "")),
  },
  {
    path: /^\/me$/,
    permission: "hub.reader",
    show: async ({ visit, request }) =>
      visit.call.visitor.kind === "guest"
        ? refuse("unauthenticated", "hub.sign-in-first")
        : pageAnswer(request, await ownPage(visit)),
  },
  {
    path: /^\/join$/,
    permission: "hub.public",
    show: ({ visit, request }) => pageAnswer(request, joinPage(visit, typedNothing(visit))),
  },
  {
    path: /^\/sign-in$/,
    permission: "hub.public",
    show: ({ visit, request }) => pageAnswer(request, signInPage(visit, "")),
  },
  {
    path: /^\/enter\/([A-Za-z0-9_-]{1,200})$/,
    permission: "hub.public",
    show: ({ visit, request, fields }) => pageAnswer(request, enterPage(visit, fields[0] ?? "")),
  },
  { path: /^\/rules$/, permission: "hub.public", show: ({ visit, request }) => pageAnswer(request, rulesPage(visit)) },
];
