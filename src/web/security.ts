import { randomBytes } from "node:crypto";

/** A fresh word that allows the scripts of one answer. */
export function newNonce(): string {
  return randomBytes(18).toString("base64url");
}

/**
 * Headers that every page carries. Scripts and style sheets run only from our own address or with this answer's nonce;
 * style attributes stay allowed, because the component library sets sizes with them and they cannot run anything.
 */
export function pageHeaders(nonce: string): Record<string, string> {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return { ...plainHeaders, "Content-Security-Policy": policy.join("; "), "Cache-Control": "private, no-cache" };
}

/** Headers that every answer carries, pages or not. */
export const plainHeaders: Record<string, string> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * Whether a write came from a page of ours. Browsers say so themselves in `Sec-Fetch-Site`; older ones send `Origin`.
 * A request with neither comes from no browser, so no cookie was stolen by it.
 * @param host the address the visitor typed (`Host`, or what a trusted proxy says it was)
 */
export function isOwnWrite(request: Request, host: string): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  return origin === null || (URL.canParse(origin) && new URL(origin).host === host);
}
