import { domainToUnicode } from "node:url";

/** A domain as people read it: letters of their own instead of punycode. */
export function shownDomain(domain: string): string {
  return domainToUnicode(domain) || domain;
}
