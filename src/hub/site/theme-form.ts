import { m } from "#words";
import { themes } from "../people/theme.ts";
import { markup, type Html } from "./html.ts";
import type { HubVisit } from "./visit.ts";

const names = { auto: m.hub_theme_auto, light: m.hub_theme_light, dark: m.hub_theme_dark } as const;

/** The choice of light and dark at the foot of each page. The team has its own in the console. */
export function themeForm(visit: HubVisit): Html | false {
  const { call, home, theme, url } = visit;
  if (call.visitor.kind === "team" || call.viewingAs !== undefined) return false;
  const buttons = themes.map(
    (each) =>
      markup`<button name="theme" value="${each}" aria-pressed="${String(each === theme)}">${names[each]()}</button>`,
  );
  return markup`<form method="post" action="${home}/theme" aria-label="${m.hub_theme()}"><input type="hidden" name="to" value="${`${url.pathname}${url.search}`}">${buttons}</form>`;
}
