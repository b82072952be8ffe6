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

/** The `Set-Cookie` line that keeps a choice of taste for a year. */
export function tasteCookie(name: keyof typeof cookieNames, value: string): string {
  return `${cookieNames[name]}=${encodeURIComponent(value)}${tasteCookieEnd}`;
}
