import { index, layout, prefix, route, type RouteConfig, type RouteConfigEntry } from "@react-router/dev/routes";

/** A page of a feature: its address below where it is listed, and the file in `src/<feature>/pages/console/`. */
function page(path: string, feature: string, file: string): RouteConfigEntry {
  return route(path, `../${feature}/pages/console/${file}`);
}

/** Parts of the interface under glass, for those who build it: never in the built product. */
const kit = process.env["NODE_ENV"] === "development" ? [route("kit", "console/kit-page.tsx")] : [];

/** Pages of one community, below `/console/<its address>/`. */
const community = [
  index("console/community-home.ts"),
  route("find", "console/find.ts"),
  route("audit", "../analytics/pages/console/audit.tsx", [page("behind", "analytics", "behind.tsx")]),
  page("audit/spaces", "analytics", "audit-spaces.ts"),
  page("audit/definitions", "analytics", "definitions.tsx"),
  page("audit/sharing", "sharing", "sharing.tsx"),
  page("platforms", "connections", "allowed.tsx"),
  page("platforms/connections", "connections", "connections.tsx"),
  page("platforms/outbox", "connections", "outbox.tsx"),
  page("imports", "imports", "imports.tsx"),
  page("imports/new", "imports", "new-import.tsx"),
  page("imports/new/:upload", "imports", "preview.tsx"),
  page("imports/:import", "imports", "import.tsx"),
  page("imports/:import/skipped", "imports", "skipped.tsx"),
  page("members", "members", "members.tsx"),
  page("members/suggestions", "members", "suggestions.tsx"),
  page("members/segments", "members", "segments.tsx"),
  page("members/:member", "members", "member.tsx"),
  page("rights", "rights", "requests.tsx"),
  page("rights/requests/:request", "rights", "request.tsx"),
  page("rights/consents", "rights", "consents.tsx"),
  page("rights/retention", "rights", "retention.tsx"),
  page("rights/erasures", "rights", "erasures.tsx"),
  page("rights/person/:member", "rights", "person.tsx"),
  page("feed", "feed", "feed.tsx"),
  page("hub", "hub", "hub.tsx"),
  page("launch", "hub", "launch.tsx"),
  page("hub/groups", "hub", "groups.tsx"),
  page("hub/groups/:group", "hub", "group.tsx"),
  page("hub/reports", "hub", "reports.tsx"),
  page("hub/deleted", "hub", "deleted.tsx"),
  page("hub/accounts", "hub", "accounts.tsx"),
  page("hub/messages", "hub", "messages.tsx"),
  page("hub/messages/:message", "hub", "message.tsx"),
  page("settings", "communities", "settings.tsx"),
  page("settings/keys", "accounts", "keys.tsx"),
  page("settings/team", "accounts", "team.tsx"),
  page("settings/team/invitations", "accounts", "invitations.tsx"),
  page("settings/roles", "accounts", "roles.tsx"),
  page("settings/log", "communities", "log.tsx"),
  page("settings/trail", "accounts", "trail.tsx"),
  // Inside the community, so that the rail stays where it was.
  route("*", "console/not-found.tsx", { id: "console/community-not-found" }),
];

/** Pages before the console, each with a place of its own for what may go wrong. */
function door(name: string, pages: RouteConfigEntry[]): RouteConfigEntry {
  const place = layout("console/page.tsx", { id: `console/${name}-page` }, pages);
  return layout("console/door.tsx", { id: `console/${name}` }, [place]);
}

const console = [
  ...kit,
  page("sign-out", "accounts", "sign-out.ts"),
  door("sign-in", [page("sign-in", "accounts", "sign-in.tsx")]),
  door("second", [page("sign-in/second", "accounts", "second-factor.tsx")]),
  door("forgot", [page("forgot", "accounts", "forgot.tsx")]),
  layout("console/frame.tsx", { id: "console/frame" }, [
    layout("console/page.tsx", [
      index("console/home.ts"),
      page("settings", "accounts", "settings.tsx"),
      page("communities", "communities", "communities.tsx"),
      page("communities/trail", "accounts", "install-trail.tsx"),
      page("communities/new", "communities", "new-community.tsx"),
      page("sample", "sample", "sample.ts"),
      page("held", "hold", "held.tsx"),
      page("failed", "hold", "failed.tsx"),
      ...prefix(":community", community),
      route("*", "console/not-found.tsx"),
    ]),
  ]),
];

export default [
  // The hub, the members' site in plain HTML, takes this place in a later issue.
  index("front-door.ts"),
  route("taste", "taste.ts"),
  layout("console/shell.tsx", [
    ...prefix("console", console),
    // The address in the one-time link that Veche prints when it starts for the first time.
    door("start", [page("start/:token", "accounts", "start.tsx")]),
    // Where the link in a letter leads whoever wants no more of them.
    door("letters", [page("letters/:token", "sharing", "letter-stop.tsx")]),
    // An audit for somebody without an account, by a link.
    layout("console/guest.tsx", [
      layout("console/page.tsx", { id: "console/guest-page" }, [
        page("shared/:token", "analytics", "shared-audit.tsx"),
      ]),
    ]),
    // The addresses in links of invitations and of letters about new passwords.
    door("join", [page("join/:token", "accounts", "join.tsx")]),
    door("email", [page("email/:token", "accounts", "confirm-email.tsx")]),
    door("reset", [page("reset/:token", "accounts", "reset.tsx")]),
    door("missing", [route("*", "not-found.tsx")]),
  ]),
] satisfies RouteConfig;
