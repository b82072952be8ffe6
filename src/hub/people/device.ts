/** Most specific first: most browsers claim to be others as well. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bYaBrowser\//, "Yandex Browser"],
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/(?:Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** What kind of browser this is, in names that every language knows, such as `Firefox, Linux`; empty when it does not say. */
export function deviceOf(userAgent: string | null): string {
  const said = userAgent ?? "";
  const named = (names: typeof browsers): string | undefined => names.find(([sign]) => sign.test(said))?.[1];
  return [named(browsers), named(systems)].filter((name) => name !== undefined).join(", ");
}
