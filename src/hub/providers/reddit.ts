import { z } from "zod";
import { askingAddress, codeIn, exchange, formOf, withoutChallenge } from "./exchange.ts";
import type { SignInProvider } from "./provider.ts";

/** https://github.com/reddit-archive/reddit/wiki/OAuth2: pages and tokens on one host, answers about people on the other. */
const REDDIT = { pages: "https://www.reddit.com", api: "https://oauth.reddit.com" };

/** Reddit turns programs away that do not say who they are. */
const NAME = "web:veche:0.1 (community hub)";

const tokenSchema = z.object({ access_token: z.string() });
const personSchema = z.object({ id: z.string().regex(/^[0-9a-z]{1,13}$/), name: z.string() });

/** @param hosts Reddit's own addresses; tests put a double in their place. */
export function reddit(hosts = REDDIT): SignInProvider {
  return {
    name: "reddit",
    addressOf: (asking) => {
      const address = withoutChallenge(askingAddress(new URL("/api/v1/authorize", hosts.pages), asking, "identity"));
      address.searchParams.set("duration", "temporary");
      return address;
    },
    personOf: async ({ keys, redirectUri, query }) => {
      const form = { grant_type: "authorization_code", redirect_uri: redirectUri, code: codeIn(query) };
      const { headers, ...request } = formOf(form, keys);
      const page = new URL("/api/v1/access_token", hosts.pages);
      const asked = { ...request, headers: { ...headers, "user-agent": NAME } };
      const token = await exchange(page, asked, tokenSchema);
      const proof = { authorization: `Bearer ${token.access_token}`, accept: "application/json", "user-agent": NAME };
      const person = await exchange(new URL("/api/v1/me", hosts.api), { headers: proof }, personSchema);
      // What stands before an account's id wherever Reddit names the author of something.
      return { platform: "reddit", externalId: `t2_${person.id}`, name: person.name };
    },
  };
}
