import { z } from "zod";
import { askingAddress, codeIn, exchange, formOf } from "./exchange.ts";
import type { SignInProvider } from "./provider.ts";

/** https://docs.discord.com/developers/topics/oauth2 */
const DISCORD = "https://discord.com";

const tokenSchema = z.object({ access_token: z.string(), token_type: z.string() });
const personSchema = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  username: z.string(),
  global_name: z.string().nullable(),
});

/** @param origin Discord's own address; tests put a double in its place. */
export function discord(origin = DISCORD): SignInProvider {
  return {
    name: "discord",
    // Who somebody is, and no mail address.
    addressOf: (asking) => askingAddress(new URL("/oauth2/authorize", origin), asking, "identify"),
    personOf: async ({ keys, redirectUri, verifier, query }) => {
      const form = { grant_type: "authorization_code", redirect_uri: redirectUri, code_verifier: verifier };
      const token = await exchange(
        new URL("/api/v10/oauth2/token", origin),
        formOf({ ...form, code: codeIn(query) }, keys),
        tokenSchema,
      );
      const headers = { authorization: `Bearer ${token.access_token}`, accept: "application/json" };
      const person = await exchange(new URL("/api/v10/users/@me", origin), { headers }, personSchema);
      return { platform: "discord", externalId: person.id, name: person.global_name ?? person.username };
    },
  };
}
