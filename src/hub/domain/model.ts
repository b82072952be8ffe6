import { z } from "zod";

/** How a domain does: not yet shown to lead here, in use, or in use and no longer leading here. */
export const domainStates = ["waiting", "proven", "failing"] as const;
export type DomainState = (typeof domainStates)[number];

/**
 * Why a domain does not lead here: nothing answers, its name stands for no public address, the answer took too long, or
 * somebody else answers.
 */
export const domainTroubles = ["unreachable", "closed", "slow", "elsewhere"] as const;
export type DomainTrouble = (typeof domainTroubles)[number];

/** Why what was typed can be no domain of a hub. */
export type DomainFault = "not-a-domain" | "own-address";

export const typedDomainSchema = z.string().trim().min(1).max(300).describe("Such as community.brand.com");

/** Names that no server of the internet has (RFC 6761, 6762, 7686, 9476). */
const NOT_PUBLIC = ["localhost", "local", "internal", "invalid", "onion", "arpa", "alt"];
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** RFC 1035: octets of a whole name. */
const LONGEST = 253;

/**
 * The domain that was typed as it is looked up: lower case, punycode (UTS 46), without a scheme before it or an address
 * behind it. Refuses what is no name on the internet, such as an address of numbers, and the install's own.
 */
export function readDomain(typed: string, publicUrl: string): { domain: string } | { fault: DomainFault } {
  const bare = typed.trim().replace(/^https?:\/\//i, "");
  const address = `http://${bare}`;
  if (!URL.canParse(address) || /[@:\s]/.test(bare)) return { fault: "not-a-domain" };
  const { hostname, pathname, search, hash } = new URL(address);
  const domain = hostname.replace(/\.$/, "");
  const labels = domain.split(".");
  const last = labels.at(-1) ?? "";
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label)) && /^(?:[a-z]{2,}|xn--.+)$/.test(last);
  const isBare = pathname === "/" && search === "" && hash === "";
  if (!isName || !isBare || domain.length > LONGEST || NOT_PUBLIC.includes(last)) return { fault: "not-a-domain" };
  return domain === new URL(publicUrl).hostname ? { fault: "own-address" } : { domain };
}

/** Where a hub's own domain is reached: as the install itself, by its protocol and port. Without a slash at the end. */
export function domainOrigin(publicUrl: string, domain: string): string {
  const address = new URL(publicUrl);
  address.hostname = domain;
  return address.origin;
}
