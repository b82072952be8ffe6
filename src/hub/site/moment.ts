import type { Locale } from "#src/base/locale.ts";
import { markup, type Html } from "./html.ts";

/** For whom a moment is written: the hub shows all of them by the community's clock, so that a page is the same for everybody. */
export interface Clock {
  readonly locale: Locale;
  readonly timeZone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

type Length = "day" | "minute";

function formatOf({ locale, timeZone }: Clock, length: Length): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${length}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "ru", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
    ...(length === "minute" && { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  });
  formats.set(key, made);
  return made;
}

function textOf(date: Date, clock: Clock, length: Length): string {
  return formatOf(clock, length).format(date).replace(" г.", "").replace("Sept", "Sep");
}

/** The day of a moment as plain words, such as `22 Nov 2026`: for sentences and letters. */
export function dayText(at: Date, clock: Clock): string {
  return textOf(at, clock, "day");
}

function written(at: string | Date, clock: Clock, length: Length): Html {
  const date = typeof at === "string" ? new Date(at) : at;
  const text = textOf(date, clock, length);
  return markup`<time datetime="${date.toISOString()}">${text}</time>`;
}

/** A moment such as `22 Nov 2026, 14:05`, readable by machines. */
export function moment(at: string | Date, clock: Clock): Html {
  return written(at, clock, "minute");
}

/** The day of a moment, such as `22 Nov 2026`, readable by machines. */
export function dayOf(at: string | Date, clock: Clock): Html {
  return written(at, clock, "day");
}
