import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { ProvenPerson } from "./provider.ts";

/** A launch that is older signs nobody in: whoever opens the app is sent here within seconds. */
export const LAUNCH_MINUTES = 10;
/** Clocks differ a little. */
const AHEAD_MS = 60_000;

const userSchema = z.object({
  id: z.int().positive(),
  first_name: z.string().default(""),
  last_name: z.string().default(""),
  is_bot: z.boolean().default(false),
});

/** A launch of the Mini App whose signature is right and fresh. */
export interface Launch {
  readonly person: ProvenPerson;
  /** Stands for this launch and no other. */
  readonly hash: Buffer;
}

function userIn(fields: URLSearchParams): z.infer<typeof userSchema> | undefined {
  try {
    return userSchema.parse(JSON.parse(fields.get("user") ?? ""));
  } catch {
    return undefined;
  }
}

/**
 * Reads what Telegram hands to a Mini App: all fields but `hash`, sorted, signed with HMAC-SHA256 under a key that is made
 * of the bot's token (https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app). Undefined when the
 * signature is another, when it is too old or of tomorrow, or when it names no person.
 */
export function readLaunch(initData: string, about: { botToken: string; now: number }): Launch | undefined {
  const fields = new URLSearchParams(initData);
  const hash = Buffer.from(fields.get("hash") ?? "", "hex");
  fields.delete("hash");
  // A field that comes twice would be signed as one thing and read as another.
  if (new Set(fields.keys()).size !== [...fields.keys()].length) return undefined;
  const said = [...fields].map(([name, value]) => `${name}=${value}`);
  const text = said.toSorted((one, other) => (one < other ? -1 : 1)).join("\n");
  const key = createHmac("sha256", "WebAppData").update(about.botToken).digest();
  const wanted = createHmac("sha256", key).update(text).digest();
  if (hash.length !== wanted.length || !timingSafeEqual(hash, wanted)) return undefined;
  const age = about.now - Number(fields.get("auth_date") ?? "") * 1000;
  if (Number.isNaN(age) || age > LAUNCH_MINUTES * 60_000 || age < -AHEAD_MS) return undefined;
  const user = userIn(fields);
  if (user === undefined || user.is_bot) return undefined;
  const name = `${user.first_name} ${user.last_name}`.trim();
  return { person: { platform: "telegram", externalId: String(user.id), name }, hash };
}
