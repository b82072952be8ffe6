import type { Call } from "#src/accounts/call.ts";

/** By the device, light, dark. */
export const themes = ["auto", "light", "dark"] as const;
/** How somebody likes pages to look. */
export type Theme = (typeof themes)[number];

const YEAR_SECONDS = 31_536_000;

/** Whether a word from outside names one. */
export function isTheme(word: string): word is Theme {
  return themes.some((each) => each === word);
}

/** The line that keeps the choice in a browser: the cookie by which every page of Veche knows it. */
export function themeCookie({ publicUrl }: Pick<Call, "publicUrl">, theme: Theme): string {
  const safe = publicUrl.startsWith("https:") ? "; Secure" : "";
  return `veche_theme=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${safe}`;
}
