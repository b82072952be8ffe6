import type { Locale } from "#src/base/locale.ts";
import { markup, type Html } from "./html.ts";

/** For whom a moment is written: the hub shows all of them by the community's clock, so that a page is the same for everybody. */
export interface Clock {
  readonly locale: Locale;
  readonly timeZone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf({ locale, timeZone }: Clock): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "ru", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  formats.set(key, made);
  return made;
}

/** A moment such as `22 Nov 2026, 14:05`, readable by machines. */
export function moment(at: string | Date, clock: Clock): Html {
  const date = typeof at === "string" ? new Date(at) : at;
  const text = formatOf(clock).format(date).replace(" г.", "").replace("Sept", "Sep");
  return markup`<time datetime="${date.toISOString()}">${text}</time>`;
}
