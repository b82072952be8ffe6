import { accordingTo, type Platform, unverified } from "../platform.ts";

const { partly } = accordingTo({ source: "Reddit Responsible Builder Policy", checked: "2025-11-30" });

/** Reddit after it closed its API to newcomers. */
export const reddit: Platform = {
  name: "reddit",
  capabilities: {
    "read-messages": partly("reddit-access"),
    "read-deletions": partly("reddit-access"),
    "read-reactions": partly("reddit-votes"),
    "read-moves": unverified,
    "list-members": unverified,
    backfill: partly("reddit-backfill"),
    send: partly("reddit-access"),
    edit: partly("reddit-access"),
    pin: partly("reddit-access"),
    topics: partly("reddit-access"),
    polls: unverified,
    "direct-messages": partly("reddit-access"),
    delete: partly("reddit-access"),
    mute: partly("reddit-access"),
    ban: partly("reddit-access"),
    "attribute-invites": unverified,
    "sign-in": unverified,
  },
};
