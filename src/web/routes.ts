import { index, layout, route, type RouteConfig } from "@react-router/dev/routes";

/** Parts of the interface under glass, for those who build it: never in the built product. */
const kit = process.env["NODE_ENV"] === "development" ? [route("console/kit", "console/kit-page.tsx")] : [];

export default [
  // The hub, the members' site in plain HTML, takes this place in a later issue.
  index("front-door.ts"),
  route("taste", "taste.ts"),
  layout("console/shell.tsx", [...kit, route("console/*", "console/not-found.tsx"), route("*", "not-found.tsx")]),
] satisfies RouteConfig;
