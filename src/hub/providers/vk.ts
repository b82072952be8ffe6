import { z } from "zod";
import { askingAddress, codeIn, exchange, formOf } from "./exchange.ts";
import type { SignInProvider } from "./provider.ts";

/** VK ID: https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/connection/api-integration/api-description */
const VK = "https://id.vk.com";

const tokenSchema = z.object({ access_token: z.string() });
const personSchema = z.object({
  user: z.object({
    user_id: z.union([z.int().positive(), z.string().regex(/^\d{1,20}$/)]),
    first_name: z.string().default(""),
    last_name: z.string().default(""),
  }),
});

/** @param origin VK's own address; tests put a double in its place. */
export function vk(origin = VK): SignInProvider {
  return {
    name: "vk",
    addressOf: (asking) => askingAddress(new URL("/authorize", origin), asking, "vkid.personal_info"),
    personOf: async ({ keys, redirectUri, verifier, query }) => {
      const wish = {
        grant_type: "authorization_code",
        code: codeIn(query),
        code_verifier: verifier,
        client_id: keys.clientId,
        // VK ties the code to the device it chose, and wants both back.
        device_id: query.get("device_id") ?? "",
        redirect_uri: redirectUri,
        state: query.get("state") ?? "",
      };
      const token = await exchange(new URL("/oauth2/auth", origin), formOf(wish), tokenSchema);
      const asked = formOf({ client_id: keys.clientId, access_token: token.access_token });
      const { user } = await exchange(new URL("/oauth2/user_info", origin), asked, personSchema);
      const name = `${user.first_name} ${user.last_name}`.trim();
      return { platform: "vk", externalId: String(user.user_id), name };
    },
  };
}
