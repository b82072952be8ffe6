import { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import { askingAddress, codeIn, exchange, formOf } from "./exchange.ts";
import type { SignInProvider } from "./provider.ts";

/** Telegram's own OpenID Connect: https://core.telegram.org/bots/telegram-login */
const TELEGRAM = "https://oauth.telegram.org";

const tokenSchema = z.object({ id_token: z.string() });
const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]),
  exp: z.number(),
  // `sub` is for this bot alone; `id` is the number by which messages name the same person.
  id: z.union([z.int().positive(), z.string().regex(/^\d{1,20}$/)]),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
});

/**
 * What an ID token says. Its signature is not checked: it comes straight from Telegram by TLS in answer to our own request,
 * for which OpenID Connect Core 3.1.3.7 (6) allows exactly this.
 */
function claimsIn(token: string): z.infer<typeof claimsSchema> {
  try {
    const [, payload = ""] = token.split(".");
    return claimsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  } catch {
    return refuse("unavailable", "hub.by-failed");
  }
}

/** @param origin Telegram's own address; tests put a double in its place. */
export function telegram(origin = TELEGRAM): SignInProvider {
  return {
    name: "telegram",
    addressOf: (asking) => askingAddress(new URL("/auth", origin), asking, "openid profile"),
    personOf: async ({ keys, redirectUri, verifier, query, now }) => {
      const form = { grant_type: "authorization_code", redirect_uri: redirectUri, code_verifier: verifier };
      const wish = { ...form, code: codeIn(query), client_id: keys.clientId };
      const { id_token: token } = await exchange(new URL("/token", origin), formOf(wish, keys), tokenSchema);
      const { iss, aud, exp, id, name, preferred_username: username } = claimsIn(token);
      const isMeant = [aud].flat().map(String).includes(keys.clientId);
      if (iss !== origin || !isMeant || exp * 1000 <= now) refuse("unavailable", "hub.by-failed");
      return { platform: "telegram", externalId: String(id), name: name ?? username ?? "" };
    },
  };
}
