import { refuse } from "#src/base/refusal.ts";
import { sessionToken } from "#src/accounts/sign-in.ts";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

function isOurs(origin: string | null, hosts: readonly string[]): boolean {
  return origin !== null && URL.canParse(origin) && hosts.includes(new URL(origin).host);
}

/** Whether a cookie of the team or of a member of a hub came along. */
function isSignedIn(headers: Headers): boolean {
  return sessionToken(headers) !== undefined || /(?:^|;\s*)(?:__Host-)?veche_hub_/.test(headers.get("cookie") ?? "");
}

/**
 * Refuses a write that another site made a browser send. Browsers tell where a write comes from in `Sec-Fetch-Site` and
 * `Origin`; one that carries our session cookie must tell, and what it tells must be us. A key in `Authorization` is
 * never sent by a browser on its own.
 */
export function refuseForeignWrite(request: Request, publicUrl: string): void {
  const { headers, method } = request;
  if (READS.has(method) || headers.has("authorization")) return;
  const hosts = [headers.get("host") ?? "", new URL(publicUrl).host];
  const [origin, site] = [headers.get("origin"), headers.get("sec-fetch-site")];
  const silent = origin === null && site === null;
  const ours = origin === null ? site === "same-origin" || site === "none" : isOurs(origin, hosts);
  if (silent ? isSignedIn(headers) : !ours) refuse("forbidden", "accounts.foreign-origin");
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
const NEAR = /^(?:::ffff:)?(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/;

/** Whether an address lies in this machine or its private network (RFC 1918, RFC 4193). */
export function isNear(address: string): boolean {
  return NEAR.test(address);
}

/** Who sent a request: the connection's address, or what a proxy on this machine says it was. */
export function senderOf(connection: string, headers: Headers): string {
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return LOOPBACK.test(connection) && forwarded !== undefined && forwarded !== "" ? forwarded : connection;
}
