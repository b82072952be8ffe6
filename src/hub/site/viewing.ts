import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { groupsById } from "../groups/store.ts";
import { look, viewedAs } from "../people/viewing.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { documentOf } from "./frame.ts";
import { markup } from "./html.ts";
import type { Sent, Shown } from "./kinds.ts";

async function viewAsPage({ visit, request }: Parameters<Shown["show"]>[0]): Promise<Response> {
  const { call, home } = visit;
  if (call.visitor.kind !== "team") return refuse("not-found", "hub.no-such-page");
  const groupIds = [...new Set(call.boards.flatMap(({ access, groupIds: ids }) => (access === "groups" ? ids : [])))];
  const groups = await call.run((tx) => groupsById(tx, call.community, groupIds));
  const choices = [
    { word: "guest", label: m.hub_view_as_guest() },
    { word: "member", label: m.hub_view_as_member() },
    ...groups.map(({ id, name }) => ({ word: id, label: m.hub_view_as_group({ name }) })),
  ];
  const radios = choices.map(
    ({ word, label }, i) =>
      markup`<label><input type="radio" name="as" value="${word}"${i === 0 && markup` checked`}> ${label}</label>`,
  );
  const main = markup`<h1>${m.hub_view_as()}</h1><p class="lead">${m.hub_view_as_lead()}</p><form class="stack" method="post" action="${home}/view-as"><fieldset><legend>${m.hub_view_as_whose()}</legend>${radios}</fieldset><div><button class="main">${m.hub_view_as_begin()}</button></div></form>`;
  return pageAnswer(request, documentOf(visit, { title: m.hub_view_as(), main, isPlain: true }));
}

/** Where the team chooses with whose eyes to look. */
export const viewingPages: readonly Shown[] = [{ path: /^\/view-as$/, permission: "hub.reader", show: viewAsPage }];

/** Beginning and ending it. */
export const viewingForms: readonly Sent[] = [
  {
    path: /^\/view-as$/,
    permission: "hub.public",
    send: async ({ visit, typed }) => {
      const { call, slug, home } = visit;
      if (call.viewingAs === undefined && call.visitor.kind !== "team") refuse("forbidden", "hub.not-a-moderator");
      const word = typed("as");
      look(call, slug, viewedAs(word) === undefined ? "" : word);
      return onTo(home);
    },
  },
];
