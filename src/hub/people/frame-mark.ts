import type { Call } from "#src/accounts/call.ts";

/** The cookie by which a browser says that it shows the hub inside Telegram. */
const MARK = "veche_in_telegram";

/** Web versions of Telegram: the one place that may show the hub in a frame. Its programs show it in no frame at all. */
export const TELEGRAM_FRAMES = "https://web.telegram.org https://*.web.telegram.org";

/** Whether a browser shows the hub inside Telegram. */
export function isInTelegram(headers: Headers): boolean {
  return new RegExp(`(?:^|;\\s*)${MARK}=1(?:;|$)`).test(headers.get("cookie") ?? "");
}

/**
 * How a cookie is sent. Inside Telegram's web version the hub is a frame of another site: there cookies need `None`, and
 * are kept apart from those of the hub's own window (`Partitioned`), so that no other site gets at either.
 */
export function cookieManner(publicUrl: string, isFramed: boolean): string {
  if (!publicUrl.startsWith("https:")) return "SameSite=Lax";
  return isFramed ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax; Secure";
}

/** Notes for the pages to come that this browser shows the hub inside Telegram; until it is closed. */
export function rememberFrame(call: Pick<Call, "answerHeaders" | "publicUrl" | "installUrl">): void {
  // At a domain of its own all of the site is the hub.
  const path = call.installUrl === undefined ? "/c/" : "/";
  call.answerHeaders.append("set-cookie", `${MARK}=1; Path=${path}; HttpOnly; ${cookieManner(call.publicUrl, true)}`);
}

/** The same call as from a browser that has the mark already. */
export function asFramed<C extends Call>(call: C): C {
  const headers = new Headers(call.headers);
  headers.set("cookie", `${call.headers.get("cookie") ?? ""}; ${MARK}=1`);
  return { ...call, headers };
}
