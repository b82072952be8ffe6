import { AsyncLocalStorage } from "node:async_hooks";

/**
 * The domain of its own at which a hub is being read. Inside, every address of a hub begins with its `prefix`, there as
 * everywhere, in what was stored long ago too; on the way out it is taken off, and on the way in put before.
 */
export interface OwnDomain {
  /** Such as `https://forum.brand.com`. */
  readonly origin: string;
  /** Such as `/c/dawn`. */
  readonly prefix: string;
}

const standing = new AsyncLocalStorage<OwnDomain>();

/** Does something for a reader at a domain of the hub's own; without one as it is. */
export function atDomain<T>(domain: OwnDomain | undefined, work: () => T): T {
  return domain === undefined ? work() : standing.run(domain, work);
}

/** The domain at which the page that is being made is read; undefined at the hub's first address. */
export function domainNow(): OwnDomain | undefined {
  return standing.getStore();
}

/** What may hold an address. Quotes of members' texts are encoded, so no text of theirs looks like one. */
const HOLDERS = "href|action|formaction|src|poster";
const patterns = new WeakMap<OwnDomain, { readonly own: RegExp; readonly whole: RegExp }>();

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function patternsOf(domain: OwnDomain): { readonly own: RegExp; readonly whole: RegExp } {
  const known = patterns.get(domain);
  if (known !== undefined) return known;
  const [origin, prefix] = [literal(domain.origin), literal(domain.prefix)];
  const made = {
    // Lines of open pages carry markup as JSON, in which quotes stand behind a backslash.
    own: new RegExp(String.raw`(\b(?:${HOLDERS})=\\?")${prefix}(?:/|(?=[\\"?#]))`, "g"),
    whole: new RegExp(String.raw`${origin}${prefix}(?=[/\\"<?#&]|$)`, "g"),
  };
  patterns.set(domain, made);
  return made;
}

/** A page, a feed or a line of one as it is read at the domain. */
export function outward(text: string, domain = domainNow()): string {
  if (domain === undefined) return text;
  const { own, whole } = patternsOf(domain);
  return text
    .replaceAll(`data-home="${domain.prefix}"`, 'data-home=""')
    .replaceAll(own, "$1/")
    .replaceAll(whole, domain.origin);
}

/** An address of the hub as it is read at the domain; any other stays as it is. */
export function outwardAddress(address: string, domain = domainNow()): string {
  if (domain === undefined) return address;
  const { prefix } = domain;
  if (!address.startsWith(prefix) || !/^(?:[/?#]|$)/.test(address.slice(prefix.length))) return address;
  const rest = address.slice(prefix.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** An address that was read at the domain, as it is called inside. */
export function inwardAddress(path: string, domain = domainNow()): string {
  if (domain === undefined) return path;
  const { prefix } = domain;
  return path === prefix || path.startsWith(`${prefix}/`) ? path : `${prefix}${path === "/" ? "" : path}`;
}
