/** The languages every screen, mail and error speaks. English is the fallback. */
export const locales = ["en", "ru"] as const;
export type Locale = (typeof locales)[number];
export const baseLocale: Locale = "en";

interface LocaleStore {
  getStore(): Locale | undefined;
  run<T>(locale: Locale, work: () => T): T;
}

// The page bundle carries its own copy of this module, so the store hangs on a well-known global symbol that both share.
const storeKey = Symbol.for("veche.locale");
const shared: typeof globalThis & { [storeKey]?: LocaleStore | undefined } = globalThis;

function openStore(): LocaleStore | undefined {
  const hooks: { AsyncLocalStorage: new () => LocaleStore } | undefined =
    globalThis.process?.getBuiltinModule?.("node:async_hooks");
  return hooks === undefined ? undefined : new hooks.AsyncLocalStorage();
}

const store = (shared[storeKey] ??= openStore());

/** Whether a string from outside (a cookie, a header, a form) names a language of ours. */
export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/** The language to speak now: on the server that of the running request or job, in a browser that of `<html lang>`. */
export function currentLocale(): Locale {
  const running = store?.getStore();
  if (running !== undefined) return running;
  const tag = globalThis.document?.documentElement.lang;
  return isLocale(tag) ? tag : baseLocale;
}

/** Runs `work`, and everything it awaits, in a language: one call around each request and each job that writes to people. */
export function inLocale<T>(locale: Locale, work: () => T): T {
  return store === undefined ? work() : store.run(locale, work);
}

/**
 * Chooses among the languages of ours the one a browser likes best.
 * @param header the `Accept-Language` header, or nothing
 */
export function preferredLocale(header: string | null | undefined): Locale {
  const wishes = (header ?? "").split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((text) => text !== undefined);
    return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  const best = wishes.filter((wish) => wish.quality > 0).sort((a, b) => b.quality - a.quality);
  return best.map((wish) => wish.language).find(isLocale) ?? baseLocale;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/**
 * Writes a number the reader's way: `1,284.5` in English, `1 284,5` with thin spaces in Russian.
 * Formats are made once per language and options: making one costs a hundred times more than using it.
 */
export function writeNumber(value: number, locale: Locale, options: Intl.NumberFormatOptions = {}): string {
  const key = locale + JSON.stringify(options);
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale === "en" ? "en-GB" : locale, options);
  numberFormats.set(key, format);
  // U+202F, the narrow no-break space: a number never breaks over two lines.
  return format.format(value).replaceAll("\u00A0", "\u202F");
}
