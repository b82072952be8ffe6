import { isIP } from "node:net";
import type { Context, Env, Hono } from "hono";
import type { DomainPlace, PageDoor } from "#src/accounts/page-door.ts";
import type { Databases } from "#src/base/database.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { m } from "#words";
import { preferredLocale } from "#words/runtime";

const ASK_PATH = "/.well-known/veche-ask";
/** What lies at the same address wherever Veche is reached, beside the site of a domain. */
const EVERYWHERE = ["/favicon.svg", "/bell-192.png", "/healthz", "/readyz"];

/** How requests at domains of their own are answered. */
export interface DomainSetup {
  readonly pageDoors: readonly PageDoor[];
  readonly databases: Databases;
  readonly secrets: Secrets;
  readonly publicUrl: string;
  /** Answers a request that belongs to a door, as if it had come to the door's own address. */
  readonly answer: (c: Context<Env, string>, door: PageDoor, at: DomainPlace) => Promise<Response>;
}

/** The name of the host that was asked, in lower case and without its port; empty for one that is no name. */
function hostOf(c: Context<Env, string>): string {
  const host = c.req.header("host") ?? "";
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.replace(/\.$/, "") : "";
}

/** Whether a host may be somebody's domain: everything but the install's own address, numbers, and names of this machine. */
function mayBeDomain(host: string, publicUrl: string): boolean {
  return host.includes(".") && isIP(host) === 0 && host !== new URL(publicUrl).hostname;
}

function localeOf(c: Context<Env, string>): ReturnType<typeof preferredLocale> {
  return preferredLocale(c.req.header("accept-language"));
}

function robots(c: Context<Env, string>, origin: string): Response {
  return c.text(`User-agent: *\nAllow: /\nSitemap: ${origin}/sitemap.xml\n`, 200, { "cache-control": "no-cache" });
}

/** Where a request at a domain lies for the door; a string is the shorter address of what was called by its long one. */
function placed(asked: { path: string; search: string }, site: { prefix: string; method: string }): string | undefined {
  const { path, search } = asked;
  const { prefix, method } = site;
  const isLong = path === prefix || path.startsWith(`${prefix}/`);
  if (isLong) return method === "POST" ? `${path}${search}` : undefined;
  return path.startsWith("/c/-/") ? `${path}${search}` : `${prefix}${path === "/" ? "" : path}${search}`;
}

function answerAt(c: Context<Env, string>, setup: DomainSetup, site: { door: PageDoor; host: string; prefix: string }) {
  const { door, host, prefix } = site;
  const { pathname, search } = new URL(c.req.url);
  const address = new URL(setup.publicUrl);
  address.hostname = host;
  const { origin } = address;
  if (pathname === "/robots.txt") return robots(c, origin);
  const path = placed({ path: pathname, search }, { prefix, method: c.req.method });
  if (path !== undefined) return setup.answer(c, door, { origin, prefix, path });
  const short = pathname.slice(prefix.length);
  return c.redirect(`${short === "" ? "/" : short}${search}`, 301);
}

/**
 * Serves sites at domains of their own, and nothing else there: no console, no API, nobody else's site. Also answers what
 * proves that a domain leads here, and proxies that ask whether to get a certificate for a name.
 */
export function addOwnDomains(app: Hono, setup: DomainSetup): void {
  const { databases, publicUrl, pageDoors } = setup;
  const known = pageDoors.flatMap((door) => (door.domains === undefined ? [] : [{ door, domains: door.domains }]));
  app.get(ASK_PATH, async (c) => {
    const asked = (c.req.query("domain") ?? "").toLowerCase();
    if (asked === new URL(publicUrl).hostname) return c.text("ours");
    for (const { domains } of known)
      if ((await domains.prefixAt(databases, asked)) !== undefined) return c.text("ours");
    return c.text("not ours", 404);
  });
  app.use(async (c, next) => {
    const host = hostOf(c);
    if (!mayBeDomain(host, publicUrl) || EVERYWHERE.includes(c.req.path)) return next();
    for (const { door, domains } of known) {
      if (c.req.path.startsWith(domains.proofPath)) {
        const proof = await domains.proofAt(setup, host, c.req.path.slice(domains.proofPath.length));
        if (proof !== undefined) return c.text(proof, 200, { "cache-control": "no-store" });
      }
      const prefix = await domains.prefixAt(databases, host);
      if (typeof prefix === "string") return answerAt(c, setup, { door, host, prefix });
      if (prefix === null) return c.text(m.web_domain_waits({}, { locale: localeOf(c) }), 404);
    }
    return next();
  });
}
