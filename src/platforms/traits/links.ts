import { domainToUnicode } from "node:url";
import type { IncomingLink } from "../model.ts";

/** More links than this are an advertisement or an attack; the first ones tell enough. */
export const LINKS_PER_MESSAGE = 20;
/** The longest address kept: what browsers and servers agree on. */
const URL_LENGTH = 2048;

const LINK = /\bhttps?:\/\/[^\s<>"'`|\\^{}«»“”]+|\bwww\.[^\s<>"'`|\\^{}«»“”]+/giu;
/** Punctuation after an address belongs to the sentence. */
const TRAILING = /[.,;:!?…*_~]+$/;

/** Brackets that close more than the address opens belong to the sentence as well. */
function trimmed(address: string): string {
  const url = address.replace(TRAILING, "");
  const last = url.at(-1);
  if (last !== ")" && last !== "]") return url;
  const open = last === ")" ? "(" : "[";
  return url.split(last).length > url.split(open).length ? trimmed(url.slice(0, -1)) : url;
}

/**
 * An address as a link: the domain in lower case, in its own letters (not punycode), without `www.`. Only http and
 * https; an address without a scheme is taken for http. Undefined for anything else.
 */
export function linkOf(address: string): IncomingLink | undefined {
  const full =
    /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^[a-z0-9.-]+:\d/i.test(address) ? address : `http://${address}`;
  if (full.length > URL_LENGTH) return undefined;
  const url = URL.parse(full);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:") || url.hostname === "") return undefined;
  const host = url.hostname.includes("xn--") ? domainToUnicode(url.hostname) : url.hostname;
  return { domain: host.replace(/^www\./, "").replace(/\.$/, ""), url: full };
}

/** The links in a plain text, in order, each once, at most `LINKS_PER_MESSAGE`. */
export function linksOf(text: string): readonly IncomingLink[] {
  if (!text.includes("://") && !/www\./i.test(text)) return [];
  return distinctLinks([...text.matchAll(LINK)].map(([address]) => trimmed(address)));
}

/** Addresses that a platform marked as links, each once, at most `LINKS_PER_MESSAGE`. */
export function distinctLinks(addresses: readonly string[]): readonly IncomingLink[] {
  const links = new Map<string, IncomingLink>();
  for (const address of addresses) {
    if (links.size === LINKS_PER_MESSAGE) break;
    const link = linkOf(address);
    if (link !== undefined) links.set(link.url, link);
  }
  return [...links.values()];
}
