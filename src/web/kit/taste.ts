import type { ThemeChoice } from "../context.ts";

/** Cookies of the frame; readable by scripts, so nothing but taste is kept in them. */
export const cookieNames = { language: "veche_language", theme: "veche_theme", rail: "veche_rail", zone: "veche_zone" };

const YEAR_IN_SECONDS = 31_536_000;

/** Whether a string from outside names a theme. */
export function isThemeChoice(value: unknown): value is ThemeChoice {
  return value === "light" || value === "dark" || value === "auto";
}

/** What follows name and value in the line of such a cookie: for all pages, for a year. */
export const tasteCookieEnd = `; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax`;

/** What the cookie's value ends with as long as only the browser knows the choice. */
const UNTOLD = "*";

/** The cookie line of a theme chosen this moment, before the server has heard of it. */
export function turnedThemeCookie(theme: ThemeChoice): string {
  return tasteCookie("theme", theme + UNTOLD);
}

/** The theme of such a cookie; `untold` when it was chosen in this browser and no answer has confirmed it yet. */
export function themeIn(cookie: string | undefined): { theme: ThemeChoice; untold: boolean } | undefined {
  const untold = cookie?.endsWith(UNTOLD) === true;
  const theme = untold ? cookie.slice(0, -UNTOLD.length) : cookie;
  return isThemeChoice(theme) ? { theme, untold } : undefined;
}

/** The `Set-Cookie` line that keeps a choice of taste for a year. */
export function tasteCookie(name: keyof typeof cookieNames, value: string): string {
  return `${cookieNames[name]}=${encodeURIComponent(value)}${tasteCookieEnd}`;
}
