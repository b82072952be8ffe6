import { gzipSync } from "node:zlib";
import { domainNow, outward, outwardAddress } from "./outward.ts";
import { isInTelegram, TELEGRAM_FRAMES } from "../people/frame-mark.ts";

/** No script runs on a page of the hub but our own file, and nothing is asked of another machine. */
const policyFor = (frames: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frames}`,
  ].join("; ");

const POLICY = policyFor("'none'");
const POLICY_IN_TELEGRAM = policyFor(TELEGRAM_FRAMES);
/** The page that Telegram opens, before it is known who is there. */
const LAUNCH = /^(?:\/c\/[^/]+)?\/app$/;

const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "cache-control": "private, no-cache",
  vary: "Cookie, Accept-Language, Accept-Encoding",
};

/** A page of text is a fifth as long after it; at 5 it would be a tenth shorter and take half as long again. */
const LEVEL = 3;

/** A page, packed for sending. */
export function packed(body: string): Buffer<ArrayBuffer> {
  return gzipSync(body, { level: LEVEL });
}

/** Whether whoever asks can unpack it. */
export function takesPacked(request: Request): boolean {
  return request.headers.get("accept-encoding")?.includes("gzip") === true;
}

/** A page that is packed already. */
export function packedAnswer(body: Buffer<ArrayBuffer>): Response {
  return new Response(body, { headers: { ...headers, "content-encoding": "gzip" } });
}

function policyOf(request: Request): string {
  const { pathname } = new URL(request.url);
  const isLaunch = LAUNCH.test(pathname) && (pathname !== "/app" || domainNow() !== undefined);
  const isFramed = isInTelegram(request.headers) || isLaunch;
  return isFramed ? POLICY_IN_TELEGRAM : POLICY;
}

/** A page, packed when whoever asks can unpack it. */
export function pageAnswer(request: Request, body: string, status = 200): Response {
  const given = { ...headers, "content-security-policy": policyOf(request) };
  const page = outward(body);
  if (!takesPacked(request)) return new Response(page, { status, headers: given });
  return new Response(packed(page), { status, headers: { ...given, "content-encoding": "gzip" } });
}

/** On to another address of the hub: after a form, or to the one address that a page has. */
export function onTo(address: string, status: 301 | 303 = 303): Response {
  return new Response(null, {
    status,
    headers: { location: outwardAddress(address), "cache-control": "private, no-cache" },
  });
}
