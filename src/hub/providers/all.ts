import type { ProviderName } from "../model.ts";
import { discord } from "./discord.ts";
import { facebook } from "./facebook.ts";
import type { SignInProvider } from "./provider.ts";
import { reddit } from "./reddit.ts";
import { telegram } from "./telegram.ts";
import { vk } from "./vk.ts";

/** Every platform by which members can sign in. */
export const providers: Readonly<Record<ProviderName, SignInProvider>> = {
  telegram: telegram(),
  discord: discord(),
  vk: vk(),
  reddit: reddit(),
  facebook: facebook(),
};
