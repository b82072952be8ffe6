import { accordingTo, type Platform, unverified } from "../platform.ts";

const { no, partly, yes } = accordingTo({ source: "VK API 5.199", checked: "2025-01-21" });

/** VK as the schema of its API describes it. */
export const vk: Platform = {
  name: "vk",
  capabilities: {
    "read-messages": yes(),
    "read-deletions": unverified,
    "read-reactions": yes(),
    "read-moves": yes(),
    "list-members": yes(),
    backfill: partly("vk-backfill"),
    send: partly("vk-send"),
    edit: partly("vk-own"),
    pin: partly("vk-own"),
    topics: no("vk-person"),
    polls: no("vk-person"),
    "direct-messages": partly("vk-direct"),
    delete: partly("vk-delete"),
    mute: unverified,
    ban: no("vk-person"),
    "attribute-invites": unverified,
    "sign-in": yes(),
  },
};
