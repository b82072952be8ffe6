import { createHmac } from "node:crypto";
import { z } from "zod";
import { askingAddress, codeIn, exchange, formOf, withoutChallenge } from "./exchange.ts";
import type { SignInProvider } from "./provider.ts";

/** https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow */
const FACEBOOK = { pages: "https://www.facebook.com", api: "https://graph.facebook.com" };

/** Each version answers for two years at least. */
const VERSION = "v24.0";

const tokenSchema = z.object({ access_token: z.string() });
const personSchema = z.object({ id: z.string().regex(/^\d{1,20}$/), name: z.string().default("") });

/**
 * The id that Facebook gives is one for this app alone: it signs somebody in again, and is not the one under which a page's
 * messages name them.
 *
 * @param hosts Facebook's own addresses; tests put a double in their place.
 */
export function facebook(hosts = FACEBOOK): SignInProvider {
  return {
    name: "facebook",
    addressOf: (asking) =>
      withoutChallenge(askingAddress(new URL(`/${VERSION}/dialog/oauth`, hosts.pages), asking, "public_profile")),
    personOf: async ({ keys, redirectUri, query }) => {
      const wish = { client_id: keys.clientId, client_secret: keys.clientSecret, redirect_uri: redirectUri };
      const form = formOf({ ...wish, code: codeIn(query) });
      const token = await exchange(new URL(`/${VERSION}/oauth/access_token`, hosts.api), form, tokenSchema);
      const page = new URL(`/${VERSION}/me`, hosts.api);
      // Shows that whoever asks has the app's secret too: https://developers.facebook.com/docs/graph-api/guides/secure-requests
      const proof = createHmac("sha256", keys.clientSecret).update(token.access_token).digest("hex");
      page.search = new URLSearchParams({ fields: "id,name", appsecret_proof: proof }).toString();
      const headers = { authorization: `Bearer ${token.access_token}`, accept: "application/json" };
      const person = await exchange(page, { headers }, personSchema);
      return { platform: "facebook", externalId: person.id, name: person.name };
    },
  };
}
