import type { MantineColorSchemeManager } from "@mantine/core";
import type { ThemeChoice } from "../context.ts";
import { isThemeChoice, turnedThemeCookie } from "./taste.ts";

/** Keeps light, dark or automatic in the cookie that the server reads, so that the first paint is already right. */
export function cookieScheme(first: ThemeChoice): MantineColorSchemeManager {
  let chosen = first;
  return {
    get: () => chosen,
    set(value) {
      if (!isThemeChoice(value)) return;
      chosen = value;
      document.cookie = turnedThemeCookie(value);
      document.documentElement.dataset["theme"] = value;
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => undefined,
  };
}
