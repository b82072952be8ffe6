import { baseLocale, isLocale, type Locale } from "#src/base/locale.ts";

/** The language of a terminal, by the variables that programs there go by, the strongest first (POSIX, section 8.2). */
export function terminalLanguage(env: NodeJS.ProcessEnv): Locale {
  const set = [env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((value) => value !== undefined && value !== "");
  const language = set?.slice(0, 2).toLowerCase();
  return isLocale(language) ? language : baseLocale;
}
