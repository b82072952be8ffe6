import type { Call } from "#src/accounts/call.ts";
import { domainOrigin } from "../domain/model.ts";
import { hasBegun } from "../people/by-platform.ts";
import { domainNow } from "./outward.ts";

/** A page that was asked for at the hub's first address. */
interface AskedPage {
  readonly call: Call;
  readonly method: string;
  readonly slug: string;
  /** What stands behind the hub's first address. */
  readonly rest: string;
  readonly search: string;
}

/**
 * The way to the domain at which the hub stands now; undefined when it stands at none, or the page was asked for there. The
 * team, signed in to the console, stays: its session is good at the install's own address alone. Forms are taken where they
 * were opened. What a browser began here by a platform, it ends here.
 */
export function movedTo({ call, method, slug, rest, search }: AskedPage, domain: string | null): Response | undefined {
  const isRead = method === "GET" || method === "HEAD";
  if (domain === null || !isRead || call.caller.kind !== "nobody" || domainNow() !== undefined) return undefined;
  if (rest.startsWith("/by/") && hasBegun(call, slug)) return undefined;
  const location = `${domainOrigin(call.publicUrl, domain)}${rest === "" ? "/" : rest}${search}`;
  // For ever, as far as search engines are concerned; but browsers ask again, so that a domain can be given up.
  return new Response(null, { status: 301, headers: { location, "cache-control": "private, no-cache" } });
}
