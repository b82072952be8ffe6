import type { OwnDomains } from "#src/accounts/page-door.ts";
import { hubPath } from "../model.ts";
import { siteAtDomain } from "../store/domains.ts";
import { PROOF_PATH, proofOf } from "./look.ts";

/** The domains at which hubs stand, for whoever takes requests in. */
export const ownDomains: OwnDomains = {
  prefixAt: async (databases, host) => {
    const site = await siteAtDomain(databases.planned, host);
    if (site === undefined) return undefined;
    return site.isServed ? hubPath(site.slug) : null;
  },
  proofAt: async ({ databases, secrets }, host, token) => {
    const site = await siteAtDomain(databases.planned, host);
    return site?.token === token ? proofOf(secrets, token) : undefined;
  },
  proofPath: PROOF_PATH,
};
