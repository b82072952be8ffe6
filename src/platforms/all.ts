import { discord } from "./capabilities/discord.ts";
import { facebook } from "./capabilities/facebook.ts";
import { hub } from "./capabilities/hub.ts";
import { max } from "./capabilities/max.ts";
import { reddit } from "./capabilities/reddit.ts";
import { telegram } from "./capabilities/telegram.ts";
import { vk } from "./capabilities/vk.ts";
import type { Platform } from "./platform.ts";

/** Every platform that is known, in the order in which they are shown. */
export const platforms: readonly Platform[] = [hub, telegram, discord, vk, reddit, facebook, max];
