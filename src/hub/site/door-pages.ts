import { refuse } from "#src/base/refusal.ts";
import { readSignUp } from "../people/sign-up.ts";
import { accessPage } from "./access.ts";
import { pageAnswer } from "./answer.ts";
import { platformPages } from "./by-platform.ts";
import {
  addressPage,
  confirmPage,
  enterPage,
  forgotPage,
  joinPage,
  passwordPage,
  rulesPage,
  signInPage,
} from "./doors.ts";
import { peoplePage, privacyPage } from "./directory.ts";
import type { Shown } from "./kinds.ts";
import { leavingPages } from "./leaving.ts";
import { ownPage, profilePage } from "./people.ts";
import type { HubVisit } from "./visit.ts";

const typedNothing = ({ url }: HubVisit) => ({
  name: "",
  email: "",
  invitation: url.searchParams.get("invitation") ?? "",
});

/** Pages of coming in, of people and of one's own affairs. */
export const doorPages: readonly Shown[] = [
  ...platformPages,
  ...leavingPages,
  {
    path: /^\/people$/,
    permission: "hub.reader",
    show: async ({ visit, request }) => pageAnswer(request, await peoplePage(visit)),
  },
  {
    path: /^\/me\/privacy$/,
    permission: "hub.member",
    show: async ({ visit, request }) => pageAnswer(request, await privacyPage(visit)),
  },
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
  {
    path: /^\/confirm\/([A-Za-z0-9_-]{1,200})$/,
    permission: "hub.public",
    show: async ({ visit, request, fields: [token = ""] }) => {
      const { name } = await readSignUp(visit.call, token);
      return pageAnswer(request, confirmPage(visit, { token, name }));
    },
  },
  {
    path: /^\/email\/([A-Za-z0-9_-]{1,200})$/,
    permission: "hub.public",
    show: ({ visit, request, fields }) => pageAnswer(request, addressPage(visit, fields[0] ?? "")),
  },
  {
    path: /^\/forgot$/,
    permission: "hub.public",
    show: ({ visit, request }) => pageAnswer(request, forgotPage(visit)),
  },
  {
    path: /^\/password\/([A-Za-z0-9_-]{1,200})$/,
    permission: "hub.public",
    show: ({ visit, request, fields }) => pageAnswer(request, passwordPage(visit, fields[0] ?? "")),
  },
  {
    path: /^\/me\/access$/,
    permission: "hub.member",
    show: async ({ visit, request }) => pageAnswer(request, await accessPage(visit)),
  },
  { path: /^\/rules$/, permission: "hub.public", show: ({ visit, request }) => pageAnswer(request, rulesPage(visit)) },
];
