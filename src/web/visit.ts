import { isTimeZone } from "#src/base/clock.ts";
import { isLocale, type Locale, preferredLocale } from "#words/runtime";
import type { ThemeChoice, Visit } from "./context.ts";
import { cookieNames, themeIn } from "./kit/taste.ts";

/** How a visitor likes the pages, as far as their own settings say. */
export interface Taste {
  language?: Locale | undefined;
  theme?: ThemeChoice | undefined;
  timeZone?: string | undefined;
}

/**
 * Puts together settings of the person, cookies of the browser and its headers, in this order. A theme turned a moment
 * ago, of which the settings may not have heard yet, goes before them: a page loaded meanwhile must not turn it back.
 */
export function tasteOf(
  headers: Headers,
  settings: Taste,
): Pick<Visit, "language" | "theme" | "timeZone" | "zoneGuessed" | "railFolded"> {
  const cookies = readCookies(headers.get("cookie"));
  const language = cookies.get(cookieNames.language);
  const chosen = themeIn(cookies.get(cookieNames.theme));
  const zone = settings.timeZone ?? zoneOf(cookies.get(cookieNames.zone));
  const known = isLocale(language) ? language : preferredLocale(headers.get("accept-language"));
  return {
    language: settings.language ?? known,
    theme: (chosen?.untold === true ? undefined : settings.theme) ?? chosen?.theme ?? "auto",
    timeZone: zone ?? "UTC",
    zoneGuessed: zone === undefined,
    railFolded: cookies.get(cookieNames.rail) === "folded",
  };
}

function readCookies(header: string | null): Map<string, string> {
  const pairs = (header ?? "").split(";").map((part): [string, string] => {
    const [name = "", value = ""] = part.split("=", 2);
    return [name.trim(), decode(value.trim())];
  });
  return new Map(pairs);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A cookie that another program wrote badly is as good as none.
    return "";
  }
}

function zoneOf(zone: string | undefined): string | undefined {
  return zone !== undefined && isTimeZone(zone) ? zone : undefined;
}
